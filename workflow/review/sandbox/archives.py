"""Zip containers: bombs, tricks with paths, and the files inside one that was handed in."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import Path, PurePosixPath
from zlib import error as zlib_error

from workflow.review.sandbox.limits import MIB, Limits
from workflow.review.sandbox.unfit import Unfit

BOMB = "压缩包解压后过大或者条目过多，可能是“压缩炸弹”，无法接收，请拆分后上传。"
PATHS = "压缩包里有指向别处的文件名（如“../”、绝对路径或者链接），无法接收，请重新打包后上传。"
CUT = "压缩包已损坏或者没有传完，请重新打包后上传。"
NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".iso")


def bearable(archive: zipfile.ZipFile, size: int, limits: Limits, *, most: int) -> None:
    """Refuse a container that unpacks to too much, whose entries lie over one another, or that leads elsewhere. Raises Unfit."""
    entries = archive.infolist()
    if len(entries) > most or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Unfit("file_bomb", BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("file_locked", "文件设有密码，请取消密码后上传。")
    for entry in entries:
        if entry.file_size > MIB and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Unfit("file_bomb", BOMB)
        if not _leads_inside(entry):
            raise Unfit("file_path", PATHS)
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unfit("file_path", "压缩包里有重名的文件，无法判断以哪个为准，请重新打包后上传。")
    ends = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < ends:
            raise Unfit("file_bomb", BOMB)
        ends = entry.header_offset + entry.compress_size
    if ends > size:
        raise Unfit("file_cut", CUT)


def _leads_inside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    path = PurePosixPath(name)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return not (
        link or path.is_absolute() or ".." in path.parts or "\\" in name or re.match(r"[A-Za-z]:", name)
        or any(ord(char) < 32 for char in name) or len(name) > 400
    )  # fmt: skip


def unpack(content: bytes, out: Path, limits: Limits) -> list[dict[str, str]]:
    """Write the files of a container under numbers and return their names; one that does not open refuses all. Raises Unfit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bearable(archive, len(content), limits, most=limits.members)
            files = [
                entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)
            ]
            if not files:
                raise Unfit("file_empty", "压缩包里没有文件。")
            return [_member(archive, entry, number, out, limits) for number, entry in enumerate(files, 1)]
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, zlib_error):
        raise Unfit("file_cut", CUT) from None


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
    )


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, number: int, out: Path, limits: Limits
) -> dict[str, str]:
    name = _name(entry)
    if name.lower().endswith(NESTED):
        raise Unfit("file_nested", f"压缩包里又有压缩包（{name[-60:]}），请解开后把文件直接打包。")
    if entry.file_size > limits.member_bytes:
        raise Unfit(
            "file_too_large", f"“{name[-60:]}”超过 {limits.member_bytes // MIB} MB，请压缩或拆分后上传。"
        )
    with archive.open(entry) as stream:
        inside = stream.read(limits.member_bytes + 1)
    if len(inside) > limits.member_bytes or len(inside) != entry.file_size:
        raise Unfit("file_bomb", BOMB)
    (out / f"member-{number}").write_bytes(inside)
    return {"number": str(number), "name": name}


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a file's own name; without the mark for UTF-8, Chinese systems write GB18030."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return PurePosixPath(name).name

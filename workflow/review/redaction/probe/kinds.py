"""Tell what kind a file is by its content, and take it apart with the reader of that kind."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.probe import archive, mail, packed, picture
from workflow.review.redaction.probe.pdf import pdf_pieces
from workflow.review.redaction.probe.pieces import (
    DEEPEST,
    FAULTS,
    MOST_UNPACKED,
    Data,
    Note,
    Piece,
    Text,
    Unread,
    decoded,
    markup,
    runs,
)
from workflow.review.redaction.unmarked import unmarked_utf16

#: How files begin that are opened where a text carries them.
_FILES = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    packed.XZ,
    b"{\\rtf",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<?xml", b"<html", b"<!doctype", b"<svg", b"<x:xmpmeta")
#: How the first line of a mail may begin; programs that write mails put any of these first.
MAIL_HEADS = (b"received:", b"return-path:", b"from:", b"date:", b"message-id:", b"mime-version:", b"subject:", b"to:",
              b"delivered-to:", b"dkim-signature:", b"x-", b"content-type:", b"content-transfer-encoding:", b"reply-to:", b"cc:",
              b"bcc:", b"sender:", b"in-reply-to:", b"references:", b"user-agent:", b"authentication-results:", b"arc-",
              b"importance:", b"priority:", b"thread-", b"list-", b"organization:", b"disposition-notification-to:")  # fmt: skip


@dataclass
class Reader:
    """What the readers share: whether pictures are read, how many more, and how deep files lie in files."""

    read: bool
    left: int
    depth: int = 0
    told: set[str] = field(default_factory=set)

    def may_read(self) -> bool:
        """Tell whether one more picture may be read, and count it."""
        if not self.read or self.left <= 0:
            return False
        self.left -= 1
        return True


def pieces_of(data: bytes, name: str, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield everything in a file that can be searched.

    :param name: its name, which is searched as well
    :param where: the place of it, empty for the file that was asked about
    """
    if reader.depth > DEEPEST:
        yield Unread(where, f"文件套文件超过{DEEPEST}层")
        return
    if where:
        yield Text(f"{where}（文件名）", name)
    reader.depth += 1
    try:
        yield from _by_kind(data, name, where, reader)
    except FAULTS as error:
        # What was read before stays searched; that the rest was not is said, and the file is not called clean.
        yield Unread(where or "文件", f"结构有误，没有全部读出（{type(error).__name__}）")
    finally:
        reader.depth -= 1


def _by_kind(data: bytes, name: str, where: str, reader: Reader) -> Iterator[Piece]:
    head = data[:1024]
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from archive.zip_pieces(data, where, reader)
        if b"%PDF-" in head:
            yield from _also_pdf(data, where, reader)
        return
    if packed.has_archive(data):
        # A picture, a PDF or a program with an archive behind its end is opened by both kinds of programs.
        yield from archive.zip_pieces(data, f"{where or '文件'}中附带的压缩包", reader)
    if b"%PDF-" in head:
        yield from pdf_pieces(data, where, reader)
    elif data[:2] == b"\x1f\x8b":
        yield from _gzip(data, name, where, reader)
    elif data.startswith(packed.XZ) or (data.startswith(packed.BZIP2) and data[4:5] in (b"1", b"\x17")):
        yield from _unpacked(data, name, where, reader)
    elif data[257:262] == b"ustar":
        yield from _tar(data, where, reader)
    elif (
        closed := next((kind for mark, kind in packed.CLOSED.items() if data.startswith(mark)), None)
    ) is not None:
        yield Unread(where or "文件", f"{closed}无法打开，请解开后检查")
    elif _is_picture(data):
        yield from picture.picture_pieces(data, where, reader)
    elif data.startswith(_OLE):
        yield from _old_office(data, where)
    else:
        yield from _plain(data, where, reader)


def _plain(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MAIL_HEADS) and b":" in start.splitlines()[0]:
        yield from mail.mail_pieces(data, where, reader)
        return
    if start.startswith(_MARKUP) or b"<html" in data[:2048].lower():
        yield from markup(where or "正文", data)
    else:
        if start.startswith(b"{\\rtf"):
            yield Text(where or "正文", packed.rtf_text(data))
        yield Text(where or "正文", decoded(data))
        yield Data(where or "正文", data)
        unmarked = unmarked_utf16(data)
        if unmarked is not None:
            yield Text(where or "正文", unmarked)
            yield from written_within(unmarked, where or "正文", reader)
    yield from written_within(decoded(data), where or "正文", reader)


def written_within(text: str, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield what a text holds in base64 or hexadecimal, files among it opened, and say what is encrypted in it."""
    if packed.SEALED in text:
        yield Unread(where, "含有加密内容")
    for word, inside in packed.writings(text):
        place = f"{where}（{word}）"
        yield Data(place, inside)
        if inside.startswith(_FILES):
            yield from pieces_of(inside, "", place, reader)
        else:
            yield Text(place, decoded(inside))


def _also_pdf(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield what an archive shows to a program that takes it for a PDF, if one does."""
    try:
        yield from pdf_pieces(data, where, reader)
    except BadSource:
        return


def _old_office(data: bytes, where: str) -> Iterator[Piece]:
    """Yield a document of Office 97: its texts stand in UTF-16 or GBK, at even and at odd places."""
    if packed.locked(data):
        yield Unread(where or "文件", "设有密码")
    for shift in (0, 1):
        yield Text(where or "正文", data[shift:].decode("utf-16-le", "replace"))
    yield Text(where or "正文", data.decode("gb18030", "replace"))
    yield Text(where or "正文", runs(data))
    yield Data(where or "文件", data)


def _gzip(data: bytes, name: str, where: str, reader: Reader) -> Iterator[Piece]:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            inside = file.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        yield Unread(where or "文件", "gzip 压缩包已损坏")
        return
    if len(inside) > MOST_UNPACKED:
        yield Unread(where or "文件", "解开后过大")
        return
    yield Data(where or "文件", data[:4096])
    yield from pieces_of(inside, name.removesuffix(".gz"), _inner(where, name.removesuffix(".gz")), reader)


def _unpacked(data: bytes, name: str, where: str, reader: Reader) -> Iterator[Piece]:
    inside = packed.unpacked(data)
    if inside is None:
        yield Unread(where or "文件", "压缩包已损坏")
        return
    if len(inside) > MOST_UNPACKED:
        yield Unread(where or "文件", "解开后过大")
        return
    named = name.removesuffix(".bz2").removesuffix(".xz")
    yield from pieces_of(inside, named, _inner(where, named), reader)


def _tar(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    yield Data(where or "文件", data)
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as held:
            for member in held:
                file = held.extractfile(member)
                inside = file.read() if file else b""
                yield from pieces_of(inside, member.name, _inner(where, member.name), reader)
    except tarfile.TarError:
        yield Unread(where or "文件", "tar 归档已损坏")


def _inner(where: str, name: str) -> str:
    return f"{where} › {name}" if where else f"文件 {name}"


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)):
            return True
    except UnidentifiedImageError:
        return False
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data[:4] in (b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8") or data[:3] == b"\xff\xd8\xff"


__all__ = ["Note", "Reader", "pieces_of"]

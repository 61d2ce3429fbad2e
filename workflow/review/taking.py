"""A file at the door: told by its content in the sandbox, refused with a reason, or ready to be sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from workflow.errors import BadRequest
from workflow.holding_kinds import MarkKind, Secrecy
from workflow.requests import FileData
from workflow.review import sandbox
from workflow.review.secrecy import marks

CLASSIFIED = (
    "涉密文件不得存储在本系统（保密法第三十一条第三项），请勿上传；请「登记涉密文件卡片」，在线下完成审查。"
)


@dataclass(frozen=True)
class Taken:
    """One file that may be sealed: its name, kind and content, what is to be known of it, the archive it came in."""

    name: str
    kind: str
    content: bytes
    notes: tuple[str, ...] = ()
    archive: bytes = b""


def take(file: FileData, *, secrecy: str, not_marked: str = "") -> list[Taken]:
    """Look at a file in the sandbox and return what may be sealed: itself, or the files inside a zip.

    Nothing is stored yet. Raises BadRequest with the reason for a file that is not taken, and for one that bears a mark
    of classification unless it was said to be declassified.

    :param not_marked: why what looks like a mark of classification is none; the secrecy reviewer settles it then
    """
    allowed = secrecy == Secrecy.DECLASSIFIED or bool(not_marked.strip())
    if secrecy not in Secrecy.values:
        raise BadRequest("classified", CLASSIFIED, field="secrecy")
    most = int(settings.HOLDING_MAX_BYTES)
    if len(file.content) > most:
        raise BadRequest(
            "file_too_large",
            f"“{file.name}”超过 {most // 1024**2} MB，请压缩或者拆分后上传",
            field="original",
        )
    seen = _inspect(file.name, file.content)
    if seen.answer["kind"] != "zip":
        return [_taken(file.name, file.content, seen, allowed)]
    found = []
    for member in seen.answer["members"]:
        name, content = str(member["name"]), seen.numbered[int(member["number"])]
        found.append(_taken(name, content, _inspect(name, content), allowed, archive=file.content))
    return found


def _inspect(name: str, content: bytes) -> sandbox.Outcome:
    try:
        return sandbox.run("inspect", content, limits=sandbox.Limits(cpu_seconds=60, wall_seconds=90))
    except sandbox.Unfit as unfit:
        raise BadRequest(unfit.code, f"“{name}”：{unfit.message}", field="original") from None


def _taken(name: str, content: bytes, seen: sandbox.Outcome, allowed: bool, *, archive: bytes = b"") -> Taken:
    kind = str(seen.answer["kind"])
    if kind == "zip":
        raise BadRequest(
            "file_nested", f"“{name}”：压缩包里又有压缩包，请解开后把文件直接打包。", field="original"
        )
    text = seen.files.get("text.txt", b"").decode("utf-8", "replace")
    found = next((one for one in (*marks.in_name(name), *marks.in_text(text)) if one.quarantines), None)
    if found is not None and not allowed:
        where = "文件名" if found.place == "name" else "内容"
        label = MarkKind(found.kind).label
        raise BadRequest(
            "marked",
            f"“{name}”的{where}带有“{label}”标志。{CLASSIFIED}已经解密的，请选择“原为国家秘密，已经解密”并写明依据；核对后确认不是密级标志的，写明理由后再上传。",
            field="original",
        )
    notes = tuple(str(note)[:300] for note in seen.answer.get("notes", []))
    return Taken(name=name[-160:], kind=kind, content=content, notes=notes, archive=archive)

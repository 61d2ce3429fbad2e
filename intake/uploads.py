"""Files handed over at a door: kept at once, so that a form with errors does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from office import files
from office.errors import Refusal
from office.models import StoredFile
from workflow.requests import FileData

#: Files that one application may carry.
MOST = 20


def keep(office: Any, uploaded: Any, *, kind: str, now: datetime) -> dict[str, Any]:
    """Store one uploaded file, checked by its content, and describe it for a form.

    Nothing refers to it until an act attaches it; what nobody sends is swept with the other orphans.
    Raises Refusal with the file's name in the message.
    """
    _not_too_large(uploaded)
    try:
        stored = files.put(office=office, content=uploaded.read(), name=uploaded.name, now=now)
    except Refusal as refusal:
        message = (
            refusal.message if uploaded.name in refusal.message else f"{uploaded.name}：{refusal.message}"
        )
        raise Refusal(refusal.code, message, field="files") from refusal
    return {"id": stored.pk, "name": uploaded.name[-160:], "kind": kind, "size": uploaded.size}


def _not_too_large(uploaded: Any) -> None:
    # asked before reading: the file still lies on the disk and not in memory
    most = int(settings.FILE_MAX_BYTES)
    if uploaded.size > most:
        message = f"{uploaded.name}：文件超过 {most // 1024**2} MB，请压缩或者分成几个文件后再传"
        raise Refusal("file_too_large", message, field="files")


def keep_all(
    office: Any, given: Iterable[Any], kept: list[dict[str, Any]], *, kind: str, now: datetime
) -> list[str]:
    """Store files beside those already kept and return what was refused, in words for the person."""
    refused = []
    for uploaded in given:
        if len(kept) >= MOST:
            refused.append(f"{uploaded.name}：最多上传 {MOST} 个文件，请合并成一个 PDF 后再传")
            continue
        try:
            kept.append(keep(office, uploaded, kind=kind, now=now))
        except Refusal as refusal:
            refused.append(refusal.message)
    return refused


def hand_over(office: Any, kept: list[dict[str, Any]]) -> tuple[FileData, ...]:
    """Turn kept files into what an action takes.

    Raises Refusal when one of them has been swept meanwhile.
    """
    rows = StoredFile.objects.filter(office=office).in_bulk([entry["id"] for entry in kept])
    if len(rows) != len({entry["id"] for entry in kept}):
        raise Refusal("file_gone", "上传的材料已经过期，请重新上传。", field="files")
    return tuple(
        FileData(name=entry["name"], content=files.read(rows[entry["id"]]), kind=entry["kind"])
        for entry in kept
    )


def read_now(uploaded: list[Any], *, kind: str) -> tuple[FileData, ...]:
    """Read files that go into an act with the same request. Raises Refusal for one that is too large."""
    for one in uploaded:
        _not_too_large(one)
    return tuple(FileData(name=one.name, content=one.read(), kind=kind) for one in uploaded)

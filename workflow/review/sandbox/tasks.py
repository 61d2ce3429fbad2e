"""What the sandbox can be asked: what a file is, its working copy, pictures of its pages.

Modules are imported where they are used: a picture of a page is asked for while somebody waits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workflow.review.sandbox import (
    archives,
    images,
    kinds,
    mails,
    office_files,
    packages,
    pdfs,
    tables,
    texts,
)
from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.unfit import Unfit


def do(task: str, content: bytes, out: Path, limits: Limits, **given: Any) -> dict[str, Any]:
    """Do one task on a file and return the answer. Raises Unfit."""
    if task == "inspect":
        return inspect(content, out, limits)
    if task == "make":
        return make(content, out, limits, **given)
    if task == "render":
        from workflow.review.sandbox import pdfs

        pdfs.render(content, out, limits, **given)
        return {}
    if task == "grid":
        from workflow.review.sandbox import tables

        return {"sheets": tables.grids(content, out, limits)}
    if task == "look":
        from workflow.review.sandbox import looking

        return dict(looking.look(content, out, **given))
    raise ValueError(task)


def inspect(content: bytes, out: Path, limits: Limits) -> dict[str, Any]:
    """Tell what a file is by its content, and leave the words by which marks of secrecy are found at the door."""

    kind = kinds.tell(content)
    if kind == "zip":
        return {"kind": "zip", "members": archives.unpack(content, out, limits)}
    words, notes = read(kind, content, limits)
    (out / "text.txt").write_text(words[: limits.characters], encoding="utf-8", errors="replace")
    return {"kind": kind, "notes": notes}


def read(kind: str, content: bytes, limits: Limits) -> tuple[str, list[str]]:
    """Return what a file says, with its properties, and what is to be known of it. Raises Unfit."""
    from workflow.review.sandbox import pdf_parts

    if kind == "pdf":
        return pdf_parts.look(content, limits)
    if kind in packages.KINDS:
        return packages.look(kind, content, limits)
    if kind in ("jpg", "png", "tiff"):
        return "", images.look(content, limits)
    if kind == "eml":
        return mails.text_of(content, limits)
    return texts.text_of(kind, content, limits), []


def make(content: bytes, out: Path, limits: Limits, *, kind: str, converter: str = "") -> dict[str, Any]:
    """Make the working copy: pages as PDF with sizes and words, for a spreadsheet its visible values besides."""

    notes: list[str] = []
    if kind == "pdf":
        pdf = content
    elif kind == "xlsx":
        pdf, notes = tables.rebuild(content, out, limits)
    elif kind in ("docx", "pptx", "odt"):
        pdf = office_files.to_pdf(kind, content, converter, limits)
    elif kind in ("jpg", "png", "tiff"):
        pdf = images.to_pdf(content, limits)
    elif kind == "eml":
        words, notes = mails.text_of(content, limits)
        pdf = texts.to_pdf(words, limits)
    elif kind in ("txt", "html"):
        pdf = texts.to_pdf(texts.text_of(kind, content, limits), limits)
    else:
        raise Unfit("file_kind", "这一类文件不能制作工作副本，请打印为 PDF 后上传。")
    if kind != "pdf":
        (out / "pages.pdf").write_bytes(pdf)
    pages = pdfs.pages(pdf, out, limits)
    return {"pages": pages, "notes": notes, "tool": pdfs.TOOL, "metadata": _metadata(kind, content)}


def _metadata(kind: str, content: bytes) -> dict[str, str]:

    if kind == "pdf":
        return pdfs.metadata(content)
    if kind in packages.KINDS:
        return packages.metadata(content)
    return {}

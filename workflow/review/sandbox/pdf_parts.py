"""PDF at the door: what acts by itself in it, what is in it and on none of its pages, what its first pages say."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.pdfs import PRINT_ANEW, metadata, opened, page_of
from workflow.review.sandbox.unfit import Unfit

#: Pages whose words are read at the door; the rest is read when the working copy is made.
AT_THE_DOOR = 40
MOST_OBJECTS = 400_000
SCRIPTS = ("/JavaScript", "/JS", "/Launch", "/ImportData", "/RichMedia", "/Rendition")


def look(content: bytes, limits: Limits) -> tuple[str, list[str]]:
    """Return what a PDF says on its first pages and in its properties. Raises Unfit."""
    notes = _structure(content, limits)
    document = opened(content, limits)
    words = [f"{key}：{value}" for key, value in metadata(content).items()]
    for index in range(min(len(document), AT_THE_DOOR)):
        page = page_of(document, index)
        words.append(page.get_textpage().get_text_bounded()[:20_000])
    return "\n".join(words), notes


def _structure(content: bytes, limits: Limits) -> list[str]:
    """Refuse what acts by itself; note what is in the file and on none of its pages."""
    notes = []
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                notes.append("PDF 设有权限限制，工作副本只取页面图像。")
            if len(pdf.objects) > MOST_OBJECTS:
                raise Unfit("file_heavy", f"PDF 里的对象过多，{PRINT_ANEW}")
            if any(_acts(thing) for thing in pdf.objects):
                raise Unfit("file_script", f"PDF 含有脚本或者会自动执行的动作，{PRINT_ANEW}")
            if len(pdf.attachments):
                notes.append(
                    f"PDF 带有 {len(pdf.attachments)} 个附件，不在页面上；需要公开的请另行上传审查。"
                )
    except pikepdf.PasswordError:
        raise Unfit("file_locked", "PDF 设有打开密码，请取消密码后上传。") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, OverflowError):
        raise Unfit("file_broken", f"PDF 已损坏或者没有传完，无法打开，{PRINT_ANEW}") from None
    return notes


def _acts(thing: Any) -> bool:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    kind = thing.get("/S")
    return any(name in thing for name in ("/JS", "/JavaScript")) or (
        isinstance(kind, pikepdf.Name) and str(kind) in SCRIPTS
    )

"""Make the PDF of a paper: from its frozen text, or of a draft with the mark 草稿."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from letters.compose_paper import Composed
from letters.errors import CannotTypeset
from letters.typeset import Faces, MissingGlyph, TypesetError, archival, default_faces, draw, layout
from letters.typeset.errors import StrayMark
from letters.typeset.model import Stamp
from letters.typeset.units import check_marks
from letters.vocabulary import one_line


def fonts_dir() -> str:
    """Return the office's own font directory, blank without one."""
    from django.conf import settings

    return str(getattr(settings, "FONTS_DIR", "") or "") if settings.configured else ""


def faces_now() -> Faces:
    """Return the faces of this installation."""
    return default_faces(fonts_dir())


def faces_of(fingerprint: str) -> Faces:
    """Return the faces a paper was made with. Raises CannotTypeset when the office's own were changed since."""
    if not fingerprint:
        return default_faces("")
    faces = faces_now()
    if faces.fingerprint() != fingerprint:
        raise CannotTypeset("本文书定稿时所用的机关字体已经更换，请把原字体文件放回字体目录后再打印")
    return faces


def pdf(
    blocks: list[dict[str, Any]], *, form: str, title: str, author: str, on: date | None, draft: bool,
    faces: Faces | None = None, stamp: Stamp | None = None,
) -> bytes:  # fmt: skip
    """Return the PDF/A of blocks. Raises CannotTypeset naming what cannot be set."""
    try:
        used = faces or faces_now()
        laid = layout(blocks, used, form=form)
        drawn = draw(laid, used, title=title, author=author, on=on, draft=draft, stamp=stamp)
        return archival(drawn, on=on)
    except TypesetError as error:
        raise CannotTypeset(str(error)) from error


def check_layout(blocks: list[dict[str, Any]], *, form: str) -> None:
    """Raise CannotTypeset when blocks cannot be set: a character without a face, a cell longer than a page.

    Lays out and draws nothing: the drawing would embed every face, and nobody would look at it.
    """
    faces = faces_now()
    try:
        for page in layout(blocks, faces, form=form).pages:
            for text in page.texts:
                faces.check(text.text, text.role)
    except TypesetError as error:
        raise CannotTypeset(str(error)) from error


def render(paper: Any, *, stamp: Stamp | None = None) -> bytes:
    """Return the PDF of a Paper, or of what Paper.frozen() gave: the same bytes every time.

    A Paper that was sealed by the system shows its seal over signature and date; for frozen text alone the picture
    is given (`letters.seal_image.stamp_of`).
    """
    if isinstance(paper, Mapping):
        frozen: Mapping[str, Any] = paper
    else:
        from letters.seal_image import stamp_on  # models, which this module does without for frozen text

        frozen, stamp = paper.frozen(), stamp or stamp_on(paper)
    return pdf(
        frozen["blocks"], form=frozen["form"], title=f"{frozen['title']}（{frozen['number_text']}）",
        author=frozen["office"], on=date.fromisoformat(frozen["signed_on"]), draft=False,
        faces=faces_of(frozen["faces"]), stamp=stamp,
    )  # fmt: skip


def render_draft(composed: Composed) -> bytes:
    """Return the PDF of a composed paper with a draft mark and neither number nor day."""
    shown = composed.as_draft()
    office = next((b["text"] for b in shown.blocks if b["type"] == "office"), "")
    return pdf(
        shown.blocks,
        form=shown.form,
        title=f"{shown.title}（草稿）",
        author=office,
        on=composed.on,
        draft=True,
    )


def check_glyphs(text: str) -> None:
    """Raise CannotTypeset when a text holds a character that no face has: for use when it is first entered."""
    try:
        faces_now().check(text)
    except TypesetError as error:
        raise CannotTypeset(str(error)) from error


def unprintable(text: str) -> str:
    """Return the first character of a text that cannot be set, as a person is told of it; blank when there is none."""
    try:
        line = one_line(text)
        faces_now().check(line)
        check_marks(line)
    except (MissingGlyph, StrayMark) as error:
        shown = error.char if error.char.isprintable() else ""
        return f"“{shown}”（U+{ord(error.char):04X}）"
    return ""

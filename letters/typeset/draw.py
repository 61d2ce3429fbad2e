"""Draw a laid-out document as PDF, the same bytes every time."""

from __future__ import annotations

import io
import threading
from datetime import date
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from letters.typeset.faces import Face, Faces
from letters.typeset.model import PALE, Laid, Text
from letters.typeset.strips import wide

# Streams as they are: text encoding would make them a quarter larger and slower.
rl_config.useA85 = 0
# ReportLab keeps the fonts of a file in shared objects.
_lock = threading.Lock()
DRAFT = "草稿"


def draw(laid: Laid, faces: Faces, *, title: str, author: str, on: date | None, draft: bool = False) -> bytes:
    """Return the PDF of a laid-out document; its date is the paper's day, never today's."""
    with _lock:
        out = io.BytesIO()
        base = faces.of("中", "body").name
        canvas = Canvas(
            out,
            pagesize=(laid.width, laid.height),
            invariant=1,
            pageCompression=1,
            initialFontName=base,
            lang="zh-CN",
        )
        stamp = f"{on:%Y%m%d}" if on else "20000101"
        canvas.setDateFormatter(lambda *_: f"D:{stamp}000000+08'00'")
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setCreator("gongkai letters")
        for page in laid.pages:
            if draft:
                _watermark(canvas, faces, laid)
            for rule in page.rules:
                canvas.setStrokeColorRGB(*rule.color)
                canvas.setLineWidth(rule.width)
                canvas.line(rule.x1, laid.height - rule.y1, rule.x2, laid.height - rule.y2)
            for text in page.texts:
                _text(canvas, faces, text, laid.height)
            if page.number == 1:
                canvas.bookmarkPage("p1")
                canvas.addOutlineEntry(title, "p1", level=0)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def _watermark(canvas: Canvas, faces: Faces, laid: Laid) -> None:
    size = min(150.0, laid.height / 3)
    width = wide(faces, DRAFT, "heading", size)
    canvas.saveState()
    canvas.translate(laid.width / 2, laid.height / 2)
    canvas.rotate(45)
    _text(canvas, faces, Text(-width / 2, size * 0.35, DRAFT, size, "heading", color=PALE), 0.0)
    canvas.restoreState()


def _text(canvas: Canvas, faces: Faces, text: Text, height: float) -> None:
    """Write one line; a change of face or of the space behind a character starts a new stretch."""
    made = canvas.beginText(text.x, height - text.y)
    made.setFillColorRGB(*text.color)
    if text.scale != 1.0:
        made.setHorizScale(text.scale * 100)
    gaps = text.gaps or (0.0,) * len(text.text)
    rows = [
        (faces.of(char, text.role), round(gap, 4), char) for char, gap in zip(text.text, gaps, strict=True)
    ]
    face_now: Face | None = None
    gap_now = 0.0
    for (face, gap), group in groupby(rows, key=lambda row: (row[0], row[1])):
        if face is not face_now:
            made.setFont(face.name, text.size)
            face_now = face
        if gap != gap_now:
            made.setCharSpace(gap)
            gap_now = gap
        made.textOut("".join(row[2] for row in group))
    if gap_now:
        made.setCharSpace(0)
    if text.scale != 1.0:
        made.setHorizScale(100)
    canvas.drawText(made)

"""Draw a laid-out document as PDF, the same bytes every time."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from letters.typeset.errors import NoPlaceForSeal
from letters.typeset.faces import Face, Faces
from letters.typeset.model import ORNAMENT, PALE, Element, Laid, Page, Rule, Stamp, Text
from letters.typeset.pen import Pen
from letters.typeset.strips import wide
from letters.typeset.subset import Subset
from letters.typeset.tags import Tags

DRAFT = "草稿"
CREATOR = "gongkai letters"
# The watermark: 150 pt, turned by an eighth of a circle about the middle of the page.
DRAFT_SIZE, HALF_ROOT = 150.0, 0.70711


def draw(
    laid: Laid, faces: Faces, *, title: str, author: str, on: date | None, draft: bool = False, stamp: Stamp | None = None
) -> bytes:  # fmt: skip
    """Return the PDF of a laid-out document; its date is the paper's day, never today's.

    A seal is laid over signature and date where the layout has a place for it. Raises NoPlaceForSeal where it has none.
    """
    if stamp is not None and laid.seal is None:
        raise NoPlaceForSeal("本文书没有署名和成文日期，不能加盖电子印章")
    out = io.BytesIO()
    pen = Pen(out, laid.width, laid.height)
    made_on = f"{on:%Y%m%d}" if on else "20000101"
    pen.setDateFormatter(lambda *_: f"D:{made_on}000000+08'00'")
    pen.setTitle(title)
    pen.setAuthor(author)
    pen.setCreator(CREATOR)
    pen.setViewerPreference("DisplayDocTitle", "true")
    ink = Ink(laid, faces, draft=draft)
    seal = Element("Figure", words=stamp.words if stamp else "")
    tags = Tags([*laid.elements, seal] if stamp else laid.elements)
    marks = laid.bookmarks
    for index, page in enumerate(laid.pages):
        pen.addLiteral("\n".join(_page(page, ink, tags, index, draft=draft)))
        if stamp is not None and laid.seal is not None and laid.seal.page == index:
            pen.addLiteral(tags.begin(len(laid.elements), index))
            pen.seal(stamp, laid.seal.x, laid.height - laid.seal.y)
            pen.addLiteral("EMC")
        for number, mark in enumerate(marks):
            if mark.page == index:
                pen.bookmarkPage(f"b{number}", fit="FitH", top=round(laid.height - mark.y, 2))
        pen.showPage()
    level = -1
    for number, mark in enumerate(marks):
        level = min(mark.level, level + 1)  # a step down the outline is one level
        pen.addOutlineEntry(mark.text, f"b{number}", level=level)
    for name, subset in ink.subsets():
        pen.add_font(name, subset)
    tags.write(pen)
    pen.save()
    return out.getvalue()


class Ink:
    """The characters of a document as codes of its fonts."""

    def __init__(self, laid: Laid, faces: Faces, *, draft: bool) -> None:
        self.faces = faces
        self.height = laid.height
        self.width = laid.width
        by_role: dict[str, set[str]] = defaultdict(set)
        for page in laid.pages:
            for text in page.texts:
                by_role[text.role].update(text.text)
        if draft:
            by_role["heading"].update(DRAFT)
        by_face: dict[Face, set[str]] = defaultdict(set)
        for role, chars in by_role.items():
            found = faces.found(role)
            for char in chars:
                by_face[found[char]].add(char)
        self._fonts = {
            face: (f"F{n}", Subset(face, chars))
            for n, (face, chars) in enumerate(sorted(by_face.items(), key=lambda pair: pair[0].order), 1)
        }

    def subsets(self) -> Iterator[tuple[str, Subset]]:
        """Return the fonts by their names on the page."""
        return iter(self._fonts.values())

    def line(self, text: Text) -> str:
        """Return the operators of one line; a change of face or of the space behind a character starts anew."""
        r, g, b = text.color
        out = [f"BT {r:g} {g:g} {b:g} rg 1 0 0 1 {text.x:.3f} {self.height - text.y:.3f} Tm"]
        if text.scale != 1.0:
            out.append(f"{text.scale * 100:.3f} Tz")
        face_now: Face | None = None
        gap_now = 0.0
        for face, gap, chars in self._runs(text):
            if face is not face_now:
                name, subset = self._fonts[face]
                codes = subset.codes
                out.append(f"/{name} {text.size:.4f} Tf")
                face_now = face
            if gap != gap_now:
                out.append(f"{gap:.4f} Tc")
                gap_now = gap
            out.append(f"<{''.join([codes[char] for char in chars])}> Tj")
        # Spacing and scale outlive the text object.
        if gap_now:
            out.append("0 Tc")
        if text.scale != 1.0:
            out.append("100 Tz")
        out.append("ET")
        return " ".join(out)

    def _runs(self, text: Text) -> Iterator[tuple[Face, float, str]]:
        found = self.faces.found(text.role)
        faces = [found[char] for char in text.text]
        gaps = [round(gap, 4) for gap in text.gaps] if text.gaps else [0.0] * len(faces)
        start = 0
        for n in range(1, len(faces) + 1):
            if n == len(faces) or faces[n] is not faces[start] or gaps[n] != gaps[start]:
                yield faces[start], gaps[start], text.text[start:n]
                start = n


def _page(page: Page, ink: Ink, tags: Tags, index: int, *, draft: bool) -> Iterator[str]:
    """Return the operators of a page: what is decoration first, then the text element by element."""
    yield "/Artifact BMC"
    if draft:
        yield _watermark(ink)
    yield from (_rule(rule, ink.height) for rule in page.rules)
    yield from (ink.line(text) for text in page.texts if text.element == ORNAMENT)
    yield "EMC"
    told = [text for text in page.texts if text.element != ORNAMENT]
    for element, texts in groupby(told, key=attrgetter("element")):
        yield tags.begin(element, index)
        yield from (ink.line(text) for text in texts)
        yield "EMC"
    for figure in page.figures:
        yield tags.begin(figure.element, index)
        yield "0 0 0 rg"
        yield from (f"{x:.3f} {ink.height - y - h:.3f} {w:.3f} {h:.3f} re" for x, y, w, h in figure.boxes)
        yield "f"
        yield "EMC"


def _rule(rule: Rule, height: float) -> str:
    r, g, b = rule.color
    return (
        f"{r:g} {g:g} {b:g} RG {rule.width:g} w {rule.x1:.3f} {height - rule.y1:.3f} m "
        f"{rule.x2:.3f} {height - rule.y2:.3f} l S"
    )


def _watermark(ink: Ink) -> str:
    size = min(DRAFT_SIZE, ink.height / 3)
    width = wide(ink.faces, DRAFT, "heading", size)
    # Turned about the middle of the page, so that the line's own place counts from there.
    line = ink.line(Text(-width / 2, ink.height + size * 0.35, DRAFT, size, "heading", color=PALE))
    turn = f"{HALF_ROOT} {HALF_ROOT} -{HALF_ROOT} {HALF_ROOT} {ink.width / 2:.3f} {ink.height / 2:.3f} cm"
    return f"q {turn} {line} Q"

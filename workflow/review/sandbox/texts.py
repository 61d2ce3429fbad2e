"""Plain text and web pages: what they say, set on pages."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

from letters.typeset.draw import draw
from letters.typeset.errors import MissingGlyph
from letters.typeset.faces import Faces
from letters.typeset.model import Laid, Page, Text
from workflow.review.sandbox.kinds import decode
from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.unfit import Unfit

SIZE, LEADING, MARGIN = 10.5, 16.0, 62.0
WIDTH, HEIGHT = 595.28, 841.89
ROLE = "heading"
#: Stands for a character that no face has, so that the page shows that something is there.
NO_GLYPH = "□"
BLOCKS = frozenset({
    "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "section", "article", "header",
    "footer", "blockquote", "pre", "hr", "title", "dt", "dd", "caption", "option",
})  # fmt: skip
UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})


def text_of(kind: str, content: bytes, limits: Limits) -> str:
    """Return the text of a plain file or of a web page, without its scripts. Raises Unfit."""
    text = decode(content)
    if text is None:
        raise Unfit("file_broken", "文字编码无法识别，请另存为 UTF-8 编码后上传。")
    if len(text) > limits.characters:
        raise Unfit("file_heavy", "文字过多，无法制作工作副本，请拆分后上传。")
    return page_text(text) if kind == "html" else text


def page_text(html: str) -> str:
    """Return what a web page says, line by line; nothing is fetched and nothing is run."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.parts).splitlines() if line.strip())


class _Reader(HTMLParser):
    """Collects the text of a web page; a description of a picture counts as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag == "img":
            alternative = dict(attrs).get("alt")
            self.parts.append(f"〔图：{alternative}〕" if alternative else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split()) if data.strip() else " ")


def to_pdf(text: str, limits: Limits) -> bytes:
    """Set text on A4 pages, each line where it was, broken where it is too long. Raises Unfit."""
    setting = Setting()
    lines = [part for line in text.splitlines() for part in setting.broken(line, WIDTH - 2 * MARGIN, SIZE)]
    on_page = int((HEIGHT - 2 * MARGIN) // LEADING)
    count = max(1, -(-len(lines) // on_page))
    if count > limits.pages:
        raise Unfit("file_pages", f"文字有 {count} 页，超过 {limits.pages} 页，请拆分后上传。")
    pages = []
    for number in range(count):
        texts = [
            Text(MARGIN, MARGIN + LEADING * (row + 1), line, SIZE, ROLE)
            for row, line in enumerate(lines[number * on_page : (number + 1) * on_page])
            if line
        ]
        pages.append(Page(number + 1, texts))
    return setting.pdf(Laid(pages, width=WIDTH, height=HEIGHT))


class Setting:
    """Sets text in the faces that travel with the project; what none of them has becomes a box."""

    def __init__(self) -> None:
        self.faces = Faces()
        self._found = self.faces.found(ROLE)
        self._shown: dict[str, str] = {}

    def broken(self, line: str, width: float, size: float) -> list[str]:
        """Break a line where it is full; widths and sizes in points."""
        parts, now, room = [], [], width
        for char in self.clean(line):
            step = self._found[char].width(char) * size
            if step > room and now:
                parts.append("".join(now))
                now, room = [], width
            now.append(char)
            room -= step
        return [*parts, "".join(now)]

    def width(self, text: str, size: float) -> float:
        """Return how wide a clean text is, in points."""
        return sum(self._found[char].width(char) for char in text) * size

    def clean(self, text: str) -> str:
        """Return a text with a box for each character that cannot be set."""
        return "".join(self._shown.get(char) or self._show(char) for char in text.expandtabs(4))

    def _show(self, char: str) -> str:
        shown = char
        if unicodedata.category(char) == "Zs":
            shown = " "
        try:
            _ = self._found[shown]
        except MissingGlyph:
            shown = NO_GLYPH
        self._shown[char] = shown
        return shown

    def pdf(self, laid: Laid) -> bytes:
        """Return the PDF of pages."""
        return draw(laid, self.faces, title="工作副本", author="", on=None)

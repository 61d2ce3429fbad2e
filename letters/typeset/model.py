"""What stands where on which page: the result of layout, before any PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from letters.typeset.measures import PAGE_HEIGHT, PAGE_WIDTH

BLACK = (0.0, 0.0, 0.0)
RED = (1.0, 0.0, 0.0)
PALE = (0.88, 0.88, 0.88)
ORNAMENT = -1


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text on one base line; lengths in points, y downwards from the top of its frame."""

    x: float
    y: float
    text: str
    size: float
    role: str = "body"
    gaps: tuple[float, ...] = ()
    color: tuple[float, float, float] = BLACK
    scale: float = 1.0
    #: In a table the number of its cell; on a page the number of its element, below nought for an ornament.
    element: int = ORNAMENT

    def moved(self, dy: float, element: int | None = None) -> Text:
        """Return the same text further down, as a part of an element."""
        return Text(
            self.x, self.y + dy, self.text, self.size, self.role, self.gaps, self.color, self.scale,
            self.element if element is None else element,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: tuple[float, float, float] = BLACK

    def moved(self, dy: float) -> Rule:
        """Return the same line further down."""
        return Rule(self.x1, self.y1 + dy, self.x2, self.y2 + dy, self.width, self.color)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of black rectangles (x, y, width, height) and the words for who does not see it."""

    boxes: tuple[tuple[float, float, float, float], ...]
    words: str
    element: int = ORNAMENT

    def moved(self, dy: float) -> Figure:
        """Return the same drawing further down."""
        return Figure(tuple((x, y + dy, w, h) for x, y, w, h in self.boxes), self.words, self.element)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The picture of a seal (PNG with clear ground), its width in points, and what it is."""

    content: bytes
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the document as a screen reader tells it: a standard structure type and what it is part of."""

    kind: str  # P, H1 to H3, Table, TR, TH, TD, Figure (ISO 32000-1, 14.8.4); blank for a cell that another reaches over
    parent: int = ORNAMENT
    columns: int = 1
    rows: int = 1
    words: str = ""  # that stand for a figure
    scope: str = ""  # of the head of a column or of a row: Column, Row


@dataclass(slots=True)
class Strip:
    """A horizontal slice that is never cut by a page end; y counts from its own top."""

    height: float
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    with_next: bool = False
    blank: bool = False
    at_bottom: bool = False
    starts_page: bool = False
    tail: float = 0.0  # the room below its letters, which the foot of a page need not give
    mark: str = ""
    name: str = ""  # of the title or heading that begins here, and its level from 0
    level: int = 0
    element: int = ORNAMENT
    cells: tuple[Element, ...] = ()  # of a row of a table: every cell is an element of its own
    heads: tuple[Strip, ...] = ()  # of a row of a table: the rows that stand over it again on a further page

    def again(self) -> Strip:
        """Return the same slice as an ornament of a further page: its text is told where it first stands."""
        texts = [text.moved(0.0, ORNAMENT) for text in self.texts]
        return Strip(self.height, texts, list(self.rules), with_next=True)


@dataclass(slots=True)
class Page:
    """One page with everything on it; y counts from the top of the sheet."""

    number: int
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the centre of the seal belongs: page (from 0) and point."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title or heading to jump to; the page counts from 0, y from the top of the sheet in points."""

    text: str
    level: int
    page: int
    y: float


@dataclass(slots=True)
class Laid:
    """A document laid out; its pages are of A4 unless told otherwise (points)."""

    pages: list[Page]
    seal: SealPlace | None = None
    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    elements: list[Element] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

"""What stands where on which page: the result of layout, before any PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from letters.typeset.measures import PAGE_HEIGHT, PAGE_WIDTH

BLACK = (0.0, 0.0, 0.0)
RED = (1.0, 0.0, 0.0)
PALE = (0.88, 0.88, 0.88)


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

    def moved(self, dy: float) -> Text:
        """Return the same text further down."""
        return Text(self.x, self.y + dy, self.text, self.size, self.role, self.gaps, self.color, self.scale)


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


@dataclass(slots=True)
class Strip:
    """A horizontal slice that is never cut by a page end; y counts from its own top."""

    height: float
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    with_next: bool = False
    blank: bool = False
    at_bottom: bool = False
    starts_page: bool = False
    mark: str = ""


@dataclass(slots=True)
class Page:
    """One page with everything on it; y counts from the top of the sheet."""

    number: int
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the centre of the seal belongs: page (from 0) and point."""

    page: int
    x: float
    y: float


@dataclass(slots=True)
class Laid:
    """A document laid out; its pages are of A4 unless told otherwise (points)."""

    pages: list[Page]
    seal: SealPlace | None = None
    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT

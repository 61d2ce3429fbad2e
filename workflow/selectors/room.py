"""The room as a person sees it: one page of a document with its text and marks, and how far the document is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q

from office.models import User
from workflow.holding_kinds import CopyStatus
from workflow.models import DisclosedCopy, HoldingVersion, Redacting, RedactionMark, RoomPlace, WorkingPage
from workflow.redaction_kinds import (
    PERSONAL,
    GroundKind,
    Layer,
    MarkState,
    article_choices,
    personal_choices,
    printed,
)
from workflow.review import copies, sealed_json
from workflow.review.marking import allowed
from workflow.review.marking.place import TURNS, ZOOMS
from workflow.review.marking.places import occurrences
from workflow.review.page_text import Box, PageText
from workflow.review.redaction.folded import fold

#: Pages beside the open one that have a small picture, on either side.
BESIDE = 3
#: Marks and hits that are listed; more are counted.
LISTED, HITS = 150, 100
OTHER_LAW = f"{GroundKind.OTHER_LAW}:"


@dataclass(frozen=True)
class TextLine:
    """A stretch of a line of text where it stands; `start` is its place in the text of the page."""

    start: int
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class MarkLine:
    """One mark as it is listed and drawn."""

    id: int
    no: int
    layer: str
    layer_label: str
    status: str
    status_label: str
    extent: str
    printed: str
    value: str
    boxes: tuple[tuple[float, float, float, float], ...]
    author: str
    how: str
    why: str
    text: str
    own: bool
    shown: bool

    @property
    def rects(self) -> list[tuple[float, float, float, float]]:
        """Return its boxes by left, top, width and height."""
        return [(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in self.boxes]

    @property
    def open(self) -> bool:
        """Tell whether somebody has to decide on it."""
        return self.status == MarkState.OPEN


@dataclass(frozen=True)
class Hit:
    """Where a text that was looked for stands."""

    page: int
    snippet: str


@dataclass
class RoomPage:
    """Everything the screen shows of one page of a document."""

    version: HoldingVersion
    number: int
    count: int
    width: float
    height: float
    zoom: int
    turn: int
    hidden: tuple[str, ...]
    lines: list[TextLine]
    marks: list[MarkLine]
    more_marks: int
    selected: MarkLine | None
    by_ground: list[tuple[str, int]]
    by_layer: list[tuple[str, str, int, bool]]
    open_pages: list[int]
    marked_pages: dict[int, int]
    apart_pages: list[int]
    waiting: list[tuple[str, str, int]]
    why_not: str
    redacting: Redacting | None
    copy: DisclosedCopy | None
    withheld: MarkLine | None = None
    query: str = ""
    hits: list[Hit] = field(default_factory=list)
    more_hits: bool = False

    @property
    def case(self) -> Any:
        """Return the case."""
        return self.version.holding.case

    @property
    def unread(self) -> str:
        """Say why the pictures of this page were not read, where they were not."""
        return str(self.redacting.unread.get(str(self.number), "")) if self.redacting else ""

    @property
    def view_box(self) -> str:
        """Return the drawing's frame, turned as the page is."""
        across, down = (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)
        return f"0 0 {across:.2f} {down:.2f}"

    @property
    def turning(self) -> str:
        """Return how the drawing is turned."""
        moved = {90: (self.height, 0), 180: (self.width, self.height), 270: (0, self.width)}.get(
            self.turn, (0, 0)
        )
        return f"translate({moved[0]:.2f} {moved[1]:.2f}) rotate({self.turn})" if self.turn else "rotate(0)"

    @property
    def thumbs(self) -> list[tuple[int, int]]:
        """Return the pages beside the open one with the marks each has."""
        first = max(1, min(self.number - BESIDE, self.count - 2 * BESIDE))
        last = min(self.count, first + 2 * BESIDE)
        return [(number, self.marked_pages.get(number, 0)) for number in range(first, last + 1)]

    @property
    def zooms(self) -> tuple[int, ...]:
        """Return the sizes there are."""
        return ZOOMS

    @property
    def next_turn(self) -> int:
        """Return the turn that a press turns to."""
        return (self.turn + 90) % 360

    @property
    def next_open(self) -> int | None:
        """Return the next page with an undecided mark, round the end."""
        later = [page for page in self.open_pages if page > self.number]
        return (later or self.open_pages or [None])[0]

    @property
    def total(self) -> int:
        """Count the marks that are burned."""
        return sum(count for _, count in self.by_ground)


def place_of(held: RoomPlace | None, asked: dict[str, Any]) -> tuple[int, int, int, list[str]]:
    """Return page, zoom, turn and hidden layers: as asked, else as this person left them."""
    page = _number(asked.get("page")) or (held.page if held else 1)
    zoom = _number(asked.get("zoom")) or (held.zoom if held else 100)
    turn = _number(asked.get("turn")) if asked.get("turn") else (held.turn if held else 0)
    hidden = held.hidden if held else []
    if asked.get("layers"):
        hidden = [layer for layer in Layer.values if layer not in asked["shown"]]
    return page or 1, zoom if zoom in ZOOMS else 100, turn if turn in TURNS else 0, hidden  # type: ignore[return-value]


def room_page(
    user: User, version: HoldingVersion, *, page: int, zoom: int, turn: int, hidden: Sequence[str], mark: int | None = None,
    query: str = "",
) -> RoomPage | None:  # fmt: skip
    """Read one page of a document for the screen; None where the document has no such page or no working copy."""
    copy = getattr(version, "copy", None)
    if copy is None or copy.status != CopyStatus.READY:
        return None
    row = copy.pages.filter(number=page).first()
    if row is None:
        return None
    row.copy = copy
    copy.version = version
    unseal = sealed_json.opener(version.holding.case.subject_ref)
    text = copies.text_of(row, unseal=unseal)
    wanted = version.redaction_marks.filter(Q(page=page) | Q(page__isnull=True))
    rows = list(wanted.select_related("author").order_by(F("page").asc(nulls_first=True), "pk")[: LISTED + 9])
    held, whole = [one for one in rows if one.page], [one for one in rows if one.page is None]
    lines = [_mark(one, no, user, unseal, hidden) for no, one in enumerate(held[:LISTED], 1)]
    whole_lines = [_mark(one, no, user, unseal, ()) for no, one in enumerate(whole, len(lines) + 1)]
    refusal = allowed.why_not(user, version.holding.case, version, copy)
    sums = _sums(version)
    found = RoomPage(
        version=version, number=page, count=copy.page_count, width=row.width_pt, height=row.height_pt, zoom=zoom, turn=turn,
        hidden=tuple(hidden), lines=lines_of(text), marks=lines, more_marks=max(0, len(held) - LISTED),
        selected=next((one for one in [*lines, *whole_lines] if one.id == mark), None),
        redacting=Redacting.objects.select_related("redactor").filter(version=version).first(),
        copy=version.disclosed_copies.order_by("-number").first(),
        withheld=next((one for one in whole_lines if one.status == MarkState.ACCEPTED), None),
        why_not=refusal.message if refusal else "", apart_pages=_apart(version), by_layer=_layers(sums, hidden), **sums.told,
    )  # fmt: skip
    if query:
        _look(found, copy, query, unseal)
    return found


def left_off(user: User, version: HoldingVersion) -> RoomPlace | None:
    """Return where a person left off in a document, if they were there."""
    return RoomPlace.objects.filter(version=version, user=user).first()


def ground_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the grounds a mark may rest on, in groups."""
    return [
        ("个人信息", [(f"{GroundKind.PERSONAL}:{code}", PERSONAL[code]) for code, _ in personal_choices()]),
        ("条例条款", [(f"{GroundKind.ARTICLE}:{name}", label) for name, label in article_choices()]),
        ("其他法律、行政法规", [(OTHER_LAW, "其他法律、行政法规的条款（在下面写明）")]),
    ]


def lines_of(text: PageText) -> list[TextLine]:
    """Return the text of a page in stretches, each where it stands."""
    found: list[TextLine] = []
    start = 0
    for at in range(len(text.text) + 1):
        if at < len(text.text) and text.boxes[at] is not None and not _breaks(text, start, at):
            continue
        if box := text.box(start, at):
            said = text.text[start:at]
            if said.strip():
                found.append(TextLine(start, said, box[0], box[3], box[2] - box[0], box[3] - box[1]))
        start = at if at < len(text.text) and text.boxes[at] is not None else at + 1
    return found


def _breaks(text: PageText, start: int, at: int) -> bool:
    """Tell whether a character stands on another line than those before it."""
    before: Box | None = text.boxes[at - 1] if at > start else None
    here = text.boxes[at]
    if before is None or here is None:
        return False
    return not before[1] <= (here[1] + here[3]) / 2 <= before[3] or here[0] < before[0] - 1


def _mark(
    mark: RedactionMark, no: int, user: User, unseal: Callable[[str], Any], hidden: Sequence[str]
) -> MarkLine:
    said = unseal(mark.text_sealed) or ""
    return MarkLine(
        id=mark.pk, no=no, layer=mark.layer, layer_label=mark.get_layer_display(), status=mark.status,
        status_label=mark.get_status_display(), extent=mark.extent, printed=mark.printed,
        value=f"{mark.ground_kind}:" if mark.ground_kind == GroundKind.OTHER_LAW else f"{mark.ground_kind}:{mark.ground}",
        boxes=tuple(mark.points), author=mark.author.display if mark.author else "系统", how=mark.get_made_by_display(),
        why=mark.reason or mark.why, text=str(said)[:60],
        own=mark.author_id is not None and mark.author_id in user.principals,
        shown=mark.layer not in hidden and mark.status in (MarkState.OPEN, MarkState.ACCEPTED),
    )  # fmt: skip


@dataclass
class _Sums:
    told: dict[str, Any]
    layers: Counter[str]


def _sums(version: HoldingVersion) -> _Sums:
    """Count the marks of a document by page, layer, ground and status in one query."""
    grounds: Counter[str] = Counter()
    layers: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    pages: Counter[int] = Counter()
    undecided: set[int] = set()
    rows = version.redaction_marks.filter(status__in=(MarkState.OPEN, MarkState.ACCEPTED))
    for row in (
        rows.values("page", "layer", "status", "ground_kind", "ground").annotate(n=Count("pk")).order_by()
    ):
        layers[row["layer"]] += row["n"]
        if row["page"]:
            pages[row["page"]] += row["n"]
        if row["status"] == MarkState.ACCEPTED:
            grounds[printed(row["ground_kind"], row["ground"])] += row["n"]
            continue
        undecided.add(row["page"] or 1)
        if row["layer"] == Layer.SUGGESTED and row["ground_kind"] == GroundKind.PERSONAL:
            waiting[row["ground"]] += row["n"]
    return _Sums(
        {
            "by_ground": grounds.most_common(), "open_pages": sorted(undecided), "marked_pages": dict(pages),
            "waiting": [(code, PERSONAL.get(code, code), count) for code, count in waiting.most_common()],
        },
        layers,
    )  # fmt: skip


def _layers(sums: _Sums, hidden: Sequence[str]) -> list[tuple[str, str, int, bool]]:
    return [
        (str(layer), str(layer.label), sums.layers.get(layer, 0), str(layer) not in hidden) for layer in Layer
    ]


def _apart(version: HoldingVersion) -> list[int]:
    """Return the pages on which the second reviewer differs from the first: added, changed or rejected a mark."""
    rows = version.redaction_marks.filter(layer__in=(Layer.REVIEWER, Layer.SECOND), page__isnull=False)
    pages = set()
    for page, layer, status, author, settled in rows.values_list(
        "page", "layer", "status", "author_id", "settled_by_id"
    ):
        added = layer == Layer.SECOND and status == MarkState.ACCEPTED
        struck = (
            layer == Layer.REVIEWER
            and status in (MarkState.REJECTED, MarkState.CHANGED)
            and settled != author
        )
        if added or struck:
            pages.add(page)
    return sorted(pages)


def _look(found: RoomPage, copy: Any, query: str, unseal: Callable[[str], Any]) -> None:
    found.query = query[:80]
    if not fold(found.query):
        return
    texts: dict[int, PageText] = {}
    for page, boxes in occurrences(copy, found.query, unseal=unseal):
        if len(found.hits) >= HITS:
            found.more_hits = True
            return
        if page.number not in texts:
            texts[page.number] = copies.text_of(page, unseal=unseal)
        text = texts[page.number]
        found.hits.append(Hit(page.number, _around(text, boxes[0])))


def _around(text: PageText, box: Any) -> str:
    """Return the line a hit stands on."""
    middle = (box.y0 + box.y1) / 2
    on_line = [at for at, one in enumerate(text.boxes) if one is not None and one[1] <= middle <= one[3]]
    near = [at for at in on_line if abs(text.boxes[at][0] - box.x0) < 160] or on_line  # type: ignore[index]
    return text.text[near[0] : near[-1] + 1].replace("\n", " ")[:60] if near else ""


def _number(given: Any) -> int | None:
    text = str(given or "")
    return int(text) if text.isdecimal() and len(text) < 7 else None


def picture(user: User, version: HoldingVersion, number: int, dpi: int, *, now: dt.datetime) -> bytes | None:
    """Return the picture of a page, drawn when it is first asked for."""
    copy = getattr(version, "copy", None)
    return None if copy is None else copies.image_of(copy, number, dpi=dpi, now=now)


def page_exists(version: HoldingVersion, number: int) -> bool:
    """Tell whether a document has a page."""
    return WorkingPage.objects.filter(copy__version=version, number=number).exists()

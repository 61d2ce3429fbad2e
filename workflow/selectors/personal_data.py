"""The list of personal data found in a document (个人信息清单): kinds, pages, counts and treatment, never a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workflow.models import HoldingVersion, Redacting
from workflow.redaction_kinds import PERSONAL, DetectState, GroundKind, Layer, MarkState
from workflow.review.redaction.legend import told_pages

#: No personal data by itself: a picture that nobody has read.
UNREAD = "unread"


@dataclass
class KindLine:
    """What was found of one kind: on which pages, how often, and what became of it.

    :param covered: places that are covered, by acceptance of a suggestion or by a reviewer's own mark
    :param left: suggestions that a person did not take
    :param undecided: places nobody has decided on yet
    """

    kind: str
    label: str
    pages: set[int] = field(default_factory=set)
    covered: int = 0
    left: int = 0
    undecided: int = 0

    @property
    def count(self) -> int:
        """Count the places."""
        return self.covered + self.left + self.undecided

    @property
    def told_pages(self) -> str:
        """Return the pages in words; a mark of the whole document has none."""
        return told_pages(sorted(self.pages)) if self.pages else "整份"

    @property
    def treatment(self) -> str:
        """Return in words what became of the places."""
        told = (("遮盖", self.covered), ("不遮盖", self.left), ("待定", self.undecided))
        return "、".join(f"{name}{count}处" for name, count in told if count)

    @property
    def sentence(self) -> str:
        """Return the line as a sheet prints it."""
        return f"{self.label}{self.count}处（{self.told_pages}；{self.treatment}）"


@dataclass(frozen=True)
class PersonalData:
    """The list of one version of a document.

    :param looked: whether the detectors have looked through it; else the list is what people have marked
    :param note: what the search said of itself
    """

    lines: tuple[KindLine, ...]
    looked: bool
    note: str

    @property
    def count(self) -> int:
        """Count the places of all kinds."""
        return sum(line.count for line in self.lines)

    @property
    def sentence(self) -> str:
        """Return the list as one paragraph of a sheet."""
        found = "；".join(line.sentence for line in self.lines)
        if not self.looked:
            unsought = "没有由系统查找，须逐页人工查看"
            return f"{found}；{unsought}" if found else unsought
        return found or "系统没有找到，经逐页查看为准"


def personal_data(version: HoldingVersion) -> PersonalData:
    """Return the personal data found in a version of a document, by kind, in two queries."""
    rows = version.redaction_marks.filter(ground_kind=GroundKind.PERSONAL).exclude(status=MarkState.CHANGED)
    lines = _lines(rows.values_list("ground", "page", "layer", "status"))
    state = Redacting.objects.filter(version=version).values_list("detect_state", "detect_note").first()
    looked = state is not None and state[0] == DetectState.DONE
    order = list(PERSONAL)
    ranked = sorted(
        lines.values(), key=lambda line: order.index(line.kind) if line.kind in PERSONAL else len(order)
    )
    return PersonalData(tuple(ranked), looked, state[1] if state else "")


def _lines(rows: Iterable[tuple[str, int | None, str, str]]) -> dict[str, KindLine]:
    lines: dict[str, KindLine] = {}
    for kind, page, layer, status in rows:
        if status == MarkState.REJECTED and layer in (Layer.REVIEWER, Layer.SECOND):
            continue  # drawn by a person and struck again: nothing was found there
        line = lines.setdefault(kind, KindLine(kind, PERSONAL.get(kind, kind)))
        line.pages |= {page} if page else set()
        line.covered += status == MarkState.ACCEPTED
        line.left += status == MarkState.REJECTED
        line.undecided += status == MarkState.OPEN
    return lines

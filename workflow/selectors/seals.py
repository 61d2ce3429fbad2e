"""What waits for a seal, and the register of seal uses, as a person may see them (待用印、用印登记簿)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from letters import sealing
from letters.models import Paper, SealUse
from office.models import Office, User
from office.roles import Role
from workflow.models import Case
from workflow.selectors.access import visible_cases
from workflow.selectors.beside_complaint import complaints_of

#: Who uses the seal, and who else reads the register; a supervisor reads that of every office below.
KEEPERS = frozenset({Role.SEAL, Role.INTAKE})
READERS = KEEPERS | {Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR}
#: Letters beside the cases: of which kind of record each is, and the step by which its seal is entered.
BESIDE = {
    "correction_answer": ("correction", "seal_correction"), "supervision_notice": ("rectification", "seal_notice"),
    "criticism_notice": ("criticism", "seal_notice"), "rectification_notice": ("complaint", "seal_complaint"),
    "complaint_answer": ("complaint", "seal_complaint"),
}  # fmt: skip
SHOWN = 100
#: Rows of a register written into one table file.
MOST_ROWS = 5000


@dataclass(frozen=True)
class Waiting:
    """One paper that waits for its seal."""

    paper: Paper
    case: Case
    seen: bool


@dataclass(frozen=True)
class Beside:
    """One paper beside the cases that waits for its seal, and where that is entered."""

    paper: Paper
    kind: str
    record_id: int
    step: str


@dataclass(frozen=True)
class Line:
    """One use of a seal as the register shows it."""

    use: SealUse
    case_id: int | None
    mine: bool = False  # whether this person enters what became of it


def papers_to_seal(user: User) -> QuerySet[Paper]:
    """Return the papers of cases that wait for a seal this person may use, and no other."""
    return _to_seal(user).exclude(kind__in=list(BESIDE))


def _to_seal(user: User) -> QuerySet[Paper]:
    """Return every paper that waits for a seal this person may use: of cases, and of the records beside them."""
    rows = Paper.objects.filter(needs_seal=True, sealed_on__isnull=True, voiding=None)
    shown = Q(subject_ref__startswith="case:") | Q(kind__in=list(BESIDE))
    return rows.filter(shown, office_id__in=_offices_held(user, KEEPERS))


def waiting_beside(user: User, office: Office) -> tuple[list[Beside], bool]:
    """List the papers beside the cases that wait for an office's seal, the oldest first, and whether there are more."""
    rows = _to_seal(user).filter(office=office, kind__in=list(BESIDE)).order_by("pk")[: SHOWN + 1]
    shown, more = list(rows[:SHOWN]), len(rows) > SHOWN
    made_of = complaints_of(paper.pk for paper in shown)
    return [
        Beside(paper, kind, made_of.get(paper.pk) or int(paper.subject_ref.partition(":")[2]), step)
        for paper in shown
        for kind, step in (BESIDE[paper.kind],)
    ], more


def uses_seen(user: User) -> QuerySet[SealUse]:
    """Return the uses of seals in the offices whose register this person may read, and no other."""
    return SealUse.objects.filter(office_id__in=_offices_held(user, READERS))


def sealed_paper(user: User, paper_id: int) -> Paper | None:
    """Return a paper that somebody who uses the seal of its office must be able to read, or None."""
    rows = Paper.objects.filter(pk=paper_id, needs_seal=True, office_id__in=_offices_held(user, KEEPERS))
    return rows.first()


@dataclass(frozen=True)
class SealedPaper:
    """A paper with every use of a seal on it; of its case nothing but the number, beside the cases not even that."""

    paper: Paper
    case_id: int
    case_number: str
    uses: list[SealUse]
    seen: bool

    @property
    def live(self) -> list[SealUse]:
        """Return the uses that are not void."""
        return [use for use in self.uses if use.voided_on is None]


def sealed_page(user: User, paper_id: int) -> SealedPaper | None:
    """Return a paper with its seal uses for somebody who uses the seal of its office, or None."""
    paper = sealed_paper(user, paper_id)
    if paper is None:
        return None
    rows = SealUse.objects.filter(paper=paper).select_related(
        "seal", "approver", "sealed_by", "voided_by", "paper"
    )
    if not (pk := _case_id(paper)):
        return SealedPaper(paper, 0, "", list(rows.order_by("pk")), False)
    number = Case.objects.get(pk=pk).number
    return SealedPaper(
        paper, pk, number, list(rows.order_by("pk")), visible_cases(user).filter(pk=pk).exists()
    )


def keeper_offices(user: User, *, on: dt.date) -> list[Office]:
    """List the offices whose seal a person may use: where it is kept by one person, only that person."""
    rows = Office.objects.filter(pk__in=_offices_held(user, KEEPERS)).order_by("code")
    reach = user.reach()
    return [
        office for office in rows if Role.SEAL in reach[office.pk] or not sealing.practice(office, on).keeper
    ]


def reader_offices(user: User) -> list[Office]:
    """List the offices whose register a person may read."""
    return list(Office.objects.filter(pk__in=_offices_held(user, READERS)).order_by("code"))


def waiting(user: User, office: Office) -> tuple[list[Waiting], bool]:
    """List the papers of an office that wait for its seal, the oldest first, and whether there are more."""
    rows = list(papers_to_seal(user).filter(office=office).order_by("pk")[: SHOWN + 1])
    ids = {_case_id(paper) for paper in rows}
    cases = Case.objects.filter(pk__in=ids).in_bulk()
    seen = set(visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True))
    found = [Waiting(paper, cases[_case_id(paper)], _case_id(paper) in seen) for paper in rows]
    return found[:SHOWN], len(rows) > SHOWN


def waiting_count(user: User, most: int) -> int:
    """Count what waits for the seals a person may use, no further than a number."""
    held = _offices_held(user, KEEPERS)
    return _to_seal(user).order_by().values("pk")[: most + 1].count() if held else 0


def cases_of(user: User, office: Office, paper_ids: list[int]) -> dict[int, list[int]]:
    """Return the cases of chosen papers that still wait, each with its papers."""
    found: dict[int, list[int]] = {}
    for paper in papers_to_seal(user).filter(office=office, pk__in=paper_ids).order_by("pk"):
        found.setdefault(_case_id(paper), []).append(paper.pk)
    return found


def register(
    user: User, office: Office, *, first: dt.date | None, last: dt.date | None, kind: str, most: int = SHOWN
) -> tuple[list[Line], bool]:
    """List the uses of an office's seals between two days, newest first, and whether there are more."""
    rows = uses_seen(user).filter(office=office)
    if first:
        rows = rows.filter(used_on__gte=first)
    if last:
        rows = rows.filter(used_on__lte=last)
    if kind:
        rows = rows.filter(seal__kind=kind)
    whole = rows.select_related("paper", "seal", "approver", "sealed_by", "voided_by").order_by(
        "-used_on", "-pk"
    )
    found = list(whole[: most + 1])
    ids = {_case_id(use.paper) for use in found}
    seen = (
        set(visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True)) if most <= SHOWN else set()
    )
    mine = bool(user.reach()[office.pk] & KEEPERS)
    lines = [Line(use, pk if (pk := _case_id(use.paper)) in seen else None, mine) for use in found[:most]]
    return lines, len(found) > most


def register_rows(lines: list[Line]) -> list[list[Any]]:
    """Return the register as rows of a table, its head first."""
    head = [
        "用印日期",
        "文号",
        "文书",
        "印章",
        "方式",
        "份数",
        "批准人",
        "用印人",
        "盖章件",
        "存卷日期",
        "作废",
    ]
    return [head, *(_row(line.use) for line in lines)]


def _row(use: SealUse) -> list[Any]:
    return [
        use.used_on, use.paper.number_text, use.paper.title, use.seal.get_kind_display(), use.get_way_display(), use.copies,
        use.approver.display if use.approver else "", use.sealed_by.display if use.sealed_by else "系统",
        use.get_copy_display(), use.copy_on, f"{use.voided_on}：{use.void_reason}" if use.voided_on else "",
    ]  # fmt: skip


def _case_id(paper: Paper) -> int:
    """Return the case of a paper; 0 for a paper beside the cases, and for what a complaint about one led to."""
    kind, _, pk = paper.subject_ref.partition(":")
    return int(pk) if kind == "case" and paper.kind not in BESIDE else 0


def _offices_held(user: User, roles: frozenset[Role]) -> list[int]:
    return sorted(office_id for office_id, held in user.reach().items() if held & roles)

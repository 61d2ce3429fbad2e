"""The records beside the cases as a person may see them: one queryset for each kind, and what may be done next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from law.outcomes import Outcome
from office.models import Office, User
from office.roles import Role
from workflow.beside.step import may
from workflow.beside.steps import STEPS
from workflow.models import Case, Conversion, Handover, Reassessment, RecordCorrection, Remedy
from workflow.selectors import beside_complaint as complaints
from workflow.selectors import beside_supervision as supervision
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import working_days_left
from workflow.selectors.worklists import shown_name

PAGE = 50
#: The records of a supervising office, which have a file of their own.
SUPERVISING = frozenset(supervision.NAMES)
#: Whose duty brings them to these records; a supervisor sees those of every office below.
READERS = {
    "correction": (
        Role.INTAKE,
        Role.HANDLER,
        Role.HEAD,
        Role.SIGNATORY,
        Role.SEAL,
        Role.ARCHIVIST,
        Role.SUPERVISOR,
    ),
    "conversion": (Role.INTAKE, Role.HANDLER, Role.HEAD, Role.SIGNATORY, Role.SUPERVISOR),
    "reassessment": (Role.HEAD, Role.SIGNATORY, Role.SUPERVISOR),
    "handover": (Role.ARCHIVIST, Role.HEAD, Role.SUPERVISOR),
}
MODELS: dict[str, Any] = {
    "correction": RecordCorrection, "conversion": Conversion, "reassessment": Reassessment, "handover": Handover,
    **supervision.MODELS, **complaints.MODELS,
}  # fmt: skip
NAMES = {
    "correction": "更正申请", "conversion": "转为主动公开", "reassessment": "定期评估审查", "handover": "归档移交",
    **complaints.NAMES, **supervision.NAMES,
}  # fmt: skip
FIRST = {
    "correction": "receive_correction", "conversion": "propose_conversion", "reassessment": "list_reassessments",
    "handover": "list_handover", **supervision.FIRST,
}  # fmt: skip
GOING_OUT = ("seal_correction", "serve_correction")
NEXT = {
    "correction": {"received": ("examine_correction",), "examined": ("answer_correction",),
                   "corrected": GOING_OUT, "handed_over": GOING_OUT, "declined": GOING_OUT},
    "conversion": {"proposed": ("approve_conversion", "decline_conversion"), "approved": ("publish_conversion",)},
    "reassessment": {"waiting": ("decide_reassessment",)},
    "handover": {"listed": ("accept_handover",)},
    **supervision.NEXT, **complaints.NEXT,
}  # fmt: skip
#: By what a list is in order, where not by the nearest day.
ORDER = {
    "handover": "-pk", "reassessment": "-pk", "rectification": "rectify_by_on", "criticism": "rectify_by_on",
    "inspection": "-pk", "bulletin": "-pk", **complaints.ORDER,
}  # fmt: skip
CLOSED = {
    "correction": ("corrected", "handed_over", "declined"), "conversion": ("published", "declined"),
    "reassessment": ("kept", "disclosable"), "handover": ("accepted",), **supervision.CLOSED,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One record in a list."""

    id: int
    number: str
    title: str
    stage: str
    due_on: dt.date | None
    left: int | None
    open: bool
    office: str


@dataclass(frozen=True)
class Sheet:
    """One record on its page: what it says, its papers, and the steps this person may take."""

    kind: str
    record: Any
    title: str
    stage: str
    facts: tuple[tuple[str, Any], ...]
    steps: tuple[Any, ...]
    papers: tuple[Any, ...]


def visible(user: User, kind: str) -> QuerySet[Any]:
    """Return the records of a kind that a person may see, and no other."""
    if kind in SUPERVISING:
        return supervision.visible(user, kind)
    if kind in complaints.NAMES:
        return complaints.visible(user)
    readers = {str(role) for role in READERS[kind]}
    offices = sorted(
        office_id for office_id, roles in user.roles().items() if {str(r) for r in roles} & readers
    )
    return MODELS[kind].objects.filter(office_id__in=offices).select_related("office")


def offices_for(user: User, step: str, *, on: dt.date) -> list[Office]:
    """List the offices in which a person may take a first step on a day."""
    if step in supervision.FIRST.values():
        return supervision.offices_for(user, on=on)
    held = [office_id for office_id in user.roles() if may(step, user, office_id)]
    return list(Office.objects.filter(pk__in=held).order_by("code"))


def listing(user: User, kind: str, *, on: dt.date) -> tuple[Line, ...]:
    """List the records of a kind, the open ones first and the most pressing before."""
    rows = visible(user, kind)
    over = complaints.OVER if kind in complaints.NAMES else Q(stage__in=CLOSED[kind])
    open_first = rows.annotate(closed=Count("pk", filter=over))
    ordered = open_first.order_by("closed", ORDER.get(kind, "due_on"), "pk")
    if kind == "reassessment":
        ordered = ordered.select_related("case", "item")
    return tuple(_line(kind, row, on) for row in ordered[:PAGE])


def sheet(user: User, kind: str, pk: int) -> Sheet | None:
    """Read one record for its page, or None when this person may not see it."""
    row = visible(user, kind).filter(pk=pk).first()
    if row is None:
        return None
    following = [STEPS[name] for name in NEXT[kind].get(row.stage, ())]
    steps = [step for step in following if may(step.name, user, getattr(row, step.at))]
    if kind == "correction" and row.answer is not None:
        # Either it waits for its seal, or it may go.
        now = set() if row.served_on else {GOING_OUT[0 if row.waits_for_seal else 1]}
        steps = [step for step in steps if step.name in now]
    steps = supervision.steps_now(kind, row, steps)
    if kind in complaints.NAMES:
        steps = complaints.steps_now(row, steps)
    held = [
        paper for name in ("notice", "answer", "paper") if (paper := getattr(row, name, None)) is not None
    ]
    return Sheet(
        kind,
        row,
        _title(kind, row),
        _stage(kind, row),
        FACTS[kind](row, user),
        tuple(steps),
        tuple(held),
    )


def own_paper(user: User, kind: str, pk: int, paper_id: int | None = None) -> Any:
    """Return a paper of a record that this person may see, by default the last one, or None."""
    found = sheet(user, kind, pk)
    held = [paper for paper in found.papers if paper_id in (None, paper.pk)] if found else []
    return held[-1] if held else None


def remedy_lines(
    user: User, *, on: dt.date, year: int
) -> tuple[tuple[Any, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """List the proceedings of a year on visible cases, the open first, and count them by road and result.

    The counts are the fifteen cells of table 4 of the annual report, for the cases this person may see; where the
    reconsideration body stands beside the office in court they count as well, being the office's own.
    """
    seen = Remedy.objects.filter(case__in=visible_cases(user).values("pk"))
    of_year = seen.filter(Q(received_on__year=year) | Q(decided_on__year=year) | Q(decided_on__isnull=True))
    rows = of_year.select_related("case", "case__office").order_by("stage", "answer_due_on", "pk")
    ordered = sorted(
        rows[:PAGE], key=lambda r: (r.stage == "decided", r.stage == "answered", r.answer_due_on)
    )
    lines = tuple(
        (
            row,
            shown_name(row.case, user),
            working_days_left(row.answer_due_on, on, row.case.office_id) if row.stage == "received" else None,
        )
        for row in ordered
    )
    counted: dict[tuple[str, str], int] = dict.fromkeys(
        ((road, result) for road in Remedy.Road.values for result in Remedy.Result.values), 0
    )
    for road, result, count in of_year.values_list("road", "result").annotate(count=Count("pk")):
        counted[road, result] = count
    table = tuple(
        (
            Remedy.Road(road).label,
            tuple(counted[road, result] for result in ("upheld", "corrected", "other", "")),
        )
        for road in Remedy.Road.values
    )
    return lines, tuple((label, (*cells, sum(cells))) for label, cells in table)


def _line(kind: str, row: Any, on: dt.date) -> Line:
    closed = bool(row.closed)
    due = (
        supervision.due(kind, row)
        if kind in SUPERVISING
        else complaints.due(row)
        if kind in complaints.NAMES
        else None
        if closed
        else getattr(row, "due_on", None)
    )
    return Line(
        row.pk, _number(kind, row), _title(kind, row), _stage(kind, row), due, working_days_left(due, on, row.office_id),
        not closed, row.office.name,
    )  # fmt: skip


def _stage(kind: str, row: Any) -> str:
    return supervision.stage(kind, row) if kind in SUPERVISING else str(row.get_stage_display())


def _number(kind: str, row: Any) -> str:
    if kind in SUPERVISING:
        return supervision.number(kind, row)
    if kind in complaints.NAMES:
        return complaints.number(row)
    if kind == "correction":
        return str(row.number)
    if kind == "reassessment":
        return f"{row.year}年度"
    return f"{row.year}年度第{row.seq}批" if kind == "handover" else f"{row.proposed_on:%Y-%m-%d}"


def _title(kind: str, row: Any) -> str:
    if kind in SUPERVISING:
        return supervision.title(kind, row)
    if kind in complaints.NAMES:
        return complaints.title(row)
    if kind == "correction":
        return f"{row.name}：{row.record}"
    if kind == "reassessment":
        return f"{row.case.number} 第{row.item.seq}项　{row.item.description}"
    return f"移交{row.receiver}" if kind == "handover" else str(row.title)


def _correction(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    roles = user.roles_in(row.office_id)
    whole = bool(roles & {Role.INTAKE, Role.HANDLER, Role.ARCHIVIST})
    natural = row.kind == "natural" and not roles & {*READERS["correction"]} - {Role.SUPERVISOR}
    return (
        ("申请人", f"{row.name[:1]}某" if natural else row.name), ("类别", row.get_kind_display()),
        ("身份证明", f"{row.get_id_kind_display()} {row.id_number.masked()}"),
        ("电话", (row.phone.reveal() if whole else row.phone.masked()) if row.phone else ""),
        ("收到日期", row.received_on), ("内部届满日", row.due_on), ("需要更正的记录", row.record),
        ("记录的内容", row.wrong), ("请求更正为", row.right), ("证据", row.evidence), ("核实情况", row.finding),
        ("有权更正的机关", row.other_office), ("答复日期", row.answered_on), ("送达日期", row.served_on),
    )  # fmt: skip


def _conversion(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    return (
        ("来源", row.get_source_display()), ("理由", row.reason), ("去标识化处理", row.redaction),
        ("提出", f"{row.proposed_by.display}，{row.proposed_on:%Y-%m-%d}"), ("审批意见", row.opinion),
        ("审批", f"{row.decided_by.display}，{row.decided_on:%Y-%m-%d}" if row.decided_by else ""),
        ("公开届满日", row.due_on), ("公开的位置", row.place), ("公开日期", row.published_on),
    )  # fmt: skip


def _reassessment(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    return (
        ("申请事项", row.item.description), ("原处理结果", Outcome(row.outcome).label), ("原答复日期", row.replied_on),
        ("列入日期", row.listed_on), ("评估意见", row.reason),
        ("评估", f"{row.decided_by.display}，{row.decided_on:%Y-%m-%d}" if row.decided_by else ""),
    )  # fmt: skip


def _handover(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    files = row.files.select_related("case").order_by("pk")
    return (
        ("归档年度", f"{row.year}年"), ("批次", f"第{row.seq}批"), ("接收单位", row.receiver),
        ("案卷", "、".join(held.case.number for held in files)), ("清单校验", row.list_sha256),
        ("编制", f"{row.made_by.display}，{row.made_on:%Y-%m-%d}"), ("接收人", row.accepted_by),
        ("接收日期", row.accepted_on),
    )  # fmt: skip


FACTS = {
    "correction": _correction, "conversion": _conversion, "reassessment": _reassessment, "handover": _handover,
    **supervision.FACTS, **complaints.FACTS,
}  # fmt: skip
__all__ = [
    "FIRST",
    "NAMES",
    "Case",
    "Line",
    "Sheet",
    "listing",
    "offices_for",
    "own_paper",
    "remedy_lines",
    "sheet",
    "visible",
]

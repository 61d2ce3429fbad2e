"""The cases behind a number of the board: page by page, or whole for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calendars import published
from law.clock.reading import MovedBy
from office.models import User
from workflow.machine import State
from workflow.models import Case
from workflow.selectors.boards.held import STAGE, Interrupted, interrupted, working_days
from workflow.selectors.boards.scope import names
from workflow.selectors.boards.wanted import Wanted, chosen
from workflow.selectors.keyset import behind, key_of
from workflow.selectors.timeliness import Standing, badge, by_due, standing, with_standing, working_days_left

PAGE = 50
#: Rows of an export that are read at a time.
BATCH = 2000
HEADER = (
    "案件编号", "事由", "机关", "科室", "承办人", "状态", "进入本阶段", "在本阶段工作日", "收到日", "原届满日", "届满日", "延长依据",
    "暂定", "剩余工作日", "期限情况",
)  # fmt: skip
WIDTHS = (12, 30, 22, 14, 10, 12, 12, 10, 12, 12, 12, 14, 6, 10, 18)


@dataclass(frozen=True)
class Row:
    """One case of a list."""

    id: int
    number: str
    title: str
    office: str
    unit: str
    handler: str
    state: str
    state_label: str
    stage_on: dt.date | None
    stage_days: int | None
    received_on: dt.date
    original_due_on: dt.date | None
    due_on: dt.date | None
    moved_by: str
    left: int | None
    standing: str
    badge: str
    provisional: bool

    def cells(self) -> list[Any]:
        """Return the row as a file has it; no applicant is named."""
        return [
            self.number, self.title, self.office, self.unit, self.handler, self.state_label, self.stage_on,
            self.stage_days, self.received_on, self.original_due_on, self.due_on, self.moved_by,
            "是" if self.provisional else "", self.left, Standing(self.standing).label,
        ]  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One page of a list: what it lists, its rows, and the key behind which the next page begins."""

    heading: str
    count: int
    rows: tuple[Row, ...]
    following: str


def case_list(
    user: User,
    *,
    on: dt.date,
    wanted: Wanted | None = None,
    after: str = "",
    size: int = PAGE,
    **criteria: Any,
) -> Listed:
    """List the cases behind one number of the board, nearest due date first.

    :param criteria: the parts of a ``Wanted``, where none is given; ``unit`` 0 means not assigned yet
    :param after: the key given by the page before
    """
    wanted = wanted or Wanted(**criteria)
    cases = chosen(user, wanted, on=on)
    page = list(by_due(cases).filter(behind(after)).values_list("pk", "due_on")[: size + 1])
    following = ""
    if len(page) > size:
        pk, due_on = page[size - 1]
        following = key_of(due_on, pk)
    rows = tuple(_rows([pk for pk, _ in page[:size]], on))
    return Listed(heading(user, wanted), cases.count(), rows, following)


def export(user: User, *, on: dt.date, wanted: Wanted | None = None, **criteria: Any) -> Iterator[list[Any]]:
    """Yield a whole list as rows of cells, its header first; no applicant is named."""
    wanted = wanted or Wanted(**criteria)
    yield list(HEADER)
    pks = list(by_due(chosen(user, wanted, on=on)).values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        # The list is sent as a stream, when the request's own moment is over.
        with published.moment():
            rows = list(_rows(pks[start : start + BATCH], on))
        for row in rows:
            yield row.cells()


def heading(user: User, wanted: Wanted) -> str:
    """Say what is listed and of whom."""
    if wanted.scope.level == "county":
        return wanted.label
    path = names(user, wanted.scope).path(wanted.scope)
    return " · ".join([wanted.label, *(name for name, _ in path)])


def _rows(pks: list[int], on: dt.date) -> Iterator[Row]:
    found = with_standing(Case.objects.filter(pk__in=pks), on=on).select_related("office", "unit", "handler")
    broken = {one.pk: one for one in interrupted(Case.objects.filter(pk__in=pks), on=on)}
    for case in by_due(found):
        stands = case.standing if case.is_unfinished else standing(case, on=on)
        yield Row(
            id=case.pk, number=case.number, title=case.title, office=case.office.name,
            unit=case.unit.name if case.unit else "", handler=case.handler.display if case.handler else "",
            state=case.state, state_label=State(case.state).label, stage_on=case.stage_on,
            stage_days=_stage_days(case, broken.get(case.pk), on), received_on=case.arrived_at_day,
            original_due_on=case.original_due_on, due_on=case.due_on, moved_by=MovedBy(case.moved_by).label,
            left=working_days_left(case.due_on, on, case.office_id) if case.is_unfinished else None,
            standing=stands, badge=badge(stands), provisional=case.due_provisional,
        )  # fmt: skip


def _stage_days(case: Case, broken: Interrupted | None, on: dt.date) -> int | None:
    if case.stage_on is None or not case.is_unfinished:
        return None
    return broken.days(STAGE, on) if broken else working_days(case.stage_on, on, case.office_id)

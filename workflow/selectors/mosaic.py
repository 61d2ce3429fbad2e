"""The mosaic check of a document (汇聚提示): what is out already beside what is to go out, and what both tell together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from office import files
from office.models import User
from workflow import practices
from workflow.alike.compare import Likeness, compare_read
from workflow.alike.wording import read
from workflow.holding_kinds import Plan, ReviewStatus
from workflow.models import Holding, WorkingCopy
from workflow.review import sandbox
from workflow.review.mosaic.generalise import Proposal, proposals
from workflow.review.mosaic.joining import Join, join
from workflow.review.mosaic.tables import Report, Row, columns, report
from workflow.selectors.access import visible_cases
from workflow.selectors.duplicates import Similar, similar_cases
from workflow.selectors.holdings import visible_holdings

#: The newest disclosed documents of an office that are compared, and how many are shown.
COMPARED, SHOWN, TABLES = 400, 12, 5
OUT = ("replied", "served", "archived")


@dataclass(frozen=True)
class Earlier:
    """A document that went out before: of which case, when, why it is shown, and what its table adds."""

    holding: Any
    case: Any
    why: tuple[str, ...]
    join: Join | None


@dataclass(frozen=True)
class TableCheck:
    """One sheet of the document: its report, the rows that break it with their values, and what would mend it."""

    heading: tuple[str, ...]
    report: Report
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Mosaic:
    """Everything the page shows."""

    holding: Any
    case: Any
    cases: tuple[Similar, ...]
    documents: tuple[Earlier, ...]
    tables: tuple[TableCheck, ...]
    problem: str

    @property
    def warns(self) -> bool:
        """Tell whether anything calls for a person's thought."""
        return any(one.join and one.join.identifies for one in self.documents) or any(
            not one.report.holds for one in self.tables
        )


def mosaic(user: User, case_id: int, holding_id: int, *, on: dt.date) -> Mosaic | None:
    """Put beside a document what is out already on the same subject and place or to the same applicant.

    None when the document is not for this person. Only cases this person may see are told of.
    """
    holding = (
        visible_holdings(user).filter(pk=holding_id, case_id=case_id).select_related("case__office").first()
    )
    if holding is None or holding.status != "open":
        return None
    case = holding.case
    try:
        own, problem = _grids(holding), ""
    except sandbox.Unfit as unfit:
        own, problem = [], unfit.message
    like = similar_cases(case, user=user, limit=SHOWN)
    return Mosaic(
        holding=holding, case=case, cases=tuple(row for row in like.rows if row.replied_on),
        documents=tuple(_earlier(user, holding, {row.id: row for row in like.rows}, own)),
        tables=tuple(_checked(rows, case, on) for rows in own), problem=problem,
    )  # fmt: skip


def _earlier(
    user: User, holding: Holding, like: dict[int, Similar], own: Sequence[list[dict[str, str]]]
) -> list[Earlier]:
    rows = (
        Holding.objects.filter(
            office=holding.office, status="open", plan__in=(Plan.DISCLOSE, Plan.PARTIAL), case__state__in=OUT,
            secrecy_reviews__status=ReviewStatus.SIGNED, case__in=visible_cases(user),
        )
        .exclude(case=holding.case).select_related("case").prefetch_related("versions").order_by("-pk")[:COMPARED]
    )  # fmt: skip
    asked = read(holding.title)
    found: list[tuple[float, Earlier]] = []
    joined = 0
    for row in rows:
        likeness = compare_read(asked, read(row.title))
        why = _why(like.get(row.case_id), likeness)
        if not why:
            continue
        meets = None
        if own and joined < TABLES:
            meets = _join(own[0], row)
            joined += meets is not None
        found.append((likeness.score, Earlier(row, row.case, why, meets)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])[:SHOWN]]


def _why(case: Similar | None, likeness: Likeness) -> tuple[str, ...]:
    told = []
    if case is not None and case.same_applicant:
        told.append("提供给同一申请人")
    if case is not None and case.likeness.worth_showing:
        told.append("申请的事项相近")
    if likeness.worth_showing:
        told.append("标题相近（同一主题或者地点）")
    return tuple(told)


def _join(new: list[dict[str, str]], row: Holding) -> Join | None:
    try:
        tables = _grids(row)
    except sandbox.Unfit:
        return None
    for out in tables:
        met = join(out, new, out_kinds=columns(out[0]), new_kinds=columns(new[0]))
        if met is not None:
            return met
    return None


def _checked(rows: list[dict[str, str]], case: Any, on: dt.date) -> TableCheck:
    k = int(practices.value("review.mosaic_k", office=case.office, on=on))
    variety = int(practices.value("review.mosaic_variety", office=case.office, on=on))
    kinds = columns(rows[0])
    told = report(rows, kinds=kinds, k=k, variety=variety)
    shown = (*told.direct, *told.quasi, *told.sensitive)
    broken = tuple(
        (place, tuple(rows[place - 1].get(name, "") for name in shown)) for place in told.breaking[:50]
    )
    return TableCheck(
        shown, told, broken, tuple(proposals(rows, kinds=kinds, k=k, variety=variety)) if kinds else ()
    )


def _grids(holding: Holding) -> list[list[dict[str, str]]]:
    """Read the tables of a document's copy: of each sheet the rows below its heading."""
    copy = WorkingCopy.objects.filter(version=holding.current, status="ready").select_related("table").first()
    if copy is None or copy.table is None:
        return []
    made = sandbox.run("grid", files.read(copy.table), limits=sandbox.Limits(cpu_seconds=30, wall_seconds=45))
    sheets = json.loads(made.files["grid.json"])
    return [rows for sheet in sheets if (rows := _below_heading(sheet))]


def _below_heading(sheet: list[list[str]]) -> list[dict[str, str]]:
    """Take the row that names the most columns as the heading; a sheet without one is no table."""
    best = max(range(min(len(sheet), 8)), key=lambda n: len(columns(sheet[n])), default=0)
    if not sheet or len(columns(sheet[best])) < 1:
        return []
    heading = [str(cell).strip() for cell in sheet[best]]
    rows = [dict(zip(heading, [str(cell) for cell in row], strict=False)) for row in sheet[best + 1 :]]
    return [row for row in rows if any(value.strip() for value in row.values())][:20_000]


__all__ = ["Mosaic", "Row", "mosaic"]

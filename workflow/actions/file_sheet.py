"""File the sheet of a month or a quarter, file it anew where it was wrong, confirm it (报送、更正报送、确认统计表)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.annual.errors import Unreadable
from office.models import Office, User
from office.roles import Role
from workflow.annual.statistics import Months, digest, kept
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest, NotYourRole
from workflow.models import StatisticsFiling
from workflow.selectors import filings

FILERS, CONFIRMERS = frozenset({Role.HEAD, Role.ALLOCATOR, Role.INTAKE}), frozenset({Role.HEAD})
SUPERVISORS = frozenset({Role.SUPERVISOR})


def file_sheet(
    *, office_id: int, scope: str, period: str, by: User, on: dt.date, now: dt.datetime, reason: str = "",
    act_id: uuid.UUID | None = None,
) -> StatisticsFiling:  # fmt: skip
    """Close a period: keep its figures as they stand, with their hash in the journal.

    :param period: 2026-03, 2026Q1 or 2026-01..2026-06
    :param reason: why it is filed anew, where it was filed before
    Raises BadRequest before the period is over, without a reason, or where nothing has changed since.
    """
    try:
        months = Months.named(period)
    except Unreadable as error:
        raise BadRequest("bad_period", error.message, field="period") from error
    if months.period.last >= on:
        raise BadRequest("not_over", f"{months.label}还没有结束，期满后再报送", field="period")
    if scope not in StatisticsFiling.Scope.values:
        raise BadRequest("no_scope", "请选择本机关或者本级汇总", field="scope")
    _allowed(by, office_id, scope, FILERS)
    office = Office.objects.get(pk=office_id)

    def build(doing: Doing) -> StatisticsFiling:
        before = filings.newest(office, scope, months)
        offices, terms = filings.offices_in(office, scope), filings.Terms(on=on)
        made = filings.measured_now(offices, months, layout=terms.layout(office.pk))
        figures = kept(made)
        if before is not None and not reason.strip():
            raise BadRequest("no_reason", "这一期已经报送，更正报送须写明理由", field="reason")
        if before is not None and before.sha256 == digest(figures):
            raise BadRequest("same", "数字与上次报送的一致，不用更正", field="reason")
        row = StatisticsFiling.objects.create(
            office=office, scope=scope, year=months.year, first=months.first, last=months.last,
            seq=before.seq + 1 if before else 1, figures=figures, sha256=digest(figures), reason=reason.strip() if before else "",
            missing=filings.missing(offices, months, terms) if scope == StatisticsFiling.Scope.WHOLE else [],
            filed_by=by.duty_of, filed_at=now,
        )  # fmt: skip
        doing.note.update(period=months.label, seq=row.seq, sha256=row.sha256)
        return row

    made: StatisticsFiling = make("file_sheet", office, build, by=by, on=on, now=now, act_id=act_id)
    return made


def confirm_sheet(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> StatisticsFiling:
    """Confirm a filed sheet as whoever answers for the office; one that was filed anew since cannot be."""

    def effect(row: StatisticsFiling, doing: Doing) -> None:
        _allowed(by, row.office_id, row.scope, CONFIRMERS)
        months = Months(row.year, row.first, row.last)
        newest = filings.newest(row.office, row.scope, months)
        if newest is not None and newest.pk != row.pk:
            raise BadRequest("replaced", "这一期已经更正报送，请确认最近一次的", field="period")
        row.confirm(by=by.duty_of, at=now)
        doing.note.update(period=months.label, seq=row.seq)

    done: StatisticsFiling = take(
        "confirm_sheet", StatisticsFiling, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def _allowed(by: User, office_id: int, scope: str, own: frozenset[Role]) -> None:
    """An office files its own sheet; the whole is closed by whoever supervises its offices (条例第四十六条)."""
    needed = SUPERVISORS if scope == StatisticsFiling.Scope.WHOLE else own
    if not needed & by.roles_in(office_id):
        who = "、".join(role.label for role in Role if role in needed)
        raise NotYourRole(
            "not_your_role",
            f"{'汇总' if needed is SUPERVISORS else '本机关'}的统计表须由{who}办理",
            field="scope",
        )

"""What an applicant is asked for before the office goes on: a supplement, the reasons, the fee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake import phrases
from law.fees import month_day, request_fee
from law.values import flag
from letters.vocabulary import money
from office.web.dates import long_day
from workflow import rules
from workflow.machine import State
from workflow.models import Case, FeeNotice
from workflow.paper_facts_before import bracket_lines, desk_of
from workflow.selectors.papers import applicant_papers


@dataclass(frozen=True)
class FeeLine:
    """A fee as its notice asks for it."""

    sum: str
    rows: list[tuple[str, str]]
    brackets: list[str]
    days: int
    restarts: bool
    objection_to: str


@dataclass(frozen=True)
class Asked:
    """What the applicant is asked for now: which page takes it, by when, the notice as it was served."""

    page: str
    button: str
    last_on: date | None
    late: bool
    text: str
    otherwise: str
    notice: str = ""
    fee: FeeLine | None = None


def asked_of(case: Case, *, on: date) -> Asked | None:
    """Tell what the applicant is asked for on a day, or None where the case waits for nothing of theirs.

    The notice is shown once it was served, and its term then has a last day.
    """
    ask = phrases.ASKED.get(State(case.state))
    if ask is None:
        return None
    last = _last_on(case)
    late = last is not None and on > last
    words = ask.over if late else ask.until
    notices = [paper for paper in applicant_papers(case) if paper.kind == ask.paper]
    return Asked(
        page=ask.page, button=ask.button, last_on=last, late=late,
        text=words.format(last=long_day(last)) if last else phrases.ON_ITS_WAY, otherwise=ask.otherwise,
        notice=str(notices[-1].frozen()["text"]) if notices else "",
        fee=_fee(case) if notices and ask.page == "fee" else None,
    )  # fmt: skip


def _last_on(case: Case) -> date | None:
    """Return the last day of the term that runs for the applicant, as the conditions of lapse count it."""
    if case.state == State.EXPLAINING:
        inquiry = case.excess_inquiry()
        return inquiry.due_on if inquiry else None
    return case.fee_due_on if case.state == State.AWAITING_FEE else case.supplement_due_on


def _fee(case: Case) -> FeeLine | None:
    notice = case.fee_notice()
    if notice is None:
        return None
    by_item = notice.basis == notice.Basis.ITEMS
    counted = (
        f"本件 {notice.count} 件，当月此前 {notice.already} 件"
        if by_item
        else f"拟提供 {notice.count} 页（A4 单面为 1 页）"
    )
    how = f"{notice.get_basis_display()}：{counted}"
    rows = [("应缴金额", money(notice.total)), ("怎样计算", how), ("标准", notice.citation)]
    rows += [("怎样缴纳", notice.payment_way)] if notice.payment_way else []
    return FeeLine(
        sum=f"{notice.total} 元", rows=rows, brackets=_brackets(case, notice),
        days=int(rules.number("fees.payment_days", case.office, notice.asked_on)),
        restarts=flag("fees.clock_restarts", notice.asked_on, rules.of(case.office).overrides),
        objection_to=desk_of(case),
    )  # fmt: skip


def _brackets(case: Case, notice: FeeNotice) -> list[str]:
    """Reckon the brackets of a notice again; none where the office's readings have changed since it went out."""
    by_item = notice.basis == notice.Basis.ITEMS
    assert case.received_on is not None  # nothing is charged before receipt
    fee = request_fee(
        month_day(case.received_on, case.arrived_on, rules.of(case.office).overrides),
        items=notice.count if by_item else None, pages=None if by_item else notice.count, already=notice.already,
    )  # fmt: skip
    return bracket_lines(fee) if fee.total == notice.total else []

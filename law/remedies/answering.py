"""What the office owes when its reply is reconsidered or sued over: terms, and what may serve as evidence."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from calendars.clock import after_days
from calendars.days import Calendar, Projection
from law.errors import BadFacts
from law.values import Overrides, dated, number


class Duty(StrEnum):
    """Name what a paper from a reconsideration body or a court asks of the office."""

    SIMPLE = "reconsideration_simple"
    ORDINARY = "reconsideration_ordinary"
    DEFENCE = "defence"
    REPORT = "opinion_report"
    REREPLY = "rereply"

    @property
    def label(self) -> str:
        """Name the duty in Chinese."""
        return _DUTIES[self][0]

    @property
    def failing(self) -> str:
        """Say in Chinese what follows where the term is missed."""
        return _DUTIES[self][2]

    def citation(self, on: date) -> str:
        """Cite what sets the term on a day."""
        return dated(_DUTIES[self][1], on).citation


_NO_EVIDENCE = "逾期不提出书面答复、不提交证据的，视为没有证据、依据（行政复议法第七十条）"
_DUTIES = {
    Duty.SIMPLE: ("行政复议书面答复（简易程序）", "answering.simple_days", _NO_EVIDENCE),
    Duty.ORDINARY: ("行政复议书面答复（普通程序）", "answering.ordinary_days", _NO_EVIDENCE),
    Duty.DEFENCE: (
        "行政诉讼答辩举证",
        "answering.defence_days",
        "逾期不提供证据的，视为没有相应证据（行政诉讼法第三十四条）",
    ),
    Duty.REPORT: (
        "报告行政复议意见书的纠正情况",
        "answering.report_days",
        "逾期不报告的，由行政复议机关通报",
    ),
    Duty.REREPLY: ("重新作出答复", "rereply.days", "逾期不重新答复的，视为不履行行政复议决定或者判决"),
}


def answer_due(
    duty: Duty | str,
    received_on: date,
    calendar: Calendar,
    *,
    days: int | None = None,
    overrides: Overrides | None = None,
) -> Projection:
    """Tell the last day to do what a paper received on a day asks for; that day is day 0.

    5 or 10 working days to answer a reconsideration (复议法54、48), 15 calendar days to answer a suit (行诉法67),
    60 calendar days to report on an opinion (复议法76), each calendar term rolled on over days off; for an ordered
    re-reply the days the order names, else 20 working days (READINGS R9).

    :param duty: what is asked for
    :param received_on: the day the paper reached the office
    :param days: working days that an order to reply again names; for no other duty
    :raises BadFacts: for an unknown duty, or days where the law itself sets the term
    :raises UnknownValue: before the law that sets the term
    """
    try:
        owed = Duty(duty)
    except ValueError:
        raise BadFacts("duty", f"没有名为“{duty}”的事项，可用：{'、'.join(Duty)}。") from None
    if days is not None:
        if owed is not Duty.REREPLY:
            raise BadFacts("days", f"{owed.label}的期限由法律规定，不能另填天数。")
        if days < 1:
            raise BadFacts("days", f"重新答复的期限应为 1 个工作日以上，不能是 {days}。")
    term = days if days is not None else number(_DUTIES[owed][1], received_on, overrides)
    if dated(_DUTIES[owed][1], received_on).unit == "working days":
        return calendar.project(received_on, term)
    last = after_days(calendar, received_on, term)
    sure = last.toordinal() < calendar.doubtful_from
    return Projection(
        date=last,
        provisional=last > calendar.published_until,
        may_change=not sure and last <= calendar.published_until,
        # A make-up day still to be announced can turn the last day itself into a working day.
        earliest=last if sure else received_on + timedelta(days=term),
    )


def may_serve_as_evidence(*, existed_on: date, acted_on: date) -> bool:
    """Say whether a document may prove the legality of an act: only if it was there by the day of the act.

    What was collected later is marked as such, never passed off as part of the file (复议法46、行诉法35).

    :param existed_on: the day the document came into the file
    :param acted_on: the day the reply was signed
    """
    return existed_on <= acted_on

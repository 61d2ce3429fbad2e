"""Remedies (救济): for an outcome, an office and a day, who may be asked for what, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from law.errors import BadFacts
from law.outcomes import Outcome
from law.outcomes import outcome as outcome_of
from law.remedies.bodies import court, reconsideration_body
from law.remedies.classes import class_rule, is_procedural
from law.remedies.office import OfficeFacts
from law.values import flag, number

__all__ = ["OfficeFacts", "Remedy", "is_procedural", "paragraphs", "remedy"]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Hold a remedy clause and its parts; days are calendar days, and end on the next working day (民诉法85).

    `suit_months` is None in class A: there is no direct suit. `written_as` is the form of the sentence:
    class C is written as B.
    """

    cls: str
    body: str
    court: str
    reconsideration_days: int
    suit_days: int
    suit_months: int | None
    sentence: str
    written_as: str
    online: str
    citation: str
    certainty: str


@dataclass(frozen=True, slots=True)
class _Frame:
    body: str
    court: str
    days: int
    suit_days: int
    months: int
    online: str

    def sentence(self, form: str, subject: str) -> str:
        where = f"{self.body}申请行政复议" + (f"（可以通过 {self.online} 在线提交）" if self.online else "")
        if form == "A":
            return (
                f"{subject}，可以自收到本答复书之日起{self.days}日内先向{where}；"
                f"对行政复议决定不服的，可以自收到行政复议决定书之日起{self.suit_days}日内向{self.court}提起行政诉讼。"
            )
        return (
            f"{subject}，可以自收到本答复书之日起{self.days}日内向{where}，"
            f"或者自收到本答复书之日起{self.months}个月内向{self.court}提起行政诉讼。"
        )


def _frame(office: OfficeFacts, on: date, *, electronic: bool) -> _Frame:
    online = ""
    if electronic and flag("remedies.online_channel_needed", on):
        online = office.reconsideration_online
        if not online:
            raise BadFacts(
                "reconsideration_online",
                "没有线上行政复议渠道的，不得以互联网方式送达答复书（行政复议法第二十二条第二款）；请改用其他方式送达，或者在机关设置中填写线上渠道。",
            )
    return _Frame(
        body=reconsideration_body(office, on),
        court=court(office),
        days=number("remedies.reconsideration_days", on),
        suit_days=number("remedies.suit_after_days", on),
        months=number("remedies.suit_direct_months", on),
        online=online,
    )


def _alone(outcome: Outcome, form: str) -> str:
    if outcome is Outcome.PARTIAL and form == "A":
        return "对本答复中不予公开的部分不服的"
    return "对本答复不服的"


def remedy(outcome: Outcome | str, office: OfficeFacts, on: date, *, electronic: bool = False) -> Remedy:
    """Give the remedy clause of a reply with one outcome, signed on a day (law 手册 §5).

    :param electronic: served over the internet, which needs an online channel to reconsideration (复议法22)
    :raises BadFacts: naming what is missing about the office, or an unknown outcome
    """
    decided = outcome_of(outcome)
    rule = class_rule(decided, on)
    form = "A" if rule.cls == "A" else "B"
    frame = _frame(office, on, electronic=electronic)
    return Remedy(
        cls=rule.cls,
        body=frame.body,
        court=frame.court,
        reconsideration_days=frame.days,
        suit_days=frame.suit_days,
        suit_months=None if form == "A" else frame.months,
        sentence=frame.sentence(form, _alone(decided, form)),
        written_as=form,
        online=frame.online,
        citation=rule.citation,
        certainty=rule.certainty,
    )


def paragraphs(
    items: Sequence[tuple[str, Outcome | str]], office: OfficeFacts, on: date, *, electronic: bool = False
) -> list[str]:
    """Write the remedy paragraphs of a reply item by item (逐项): items under 条例14–16 first, then the others.

    An item refused under 条例14–16 is never offered direct suit; one letter may hold both kinds.

    :param items: (label, outcome) pairs in the order of the reply, the label as the letter names it (第一项)
    :raises BadFacts: without items, or naming what is missing about the office
    """
    if not items:
        raise BadFacts("items", "没有申请事项，不能写救济途径。")
    frame = _frame(office, on, electronic=electronic)
    decided = [(label, outcome_of(name)) for label, name in items]
    first = [(label, o) for label, o in decided if class_rule(o, on).cls == "A"]
    if len(decided) == 1:
        form = "A" if first else "B"
        return [frame.sentence(form, _alone(decided[0][1], form))]
    if not first:
        return [frame.sentence("B", "对本答复不服的")]
    refused = "、".join(label for label, o in first if o is not Outcome.PARTIAL)
    withheld = "、".join(label for label, o in first if o is Outcome.PARTIAL)
    parts = ([f"{refused}不予公开"] if refused else []) + (
        [f"{withheld}中不予公开的部分"] if withheld else []
    )
    written = [frame.sentence("A", f"对{'以及'.join(parts)}不服的")]
    if len(first) < len(decided):
        written.append(frame.sentence("B", "对其余各项不服的"))
    return written

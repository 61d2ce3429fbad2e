"""Remedies (救济): for an outcome, an office and a day, who may be asked for what, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from law.errors import BadFacts
from law.outcomes import Outcome
from law.outcomes import outcome as outcome_of
from law.remedies.bodies import body_is_open, court, goes_to_own_government, reconsideration_body
from law.remedies.classes import (
    NO_REPLY,
    ClassRule,
    bears_objection,
    check_in_force,
    class_rule,
    is_procedural,
    procedural_papers,
)
from law.remedies.office import OfficeFacts
from law.values import flag, number

__all__ = [
    "OfficeFacts", "Remedy", "body_is_open", "goes_to_own_government", "is_procedural", "objection", "paragraphs",
    "remedy",
]  # fmt: skip

PROCEDURAL = ClassRule("P", "", "程序性文书，不单独申请行政复议、提起行政诉讼", "second-hand")


@dataclass(frozen=True, slots=True)
class Remedy:
    """Hold a remedy clause and its parts; days are calendar days, and end on the next working day (民诉法85).

    `suit_months` is None where there is no direct suit (class A). `written_as` is the form of the sentence: class C
    is written as B unless the office reads it otherwise (R). Class P has neither body, court nor terms.
    `parts` are the sentence in pieces: what is complained of, reconsideration, litigation.
    """

    cls: str
    body: str
    court: str
    reconsideration_days: int | None
    suit_days: int | None
    suit_months: int | None
    sentence: str
    written_as: str
    online: str
    citation: str
    certainty: str
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Frame:
    body: str
    court: str
    days: int
    suit_days: int
    months: int
    online: str

    def parts(self, form: str, subject: str, *, since: str = "收到本答复书之日") -> dict[str, str]:
        where = f"{self.body}申请行政复议" + (f"（可以通过 {self.online} 在线提交）" if self.online else "")
        after = f"对行政复议决定不服的，可以自收到行政复议决定书之日起{self.suit_days}日内向{self.court}提起行政诉讼"
        first = "先" if form == "A" else ""
        reconsider = f"可以自{since}起{self.days}日内{first}向{where}"
        if form == "B":
            after = f"或者自{since}起{self.months}个月内向{self.court}提起行政诉讼"
        return {"subject": subject, "reconsideration": reconsider, "litigation": after}

    def sentence(self, form: str, subject: str, *, since: str = "收到本答复书之日") -> str:
        told = self.parts(form, subject, since=since)
        joint = "，" if form == "B" else "；"
        return f"{told['subject']}，{told['reconsideration']}{joint}{told['litigation']}。"


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

    :param outcome: an outcome, `no_reply` for a term that passed without one, or the kind of a procedural paper
    :param office: facts about the office, with its own readings
    :param electronic: served over the internet, which needs an online channel to reconsideration (复议法22)
    :raises BadFacts: naming what is missing about the office, an unknown outcome, or a day before 2008-05-01
    """
    if is_procedural(outcome):
        check_in_force(on, what="文书")
        return _procedural(outcome)
    if outcome == NO_REPLY:
        return _without_reply(office, on)
    decided = _known(outcome)
    rule = class_rule(decided, on, office.readings)
    frame = _frame(office, on, electronic=electronic)
    subject = _alone(decided, rule.form)
    return _made(frame, rule, frame.parts(rule.form, subject), frame.sentence(rule.form, subject))


def _known(outcome: Outcome | str) -> Outcome:
    try:
        return outcome_of(outcome)
    except BadFacts as error:
        more = "、".join((NO_REPLY, *procedural_papers()))
        raise BadFacts("outcome", f"{error.message.rstrip('。')}；逾期未答复和程序性文书：{more}。") from None


def _made(frame: _Frame, rule: ClassRule, parts: dict[str, str], sentence: str) -> Remedy:
    return Remedy(
        cls=rule.cls,
        body=frame.body,
        court=frame.court,
        reconsideration_days=frame.days,
        suit_days=frame.suit_days,
        suit_months=frame.months if rule.form == "B" else None,
        sentence=sentence,
        written_as=rule.form,
        online=frame.online,
        citation=rule.citation,
        certainty=rule.certainty,
        parts=parts,
    )


def _without_reply(office: OfficeFacts, on: date) -> Remedy:
    """Tell the roads where the term passed without a reply: both are recorded (READINGS R22)."""
    rule = class_rule(NO_REPLY, on, office.readings)
    frame = _frame(office, on, electronic=False)
    subject, since = "对逾期未作出答复不服的", "答复期限届满之日"
    return _made(
        frame,
        rule,
        frame.parts(rule.form, subject, since=since),
        frame.sentence(rule.form, subject, since=since),
    )


def _procedural(paper_kind: str) -> Remedy:
    told = objection(paper_kind)
    return Remedy("P", "", "", None, None, None, told, "P", "", PROCEDURAL.citation, PROCEDURAL.certainty)


def objection(paper_kind: str) -> str:
    """Say how the applicant may object to a procedural paper; nothing but for the fee notice (law 手册 §3)."""
    if not bears_objection(paper_kind):
        return ""
    return (
        "对收费数额或者计收方式有异议的，可以在缴费期限内向本机关政府信息公开工作机构提出。"
        "收费决定不单独申请行政复议或者提起行政诉讼；因逾期未缴费不再处理的，"
        "对不再处理决定不服，可以依法投诉、申请行政复议或者提起行政诉讼。"
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
    forms = [class_rule(o, on, office.readings).form for _, o in decided]
    if len(decided) == 1:
        return [frame.sentence(forms[0], _alone(decided[0][1], forms[0]))]
    if set(forms) == {"B"}:
        return [frame.sentence("B", "对本答复不服的")]
    written = []
    first = [row for place, row in enumerate(decided) if forms[place] == "A"]
    if first:
        written.append(frame.sentence("A", f"对{_withheld(first)}不服的"))
    only = "、".join(label for place, (label, _) in enumerate(decided) if forms[place] == "R")
    if only:
        written.append(frame.sentence("R", f"对{only}不服的"))
    if "B" in forms:
        written.append(frame.sentence("B", "对其余各项不服的"))
    return written


def _withheld(first: Sequence[tuple[str, Outcome]]) -> str:
    refused = "、".join(label for label, o in first if o is not Outcome.PARTIAL)
    partly = "、".join(label for label, o in first if o is Outcome.PARTIAL)
    parts = [f"{refused}不予公开"] if refused else []
    return "以及".join([*parts, *([f"{partly}中不予公开的部分"] if partly else [])])

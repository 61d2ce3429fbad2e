"""Reminders with an answer: urge, answer_urge."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.dates import chinese_date
from workflow import house_terms
from workflow.actions import answer_urge, urge
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day
from workflow.transfer_conditions import my_urges

USUAL = "请抓紧办理，在答复期限前办结。"


def answer_day() -> forms.DateField:
    """Make the field for the day by which an answer is wanted."""
    return day("请于何日前答复", "对方须在系统中答复办理情况，逾期会提醒；不需要答复的，留空", required=False)


class UrgeForm(ActForm):
    """What is wanted, and by when it is to be answered."""

    words = area("催办的要求", "写给正在办理的人和没有答复的协办科室；不写申请人的个人信息", rows=3)
    answer_due_on = answer_day()

    def prepare(self, case: Any) -> None:
        """Begin with the usual words and the house's term."""
        self.fields["words"].initial = USUAL
        self.fields["answer_due_on"].initial = house_terms.last_day(
            "urge.answer_days", office=case.office, on=self.doing.on
        )


class AnswerForm(ActForm):
    """How far the work is."""

    urge = choice("答复哪一次催办")
    answer = area("办理情况", "办到哪一步、有什么困难、预计何日办结；不写申请人的个人信息", rows=4)

    def prepare(self, case: Any) -> None:
        """Offer the reminders that wait for this person; one alone is shown above the field."""
        mine = my_urges(case, self.doing.user)
        self.fields["urge"].choices = [(one.pk, _label(one)) for one in mine]
        if len(mine) == 1:
            self.fields["urge"].initial = mine[0].pk
            self.fields["answer"].help_text = f"{_label(mine[0])}。{self.fields['answer'].help_text}"
            self.fields["urge"].widget = forms.HiddenInput()


def _label(one: Any) -> str:
    return f"{one.urged_by.display}{chinese_date(one.urged_on)}催办：{one.words}（{chinese_date(one.answer_due_on)}前答复）"


def _urge(doing: Doing, data: dict[str, Any]) -> object:
    return urge.urge(**doing.given(), words=data["words"], answer_due_on=data.get("answer_due_on"))


def _answer(doing: Doing, data: dict[str, Any]) -> object:
    return answer_urge.answer_urge(**doing.given(), urge_id=int(data["urge"]), answer=text(data, "answer"))


PAGES = (
    ActPage("urge", _urge, UrgeForm, verb="催办"),
    ActPage("answer_urge", _answer, AnswerForm, verb="答复催办"),
)

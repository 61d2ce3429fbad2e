"""Taking part: ask_units, accept_share, return_share, answer_share, cancel_share."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks
from workflow import house_terms
from workflow.actions import accept, share
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.acts.transfer import ReturnForm, term
from workflow.desk.forms import ActForm, area, choice
from workflow.desk.uploads import FileField, file_data
from workflow.handing import Asked
from workflow.selectors import choices


class AskForm(ActForm):
    """Which units, for what, within how many working days."""

    co_units = forms.MultipleChoiceField(label="协办科室", widget=Checks())
    matter = area("请协办科室做什么", "查什么、提供什么材料、对什么表示意见", rows=3)
    co_days = term("内部期限（工作日）", "自今天的下一个工作日起算；不改变答复期限")

    def prepare(self, case: Any) -> None:
        """Offer the units that are not at work on the case yet."""
        taken = {case.unit_id, *(one.unit_id for one in case.open_co_shares())}
        self.fields["co_units"].choices = [pair for pair in choices.units(case) if pair[0] not in taken]
        self.fields["co_days"].initial = house_terms.days(
            "transfer.co_days", office=case.office, on=self.doing.on
        )


class AnswerForm(ActForm):
    """What the unit found."""

    answer = area("查到的情况和协办意见", "牵头科室据此拟定答复；不写申请人的个人信息", rows=5)
    file = FileField(label="材料", help_text="没有的不用传", required=False)

    def prepare(self, case: Any) -> None:
        """Show what was asked above the field."""
        from workflow.transfer_conditions import my_co_shares

        mine = my_co_shares(case, self.doing.user)
        if mine:
            self.fields["answer"].help_text = f"请协办的事项：{mine[0].matter}"


class CancelForm(ActForm):
    """Whose part, and why."""

    share = choice("哪个科室")
    reason = area("撤销的原因", rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the open parts."""
        self.fields["share"].choices = [(one.pk, one.unit.name) for one in case.open_co_shares()]


def _ask(doing: Doing, data: dict[str, Any]) -> object:
    asked = [Asked(int(unit), matter=data["matter"], days=data["co_days"]) for unit in data["co_units"]]
    return share.ask_units(**doing.given(), asked=asked)


def _answer(doing: Doing, data: dict[str, Any]) -> object:
    return share.answer_share(
        **doing.given(), answer=text(data, "answer"), file=file_data(data["file"], kind="share_answer")
    )


def _cancel(doing: Doing, data: dict[str, Any]) -> object:
    return share.cancel_share(**doing.given(), share_id=int(data["share"]), reason=data["reason"])


PAGES = (
    ActPage("ask_units", _ask, AskForm, verb="请科室协办"),
    ActPage("accept_share", lambda doing, data: accept.accept_share(**doing.given()), verb="接收协办"),
    ActPage("answer_share", _answer, AnswerForm, verb="答复协办"),
    ActPage(
        "return_share", lambda doing, data: share.return_share(**doing.given(), reason=data["reason"]), ReturnForm,
        verb="退回协办",
    ),
    ActPage("cancel_share", _cancel, CancelForm, verb="撤销协办"),
)  # fmt: skip

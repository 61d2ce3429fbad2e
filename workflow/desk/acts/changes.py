"""Self-correction and complaints: propose_change, correct_reply, withdraw_reply, drop_change, complaints."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import change_reply, complain
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day
from workflow.selectors import choices_after as choices


class ChangeForm(ActForm):
    """What is wrong with the reply, and how it is put right."""

    conditional = ("wrong", "right")
    form = forms.ChoiceField(label="怎样纠正", choices=choices.FORMS, initial="correct", widget=Radios())
    reason = area("理由", "写进更正书或者撤销决定书，给申请人看", rows=3)
    wrong = area("原文", "更正文字的必填：照答复书原文填写", required=False, rows=3)
    right = area("更正为", "更正文字的必填", required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        """Want the words where words are corrected."""
        data = super().clean()
        if data.get("form") == "correct":
            for name in ("wrong", "right"):
                if not text(data, name):
                    self.add_error(name, "更正文字的，请填写原文和更正后的文字")
        return data


class DropForm(ActForm):
    """Why not."""

    reason = area("不采纳的理由", rows=3)


class ComplaintForm(ActForm):
    """What was complained of."""

    received_on = day("收到投诉日期")
    matters = area("投诉举报的事项")


class DecideForm(ActForm):
    """What was found and what follows."""

    conditional = ("measures", "rectify_by_on")
    complaint = choice("哪一份投诉举报")
    result = forms.ChoiceField(label="处理结果", choices=choices.COMPLAINT_RESULTS, widget=Radios())
    finding = area("核查情况", "写进告知书和督促整改通知书", rows=4)
    measures = area("整改要求", "督促整改、通报批评的必填，一行一项", required=False, rows=4)
    rectify_by_on = day("整改期限", required=False)

    def prepare(self, case: Any) -> None:
        """Offer the complaints without a result."""
        self.fields["complaint"].choices = choices.complaints(case)

    def clean(self) -> dict[str, Any]:
        """Want what is urged and by when."""
        data = super().clean()
        if data.get("result") in ("rectify", "criticise"):
            for name in ("measures", "rectify_by_on"):
                if not data.get(name):
                    self.add_error(name, "督促整改的，请写明整改要求和期限")
        return data


class RectifiedForm(ActForm):
    """What was put right."""

    complaint = choice("哪一份督促通知")
    report = area("整改情况")

    def prepare(self, case: Any) -> None:
        """Offer the rectifications that are owed."""
        self.fields["complaint"].choices = choices.owed(case)


def _propose(doing: Doing, data: dict[str, Any]) -> object:
    return change_reply.propose_change(
        **doing.given(),
        form=data["form"],
        reason=data["reason"],
        wrong=text(data, "wrong"),
        right=text(data, "right"),
    )


def _decide(doing: Doing, data: dict[str, Any]) -> object:
    return complain.decide_complaint(
        **doing.given(), complaint_id=int(data["complaint"]), result=data["result"], finding=data["finding"],
        measures=text(data, "measures"), rectify_by_on=data["rectify_by_on"],
    )  # fmt: skip


PAGES = (
    ActPage("propose_change", _propose, ChangeForm, verb="提交签发"),
    ActPage(
        "correct_reply", lambda doing, data: change_reply.correct_reply(**doing.given()), verb="签发更正书",
        instead="drop_change",
    ),
    ActPage(
        "withdraw_reply", lambda doing, data: change_reply.withdraw_reply(**doing.given()), verb="签发撤销决定书",
        events=lambda doing, data: [{"type": "ordered_rereply", "on": doing.on}], instead="drop_change",
    ),
    ActPage(
        "drop_change", lambda doing, data: change_reply.drop_change(**doing.given(), reason=data["reason"]), DropForm,
        verb="不采纳",
    ),
    ActPage(
        "record_complaint",
        lambda doing, data: complain.record_complaint(
            **doing.given(), matters=data["matters"], received_on=data["received_on"]
        ),
        ComplaintForm, verb="登记",
    ),
    ActPage("decide_complaint", _decide, DecideForm, verb="处理并出具文书"),
    ActPage(
        "report_rectification",
        lambda doing, data: complain.report_rectification(
            **doing.given(), complaint_id=int(data["complaint"]), report=data["report"]
        ),
        RectifiedForm, verb="登记整改情况",
    ),
)  # fmt: skip

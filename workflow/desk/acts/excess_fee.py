"""Excess and fee: ask_reasons, receive_reasons, note_silence, assess_reasons, delay_reply, charge_fee, payment."""

from __future__ import annotations

from typing import Any

from django import forms

from office import parameters
from office.web.forms import Radios
from workflow.actions import (
    ask_reasons,
    assess_reasons,
    charge_fee,
    delay_reply,
    receive_reasons,
    record_payment,
)  # fmt: skip
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import choices

FINDINGS = [("unreasonable", "理由不合理，拟不予处理"), ("reasonable", "理由合理")]
BASES = [
    ("items", "按件计收（适用所有处理决定）"),
    ("pages", "按量计收（适用提供纸质、电子邮件或者复制电子数据）"),
]
NUMBER = {"class": "w-4", "inputmode": "numeric"}


class AskForm(ActForm):
    """What was counted, and by when to answer."""

    counted = area("数量、频次的事实", "起止日期、申请件数、涉及的信息项数，是否内容重复；写进告知书", rows=4)
    days = forms.IntegerField(
        label="说明理由的期限（工作日）", min_value=1, max_value=ask_reasons.LONGEST, widget=forms.NumberInput(attrs=NUMBER),
        help_text="自申请人收到告知书之日起算；答复期限照常计算",
    )  # fmt: skip

    def prepare(self, case: Any) -> None:
        """Begin with the practice value."""
        self.fields["days"].initial = choices.usual_explaining_term(case, on=self.doing.on)


class ReasonsForm(ActForm):
    """What the applicant answered."""

    received_on = day("收到理由的日期")
    reasons = area("申请人说明的理由", "照原文摘录；有书面材料的，另附", required=False)
    file = FileField(label="材料", required=False, help_text="PDF、图片或者 Word 文件")

    def clean(self) -> dict[str, Any]:
        """Want words or a file."""
        data = super().clean()
        if not text(data, "reasons") and not data.get("file"):
            self.add_error("reasons", "请写明申请人说明的理由，或者附上材料")
        return data


class AssessForm(ActForm):
    """Whether the reasons hold, and why."""

    finding = forms.ChoiceField(label="认定", choices=FINDINGS, widget=Radios())
    assessment = area("认定的依据", "理由与申请的内容、数量是否相称；只供内部和诉讼使用，不写进文书")


class DelayForm(ActForm):
    """Until when, and why not earlier."""

    until = day("延迟答复至", "写进告知书的日期；遇休息日的，顺延至下一个工作日")
    reason = area("不能按期答复的原因", "写进告知书，给申请人看", rows=3)

    def prepare(self, case: Any) -> None:
        """Leave the day open: today is never later than the term."""
        self.fields["until"].initial = ""

    def clean(self) -> dict[str, Any]:
        """Want a day after the present term."""
        data = super().clean()
        due = self.doing.case.due_on
        if data.get("until") and due and data["until"] <= due:
            self.add_error("until", f"延迟的日期应晚于现在的期限 {due:%Y-%m-%d}")
        return data


class FeeForm(ActForm):
    """By item or by page, how many, how to pay."""

    basis = forms.ChoiceField(
        label="计收方式", choices=BASES, widget=Radios(), help_text="每件申请只能选一种"
    )
    count = forms.IntegerField(
        label="件数或者页数", min_value=1, max_value=100000, widget=forms.NumberInput(attrs=NUMBER),
        help_text="按件：本件申请包含的件数；当月此前的件数由系统累计。按量：拟提供的页数，A4 单面为 1 页",
    )  # fmt: skip
    payment_way = area("缴纳方式", "收款单位、账户或者缴款码、地点", rows=3)

    def prepare(self, case: Any) -> None:
        """Begin with the items of the request and the office's own way of payment."""
        self.fields["count"].initial = len(case.items_in_order())
        own = parameters.get("fees.payment_way", office=case.office, on=self.doing.on, default="")
        self.fields["payment_way"].initial = own


class PaymentForm(ActForm):
    """When how much was paid, under which receipt."""

    paid_on = day("缴费日期", "自这一天的次日起重新计算答复期限")
    amount = forms.IntegerField(label="实缴金额（元）", min_value=1, widget=forms.NumberInput(attrs=NUMBER))
    receipt_number = line("财政票据号码", width="w-20", most=60)
    proof = FileField(label="缴费凭证", required=False, help_text="PDF 或者图片")

    def prepare(self, case: Any) -> None:
        """Say what is owed."""
        fee = case.fee_notice()
        if fee:
            self.fields["amount"].help_text = f"应缴 {fee.total} 元，须全额缴纳"


class FeeLapseForm(ActForm):
    """On what the finding rests."""

    finding = area("认定的依据", "写明缴费通知书何时收到、期限何时届满、何时查询收缴系统没有到账")


def _ask(doing: Doing, data: dict[str, Any]) -> object:
    return ask_reasons.ask_reasons(**doing.given(), counted=data["counted"], days=data["days"])


def _reasons(doing: Doing, data: dict[str, Any]) -> object:
    file = file_data(data.get("file"), kind="explanation")
    return receive_reasons.receive_reasons(
        **doing.given(), reasons=text(data, "reasons"), received_on=data["received_on"], files=(file,) if file else (),
    )  # fmt: skip


def _assess(doing: Doing, data: dict[str, Any]) -> object:
    return assess_reasons.assess_reasons(
        **doing.given(), finding=data["finding"], assessment=data["assessment"]
    )


def _delay(doing: Doing, data: dict[str, Any]) -> object:
    return delay_reply.delay_reply(**doing.given(), until=data["until"], reason=data["reason"])


def _charge(doing: Doing, data: dict[str, Any]) -> object:
    return charge_fee.charge_fee(
        **doing.given(), basis=data["basis"], count=data["count"], payment_way=data["payment_way"]
    )


def _pay(doing: Doing, data: dict[str, Any]) -> object:
    return record_payment.record_payment(
        **doing.given(), paid_on=data["paid_on"], amount=data["amount"], receipt_number=data["receipt_number"],
        proof=file_data(data.get("proof"), kind="payment"),
    )  # fmt: skip


PAGES = (
    ActPage(
        "ask_reasons", _ask, AskForm, verb="出具说明理由告知书",
        events=lambda doing, data: [{"type": "excess_asked", "on": doing.on}],
    ),
    ActPage("receive_reasons", _reasons, ReasonsForm, verb="登记理由"),
    ActPage("note_silence", lambda doing, data: receive_reasons.note_silence(**doing.given()), verb="记录未说明理由"),
    ActPage("assess_reasons", _assess, AssessForm, verb="记录认定"),
    ActPage(
        "delay_reply", _delay, DelayForm, verb="确定延迟并告知申请人",
        events=lambda doing, data: [{"type": "excess_delay", "on": doing.on, "until": data["until"]}],
    ),
    ActPage(
        "charge_fee", _charge, FeeForm, verb="发出缴费通知书",
        events=lambda doing, data: [{"type": "fee_notice", "on": doing.on}],
    ),
    ActPage("record_payment", _pay, PaymentForm, verb="登记缴费"),
    ActPage(
        "lapse_fee", lambda doing, data: record_payment.lapse_fee(**doing.given(), finding=data["finding"]),
        FeeLapseForm, verb="不再处理并告知申请人",
    ),
)  # fmt: skip

"""Mail on its way: record_signature, record_return, serve_again."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import follow_mail, hand_out
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.acts.service import ServeForm, served_facts
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.kinds import ReturnReason
from workflow.selectors import choices_after as choices


class SignatureForm(ActForm):
    """When and by whom it was signed for."""

    delivery = choice("哪一次邮寄")
    signed_on = day("签收日期", "按邮政企业的查询结果或者回执填写；不改变交邮之日")
    receiver = line("签收人", "本人、他人代收的姓名", required=False, width="w-20", most=60)
    proof = FileField(label="签收凭证", required=False, help_text="妥投查询单、回执的扫描件")

    def prepare(self, case: Any) -> None:
        """Offer the mail that is on its way."""
        self.fields["delivery"].choices = choices.unsigned(case)


class ReturnForm(ActForm):
    """When and why it came back."""

    delivery = choice("哪一次邮寄")
    returned_on = day("退回日期")
    reason = forms.ChoiceField(label="退回原因", choices=ReturnReason.choices, widget=Radios())
    note = area("需要说明的", "如与申请人核实地址的经过", required=False, rows=2)
    proof = FileField(label="退件凭证", required=False, help_text="退件批条、信封的扫描件")

    def prepare(self, case: Any) -> None:
        """Offer the mail that is on its way."""
        self.fields["delivery"].choices = choices.unsigned(case)


class AgainForm(ServeForm):
    """How the returned paper is sent anew."""

    at_confirm = ()
    seals = False
    conditional = (*ServeForm.conditional, "address")
    delivery = choice("哪一份退件")
    address = line("核实后的地址", "邮寄必填；第二个地址、单位地址、代收人地址都可以", required=False)

    def prepare(self, case: Any) -> None:
        """Offer the mail that came back."""
        super().prepare(case)
        self.fields["delivery"].choices = choices.returned(case)
        self.order_fields(
            ["delivery", "channel", "address", "sent_on", "tracking", "signed_on", "receiver", "proof"]
        )

    def clean(self) -> dict[str, Any]:
        """Want the address of a letter."""
        data = super().clean()
        if data.get("channel") == "post" and not text(data, "address"):
            self.add_error("address", "请填写核实后的送达地址")
        return data


class HandOutForm(ActForm):
    """What was shown or given, and who signed for it."""

    way = forms.ChoiceField(label="方式", choices=choices.HANDING_WAYS, widget=Radios())
    materials = area("材料", "每行一份，名称和页数之间用逗号隔开，如：补偿安置方案，12", rows=5)
    carrier = line("载体", "如纸质复制件、光盘1张；查阅的写原件或者复制件", width="w-20", most=60)
    receiver = line("签收人", "由他人代领的写明关系", width="w-20", most=60)
    signed_on = day("签收日期")
    proof = FileField(label="签收的材料清单", required=False, help_text="申请人签名的清单扫描件")


def _handed(doing: Doing, data: dict[str, Any]) -> object:
    return hand_out.hand_out(
        **doing.given(), way=data["way"], materials=hand_out.read_materials(data["materials"]), carrier=data["carrier"],
        receiver=data["receiver"], signed_on=data["signed_on"], proof=file_data(data.get("proof"), kind="materials"),
    )  # fmt: skip


class BounceForm(ActForm):
    """When the e-mail came back."""

    delivery = choice("哪一封邮件")
    returned_on = day("退回日期")
    note = area("需要说明的", "如退信写明的原因", required=False, rows=2)
    proof = FileField(label="退信", required=False, help_text="退信的原文或者截图")

    def prepare(self, case: Any) -> None:
        """Offer the mails without a report."""
        self.fields["delivery"].choices = choices.unanswered(case)


class ReportForm(ActForm):
    """When the e-mail arrived."""

    delivery = choice("哪一封邮件")
    reported_on = day("到达日期")
    proof = FileField(label="到达报告", required=False, help_text="对方系统的到达报告、已读回执")

    def prepare(self, case: Any) -> None:
        """Offer the mails without a report."""
        self.fields["delivery"].choices = choices.unanswered(case)


def _bounced(doing: Doing, data: dict[str, Any]) -> object:
    return follow_mail.record_bounce(
        **doing.given(), delivery_id=int(data["delivery"]), returned_on=data["returned_on"], note=text(data, "note"),
        proof=file_data(data.get("proof"), kind="proof"),
    )  # fmt: skip


def _reported(doing: Doing, data: dict[str, Any]) -> object:
    return follow_mail.record_report(
        **doing.given(), delivery_id=int(data["delivery"]), reported_on=data["reported_on"],
        proof=file_data(data.get("proof"), kind="proof"),
    )  # fmt: skip


def _signed(doing: Doing, data: dict[str, Any]) -> object:
    return follow_mail.record_signature(
        **doing.given(), delivery_id=int(data["delivery"]), signed_on=data["signed_on"],
        receiver=text(data, "receiver"), proof=file_data(data.get("proof"), kind="proof"),
    )  # fmt: skip


def _returned(doing: Doing, data: dict[str, Any]) -> object:
    return follow_mail.record_return(
        **doing.given(), delivery_id=int(data["delivery"]), returned_on=data["returned_on"], reason=data["reason"],
        note=text(data, "note"), proof=file_data(data.get("proof"), kind="proof"),
    )  # fmt: skip


def _again(doing: Doing, data: dict[str, Any]) -> object:
    return follow_mail.serve_again(
        **doing.given(),
        delivery_id=int(data["delivery"]),
        address=text(data, "address"),
        **served_facts(data),
    )


PAGES = (
    ActPage("record_signature", _signed, SignatureForm, verb="登记签收"),
    ActPage("record_return", _returned, ReturnForm, verb="登记退件"),
    ActPage("record_bounce", _bounced, BounceForm, verb="登记退信"),
    ActPage("record_report", _reported, ReportForm, verb="登记到达报告"),
    ActPage("hand_out", _handed, HandOutForm, verb="登记提供材料"),
    ActPage("serve_again", _again, AgainForm, verb="登记再次送达"),
)

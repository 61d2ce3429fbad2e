"""Service and filing: record_delivery, serve, invite_to_read, archive, withdraw."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import archive, invite_to_read, serve, void_paper, withdraw
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.acts.sealing import copies, reply_waits
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.kinds import Service
from workflow.requests import SealData
from workflow.selectors import choices, choices_after

YEARS = [("", "按规定（不予公开、部分公开、涉及第三方、复议诉讼的从长）"), ("10", "10 年"), ("30", "30 年")]


class ServeForm(ActForm):
    """How and when the reply was handed over."""

    at_confirm = ("proof",)
    conditional = ("tracking", "signed_on")
    seals = True
    seal_kind = forms.ChoiceField(
        label="用印", choices=choices_after.SEAL_KINDS, initial="office", widget=Radios(inline=True)
    )
    seal_copies = copies()
    channel = forms.ChoiceField(label="送达方式", choices=Service.choices, widget=Radios())
    sent_on = day("交寄或者发出日期", "邮寄以交邮日为送达完成之日；网上以到达申请人系统之日为准")
    tracking = line(
        "EMS 邮件号",
        "邮寄必填；须交邮政企业，不得用普通快递、不得到付",
        required=False,
        width="w-20",
        most=40,
    )
    signed_on = day("签收日期", "当面领取、其他快递必填", required=False)
    receiver = line("签收人", "当面领取的填写；由他人代收的写明关系", required=False, width="w-20", most=60)
    proof = FileField(
        label="送达凭证",
        required=False,
        help_text="送达回证、邮件详情单等的扫描件；用了其他快递的，必须上传实际签收的证明",
    )

    def prepare(self, case: Any) -> None:
        """Begin with the way of service that was agreed on; ask for the seal where the reply still waits for it."""
        self.fields["channel"].initial = case.service
        if not self.seals or not reply_waits(case):
            del self.fields["seal_kind"], self.fields["seal_copies"]

    def clean(self) -> dict[str, Any]:
        """Want what proves the chosen way of service."""
        data = super().clean()
        channel = data.get("channel")
        if channel == Service.POST and not text(data, "tracking"):
            self.add_error("tracking", "邮寄送达请填写 EMS 邮件号")
        if (
            channel in (Service.COUNTER, Service.COURIER)
            and not data.get("signed_on")
            and "signed_on" in data
        ):
            self.add_error("signed_on", "请填写签收日期")
        return data


class DeliveryForm(ServeForm):
    """The same for a procedural paper."""

    at_confirm = ()
    seals = False
    paper = choice("哪一份文书")

    def prepare(self, case: Any) -> None:
        """Offer the papers whose service is not on record."""
        super().prepare(case)
        self.fields["paper"].choices = choices.unserved(case)
        self.order_fields(["paper", "channel", "sent_on", "tracking", "signed_on", "receiver", "proof"])


class VoidForm(ActForm):
    """Which paper, and why."""

    paper = choice("哪一份文书")
    reason = area("作废的理由", "写进文号登记簿", rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the papers that never left the house."""
        self.fields["paper"].choices = choices.voidable(case)


class ReadingForm(ActForm):
    """What is laid out for reading, when and where."""

    content = area("供查阅的内容", "写明材料名称和页数", rows=3)
    from_on = day("查阅的首日")
    until_on = day("查阅的末日", "给申请人留出合理的时间")
    hours = line("每天的时间", "例如：工作日8:30至11:30、13:30至17:00", width="w-30", most=60)
    place = line("查阅的地点", "写明名称、地址", most=120)

    def prepare(self, case: Any) -> None:
        """Begin with what the reply provides and the office's own desk and hours."""
        self.fields["content"].initial, self.fields["place"].initial, hours = choices.reading(case)
        self.fields["hours"].initial = hours


class ArchiveForm(ActForm):
    """How long the file is kept."""

    years = forms.ChoiceField(
        label="保管期限", choices=YEARS, required=False, widget=Radios(attrs={"silent_optional": True})
    )
    remarks = area("备考说明", "卷内文件缺损、补充、移出等情况；没有的不用填", required=False, rows=2)


class WithdrawForm(ActForm):
    """On what word of the applicant."""

    reason = area("申请人撤回的经过", "何时、以何种方式提出；申请人不需要说明理由", required=False, rows=2)


def served_facts(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "channel": data["channel"], "sent_on": data["sent_on"], "tracking": text(data, "tracking"),
        "signed_on": data["signed_on"], "receiver": text(data, "receiver"), "proof": file_data(data.get("proof"), kind="proof"),
    }  # fmt: skip


def seal_data(data: dict[str, Any]) -> SealData | None:
    """Return the use of the seal that was filled in beside something else, if it was asked for."""
    if "seal_kind" not in data:
        return None
    return SealData(data["seal_kind"], data["seal_copies"], data.get("sent_on"))


def _archive(doing: Doing, data: dict[str, Any]) -> object:
    return archive.archive(
        **doing.given(),
        retention_years=int(data["years"]) if data["years"] else None,
        remarks=text(data, "remarks"),
    )


def _served(doing: Doing, data: dict[str, Any]) -> list[dict[str, Any]]:
    signed = {"signed_on": data["signed_on"]} if data.get("signed_on") else {}
    return [{"type": "served", "on": data["sent_on"], "channel": data["channel"], **signed}]


PAGES = (
    ActPage(
        "record_delivery",
        lambda doing, data: serve.record_delivery(**doing.given(), paper_id=int(data["paper"]), **served_facts(data)),
        DeliveryForm, verb="登记送达",
    ),
    ActPage(
        "serve", lambda doing, data: serve.serve(**doing.given(), **served_facts(data), seal=seal_data(data)), ServeForm,
        verb=lambda doing: "登记用印并送达" if reply_waits(doing.case) else "登记送达", events=_served,
    ),
    ActPage(
        "void_paper",
        lambda doing, data: void_paper.void_paper(**doing.given(), paper_id=int(data["paper"]), reason=text(data, "reason")),
        VoidForm, verb="作废并保留文号",
    ),
    ActPage(
        "invite_to_read",
        lambda doing, data: invite_to_read.invite_to_read(
            **doing.given(), content=data["content"], place=data["place"], from_on=data["from_on"],
            until_on=data["until_on"], hours=data["hours"],
        ),
        ReadingForm, verb="出具查阅通知书",
    ),
    ActPage("archive", _archive, ArchiveForm, verb="归档", one_page=True),
    ActPage(
        "withdraw", lambda doing, data: withdraw.withdraw(**doing.given(), reason=text(data, "reason")),
        WithdrawForm, verb="撤回申请并出具确认书",
    ),
)  # fmt: skip

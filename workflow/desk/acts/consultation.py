"""Consultation: asking third parties, joint makers and other organs, their answers, and what is made of them."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import (
    assess_opinion,
    consult,
    consult_office,
    record_opinion,
    serve_consultation,
)  # fmt: skip
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.errors import BadRequest
from workflow.kinds import Service
from workflow.party_list import read_party_list
from workflow.selectors import choices

OPINIONS = [
    ("", "只登记签收，意见未到"),
    ("agree", "同意公开"),
    ("partly", "部分同意"),
    ("disagree", "不同意公开"),
]
KINDS = [("org", "法人或者其他组织"), ("natural", "自然人")]
CONCERNS = [(words, words) for words in ("商业秘密", "个人隐私", "合法权益")]
SOUND = [("no", "理由不合理"), ("yes", "理由合理")]
BASES = [("public_interest", "不公开会对公共利益造成重大影响"), ("unsound", "不同意公开的理由不合理")]


class AboutForm(ActForm):
    """Which item a consultation is about, and what is meant to be disclosed."""

    item_seq = choice("关于哪一项")
    concern = forms.ChoiceField(
        label="可能损害第三方的", choices=CONCERNS, initial="商业秘密", widget=Radios(inline=True)
    )
    subject = area("拟公开的内容", "写明拟公开的内容；不写申请人是谁")

    def prepare(self, case: Any) -> None:
        """Offer the items, or the whole request."""
        self.fields["item_seq"].choices = [("0", "整个申请"), *choices.items(case)]
        self.fields["item_seq"].initial = "0"
        self.fields["item_seq"].required = False


class ConsultForm(AboutForm):
    """Whom to ask about what."""

    party_name = line("第三方姓名或者名称", most=120)
    party_kind = forms.ChoiceField(label="第三方是", choices=KINDS, initial="org", widget=Radios(inline=True))
    party_address = line("通信地址", required=False)
    field_order = ("party_name", "party_kind", "party_address", "item_seq", "concern", "subject")


class ConsultListForm(AboutForm):
    """The list of those to be asked."""

    list = FileField(
        label="第三方名单",
        help_text="xlsx 或者 CSV 表格，第一行为列名：名称、类别（自然人/单位）、地址；一次最多 300 个",
    )
    field_order = ("list", "item_seq", "concern", "subject")

    def clean(self) -> dict[str, Any]:
        """Read the list, so that every wrong line is told here."""
        data = super().clean()
        held = file_data(data.get("list"), kind="party_list")
        if held is not None:
            try:
                data["parties"], data["source"] = read_party_list(held), held
            except BadRequest as refusal:
                self.add_error("list", refusal.message)
        return data


class OfficeForm(ActForm):
    """Which other organ to ask about what."""

    conditional = ("office_name", "address")
    office = choice("本平台的机关", "不在名单中的，选“其他机关”并填写名称", required=False)
    office_name = line("其他机关的名称", required=False, most=120)
    address = line("地址", required=False)
    item_seq = choice("关于哪一项", required=False)
    subject = area("征求意见的内容", "写明信息的名称、拟公开的内容和需要对方确认的问题；不写申请人是谁")

    def prepare(self, case: Any) -> None:
        """Offer the offices of the platform and the items."""
        self.fields["office"].choices = [("", "其他机关（填写名称）"), *choices.other_offices(case)]
        self.fields["item_seq"].choices = [("0", "整个申请"), *choices.items(case)]
        self.fields["item_seq"].initial = "0"

    def clean(self) -> dict[str, Any]:
        """Want an organ, chosen or named."""
        data = super().clean()
        if not data.get("office") and not text(data, "office_name"):
            self.add_error("office_name", "请选择本平台的机关，或者填写其他机关的名称")
        return data


class ServedForm(ActForm):
    """How one letter reached its party, or that it came back."""

    conditional = ("tracking", "delivered_on", "returned_on")
    letter = choice("哪一份")
    channel = forms.ChoiceField(label="送达方式", choices=Service.choices, initial="post", widget=Radios())
    tracking = line("EMS 邮件号", "邮寄必填", required=False, width="w-20", most=40)
    delivered_on = day("签收日期", "答复意见的期限自次日起算", required=False)
    returned_on = day("退回日期", "被退回的填写；改正地址后重新寄送，再登记签收", required=False)
    proof = FileField(label="凭证", required=False, help_text="回证、邮件详情单、退件的扫描件")

    def prepare(self, case: Any) -> None:
        """Offer the letters whose arrival is not on record."""
        self.fields["letter"].choices = choices.unserved_consultations(case)

    def clean(self) -> dict[str, Any]:
        """Want exactly one of the two days."""
        data = super().clean()
        if bool(data.get("delivered_on")) == bool(data.get("returned_on")):
            self.add_error("delivered_on", "请填写签收日期；被退回的，只填写退回日期")
        if data.get("channel") == Service.POST and not text(data, "tracking"):
            self.add_error("tracking", "邮寄送达请填写 EMS 邮件号")
        return data


class OpinionForm(ActForm):
    """When the letter arrived, what was answered, what the handler makes of it."""

    conditional = ("opinion_on", "reason_assessed")
    consultation = choice("哪一份征求意见")
    delivered_on = day("签收日期", "逾期不答复的，自该日起推算", required=False)
    opinion = forms.ChoiceField(label="答复的意见", choices=OPINIONS, required=False, widget=Radios())
    opinion_on = day("意见到达日期", "期限自次日起恢复计算", required=False)
    reason = area("理由", required=False, rows=3)
    reason_sound = forms.ChoiceField(
        label="理由是否合理", choices=[("", "尚未评估"), *SOUND], required=False, widget=Radios(inline=True)
    )
    reason_assessed = area(
        "对理由的评估",
        "第三方不同意公开的，承办人必填：理由是否合理，是否涉及公共利益；不能只凭不同意就不公开",
        required=False,
        rows=3,
    )
    file = FileField(label="书面意见", required=False, help_text="第三方签名或者盖章的意见扫描件")

    def prepare(self, case: Any) -> None:
        """Offer the open consultations, the first one chosen."""
        self.fields["consultation"].choices = choices.open_consultations(case)

    def clean(self) -> dict[str, Any]:
        """Want the day of an opinion that came, and a finding beside an assessment."""
        data = super().clean()
        if data.get("opinion") and not data.get("opinion_on"):
            self.add_error("opinion_on", "请填写意见到达日期")
        if text(data, "reason_assessed") and not data.get("reason_sound"):
            self.add_error("reason_sound", "请选择理由是否合理")
        return data


class AssessForm(ActForm):
    """Whether an objection's reasons hold, and why."""

    consultation = choice("哪一个第三方")
    sound = forms.ChoiceField(label="理由是否合理", choices=SOUND, widget=Radios(inline=True))
    assessment = area(
        "对理由的评估", "公开会损害哪些合法权益、损害是否确实、能否区分处理；不能只凭不同意就不公开"
    )

    def prepare(self, case: Any) -> None:
        """Offer the objections that are not decided."""
        self.fields["consultation"].choices = choices.objections(case)


class DecisionForm(ActForm):
    """On what basis what is disclosed in spite of an objection."""

    consultation = choice("告知哪一个第三方")
    basis = forms.ChoiceField(label="公开的依据", choices=BASES, widget=Radios())
    content = area("决定公开的内容", "写进告知书", rows=3)
    reason = area("公开的理由", "写进告知书：为什么公共利益优先，或者为什么理由不合理")

    def prepare(self, case: Any) -> None:
        """Offer the objections that are not decided."""
        self.fields["consultation"].choices = choices.objections(case)


def _about(data: dict[str, Any]) -> dict[str, Any]:
    return {"subject": data["subject"], "item_seq": int(data.get("item_seq") or 0) or None}


def _consult(doing: Doing, data: dict[str, Any]) -> object:
    names = ("party_name", "party_kind", "party_address", "concern")
    return consult.consult(**doing.given(), **_about(data), **{name: data[name] for name in names})


def _consult_list(doing: Doing, data: dict[str, Any]) -> object:
    return consult.consult_list(
        **doing.given(),
        **_about(data),
        parties=data["parties"],
        concern=data["concern"],
        source=data["source"],
    )


def _organ(data: dict[str, Any]) -> dict[str, Any]:
    office = data.get("office")
    return _about(data) | {
        "office_id": int(office) if office else None, "office_name": text(data, "office_name"),
        "address": text(data, "address"),
    }  # fmt: skip


def _served(doing: Doing, data: dict[str, Any]) -> object:
    which, number = data["letter"].split(":")
    return serve_consultation.serve_consultation(
        **doing.given(), consultation_id=int(number), which=which, channel=data["channel"],
        tracking=text(data, "tracking"), delivered_on=data["delivered_on"], returned_on=data["returned_on"],
        proof=file_data(data.get("proof"), kind="proof"),
    )  # fmt: skip


def _opinion(doing: Doing, data: dict[str, Any]) -> object:
    sound = data.get("reason_sound")
    return record_opinion.record_opinion(
        **doing.given(), consultation_id=int(data["consultation"]), delivered_on=data["delivered_on"],
        opinion=data["opinion"], opinion_on=data["opinion_on"] if data["opinion"] else None,
        reason=text(data, "reason"), reason_assessed=text(data, "reason_assessed"),
        reason_sound=sound == "yes" if sound else None, file=file_data(data.get("file"), kind="opinion"),
    )  # fmt: skip


def _assess(doing: Doing, data: dict[str, Any]) -> object:
    return assess_opinion.assess_opinion(
        **doing.given(), consultation_id=int(data["consultation"]), sound=data["sound"] == "yes",
        assessment=data["assessment"],
    )  # fmt: skip


def _decide(doing: Doing, data: dict[str, Any]) -> object:
    return assess_opinion.decide_disclosure(
        **doing.given(), consultation_id=int(data["consultation"]), basis=data["basis"], content=data["content"],
        reason=data["reason"],
    )  # fmt: skip


def _sent(party: str) -> Any:
    return lambda doing, data: [
        {"type": "consultation_sent", "on": doing.on, "id": "new", "party": party, "delivered_on": None}
    ]


PAGES = (
    ActPage("consult", _consult, ConsultForm, verb="发出征求意见书", events=_sent("third")),
    ActPage("consult_list", _consult_list, ConsultListForm, verb="向名单上的第三方发出征求意见书", one_page=True),
    ActPage(
        "consult_joint", lambda doing, data: consult_office.consult_joint(**doing.given(), **_organ(data)), OfficeForm,
        verb="发出征求意见书", events=_sent("joint"),
    ),
    ActPage(
        "ask_assistance", lambda doing, data: consult_office.ask_assistance(**doing.given(), **_organ(data)),
        OfficeForm, verb="发出协办函", events=_sent("agency"),
    ),
    ActPage("serve_consultation", _served, ServedForm, verb="登记送达"),
    ActPage("record_opinion", _opinion, OpinionForm, verb="登记意见"),
    ActPage("assess_opinion", _assess, AssessForm, verb="记录评估"),
    ActPage("decide_disclosure", _decide, DecisionForm, verb="出具公开决定告知书"),
)  # fmt: skip

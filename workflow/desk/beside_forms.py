"""Forms of the records beside the cases, one for each step."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import complain, convert, correct_record, hand_over, reassess
from workflow.actions._serve_beside import CHANNELS
from workflow.desk.acts.base import text
from workflow.desk.beside_base import SealForm, StepForm, first, plain, sealed
from workflow.desk.beside_supervision_forms import PAGES as SUPERVISION_PAGES
from workflow.desk.forms import area, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.kinds import IdentityKind, PartyKind

YES_NO = [("yes", "是"), ("no", "否")]


class ReceiveForm(StepForm):
    """What a person asks to have corrected."""

    kind = forms.ChoiceField(label="申请人类别", choices=PartyKind.choices, initial="natural")
    name = line("姓名或者名称", most=120)
    id_kind = forms.ChoiceField(label="证件类型", choices=IdentityKind.choices, initial="resident_id")
    id_number = line("证件号码", width="w-20", most=30)
    phone = line("电话", required=False, width="w-20", most=30)
    address = line("通信地址", required=False)
    record = line("需要更正的记录", "哪一份文件、登记簿中的记录")
    wrong = area("记录的内容", rows=2)
    right = area("请求更正为", rows=2)
    evidence = area("申请人提供的证据", "逐件写明名称", rows=3)
    received_on = day("收到日期")
    files = FileField(label="证据材料", required=False, help_text="PDF、图片或者 Word 文件")


class ExamineForm(StepForm):
    """Whether it may and must be corrected."""

    conditional = ("other_office",)
    competent = forms.ChoiceField(label="本机关有权更正", choices=YES_NO, widget=Radios(inline=True))
    proven = forms.ChoiceField(label="证据属实", choices=YES_NO, widget=Radios(inline=True))
    finding = area("核实情况", "写进答复书", rows=4)
    other_office = line("有权更正的机关", "无权更正的必填：机关名称和联系方式", required=False)


class NoForm(StepForm):
    """A step that asks nothing more."""


class SentForm(StepForm):
    """How the answer was served."""

    channel = forms.ChoiceField(
        label="送达方式", choices=[(channel.value, channel.label) for channel in CHANNELS], widget=Radios()
    )
    sent_on = day("交寄或者发出日期")
    tracking = line("EMS 邮件号", "邮寄必填", required=False, width="w-20", most=40)
    signed_on = day("签收日期", "当面领取、其他快递必填", required=False)


class EachSealForm(SealForm):
    """Which seal, how many copies of each paper."""

    def prepare(self) -> None:
        """Say that the number counts for each of them."""
        super().prepare()
        self.fields["seal_copies"].help_text = "每份文书的份数：发出一份、存卷一份的，填 2"


class ProposeForm(StepForm):
    """What is to be published."""

    title = line("拟公开的信息", "信息的名称、文号")
    source = forms.ChoiceField(
        label="来源",
        choices=[("office", "本机关提出"), ("applicant", "申请人建议")],
        initial="office",
        widget=Radios(inline=True),
    )
    reason = area("理由", "如多少人申请过、为什么可以向社会公开", rows=3)
    redaction = area("去标识化处理", "含有个人信息的怎样处理；没有的写明没有", rows=2)


class OpinionForm(StepForm):
    """What the approver says."""

    opinion = area("审批意见", rows=3)


class PublishForm(StepForm):
    """Where it is found."""

    place = line("公开的位置", "网址或者栏目", most=300)
    published_on = day("公开日期")


class ReassessForm(StepForm):
    """What the assessment came to."""

    conditional = ("redaction",)
    disclosable = forms.ChoiceField(label="现在可以公开吗", choices=YES_NO, widget=Radios(inline=True))
    reason = area("评估意见", "情势有没有变化，为什么可以或者不可以公开", rows=4)
    redaction = area("去标识化处理", "可以公开的必填", required=False, rows=2)


class HandoverForm(StepForm):
    """Which year's files, to whom."""

    year = forms.IntegerField(label="归档年度", min_value=2008, max_value=2100)
    receiver = line("接收单位", "如本机关档案室、县档案馆", most=120)


class AcceptForm(StepForm):
    """Who took it."""

    accepted_by = line("接收人", width="w-20", most=60)
    accepted_on = day("接收日期")


def _receive(given: dict[str, Any], data: dict[str, Any]) -> Any:
    held = file_data(data.pop("files", None), kind="application")
    office = int(data.pop("office"))
    data |= {"phone": text(data, "phone"), "address": text(data, "address")}
    wanted = correct_record.CorrectionData(**data, files=(held,) if held else ())
    return correct_record.receive_correction(**given, office_id=office, given=wanted)


def _examine(given: dict[str, Any], data: dict[str, Any]) -> Any:
    return correct_record.examine_correction(
        **given, competent=data["competent"] == "yes", proven=data["proven"] == "yes", finding=data["finding"],
        other_office=text(data, "other_office"),
    )  # fmt: skip


def _reassess(given: dict[str, Any], data: dict[str, Any]) -> Any:
    return reassess.decide_reassessment(
        **given,
        disclosable=data["disclosable"] == "yes",
        reason=data["reason"],
        redaction=text(data, "redaction"),
    )


#: Each step's form and what it calls.
PAGES: dict[str, tuple[type[StepForm], Callable[..., Any]]] = {
    "receive_correction": (ReceiveForm, _receive),
    "examine_correction": (ExamineForm, _examine),
    "answer_correction": (NoForm, plain(correct_record.answer_correction)),
    "seal_correction": (SealForm, sealed(correct_record.seal_correction)),
    "serve_correction": (SentForm, plain(correct_record.serve_correction)),
    "seal_complaint": (EachSealForm, sealed(complain.seal_complaint)),
    "serve_complaint": (SentForm, plain(complain.serve_complaint)),
    "propose_conversion": (ProposeForm, first(convert.propose_conversion)),
    "approve_conversion": (OpinionForm, plain(convert.approve_conversion)),
    "decline_conversion": (OpinionForm, plain(convert.decline_conversion)),
    "publish_conversion": (PublishForm, plain(convert.publish_conversion)),
    "list_reassessments": (NoForm, first(reassess.list_reassessments)),
    "decide_reassessment": (ReassessForm, _reassess),
    "list_handover": (HandoverForm, first(hand_over.list_handover)),
    "accept_handover": (AcceptForm, plain(hand_over.accept_handover)),
}


PAGES |= SUPERVISION_PAGES


def new_id() -> str:
    """Return an id for one sending of a form."""
    return str(uuid.uuid4())

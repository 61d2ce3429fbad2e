"""Every kind of paper: its name, its number series, its form and the class of its remedies clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from letters.errors import UnknownKind


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    `series` is the word behind the office's 机关代字 in the document number; `form` is letter (信函格式) or sheet
    (表单); `remedies` says where the remedies clause comes from: "" none (程序性文书), "items" each item's
    outcome, or one outcome.
    """

    code: str
    label: str
    series: str
    recipient: str
    basis: tuple[str, ...] = ()
    form: str = "letter"
    remedies: str = ""
    wording: str = ""
    calls_itself: str = "本答复书"

    @property
    def wording_name(self) -> str:
        """Return the name of the wording file."""
        return self.wording or self.code


def _replies() -> Iterable[PaperKind]:
    for code, label, basis in (
        ("reply_disclose", "予以公开答复书", ("第三十六条第二项",)),
        ("reply_refuse", "不予公开答复书", ("第三十六条第三项",)),
        ("reply_partial", "部分公开答复书", ("第三十七条",)),
        ("reply_not_exist", "信息不存在答复书", ("第三十六条第四项",)),
        ("reply_not_ours", "非本机关答复书", ("第三十六条第五项",)),
        ("reply_mixed", "答复书（多项）", ("第三十六条",)),
        ("reply_other", "其他处理答复书", ("第三十六条",)),
    ):
        yield PaperKind(code, label, "依复", "申请人", basis, remedies="items", wording="reply")


# The clause of a paper that may be brought before either: reconsideration or, directly, a court (class B).
EITHER = "not_ours"
AFTER_REPLY = (
    PaperKind("remedy_answer_reconsideration", "行政复议答复书", "依议", "行政复议机关", ("行政复议法第四十八条",)),
    PaperKind("remedy_answer_suit", "行政诉讼答辩状", "依诉", "人民法院", ("行政诉讼法第六十七条",)),
    PaperKind("evidence_index", "证据目录", "依证", "受理机关", ("行政复议法第四十八条",), form="sheet"),
    PaperKind("opinion_report", "行政复议意见书落实情况报告", "依报", "行政复议机关", ("行政复议法第七十六条",)),
    PaperKind("correction_of_reply", "答复更正书", "依更", "申请人", ("第三十六条",), remedies="items",
              calls_itself="本更正书"),
    PaperKind("withdrawal_of_reply", "撤销答复决定书", "依撤", "申请人", ("第五十一条",), remedies=EITHER,
              calls_itself="本决定书"),
    PaperKind("remedy_body_notice", "改变被审查行为的函", "依函", "受理机关", ("行政诉讼法第六十二条",)),
    PaperKind("complaint_answer", "投诉举报处理告知书", "依投", "投诉人", ("第四十七条", "第五十一条")),
    PaperKind("rectification_notice", "督促整改通知书", "依督", "被投诉机关", ("第四十七条",)),
    PaperKind("correction_answer", "更正申请答复书", "依正", "申请人", ("第四十一条",), remedies=EITHER),
    PaperKind("conversion_approval", "转主动公开审批单", "依转", "内部", ("第四十四条",), form="sheet"),
    PaperKind("archive_note", "备考表", "依备", "内部", form="sheet"),
    PaperKind("archive_handover", "归档文件移交清单", "依移", "内部", form="sheet"),
)  # fmt: skip
_ALL = (
    PaperKind("registration_receipt", "接收回执", "依收", "申请人", ("第三十一条", "第三十三条")),
    PaperKind("supplement_notice", "补正告知书", "依补", "申请人", ("第三十条",)),
    PaperKind("excess_notice", "说明理由告知书", "依理", "申请人", ("第三十五条",)),
    PaperKind("delay_notice", "延迟答复告知书", "依延", "申请人", ("第三十五条",)),
    PaperKind("fee_notice", "信息处理费缴费通知书", "依费", "申请人", ("第四十二条",)),
    PaperKind("extension_notice", "延期答复告知书", "依延", "申请人", ("第三十三条第二款",)),
    PaperKind("consultation_third_party", "征求意见书", "依征", "第三方", ("第三十二条",)),
    PaperKind("consultation_joint", "征求共同制作机关意见书", "依征", "共同制作机关", ("第三十四条",)),
    PaperKind("assistance_letter", "协办函", "依协", "其他机关", ("第十一条",)),
    PaperKind(
        "disclosure_decision_notice",
        "公开决定告知书",
        "依公",
        "第三方",
        ("第三十二条",),
        remedies="disclose",
        calls_itself="本告知书",
    ),
    PaperKind("consultation_applicant_notice", "征求意见告知书", "依告", "申请人", ("第三十三条第三款",)),
    *_replies(),
    PaperKind(
        "lapse_notice",
        "不再处理告知书",
        "依告",
        "申请人",
        ("第三十条",),
        remedies="cause",
        calls_itself="本告知书",
    ),
    PaperKind(
        "fee_lapse_notice",
        "不再处理告知书（未缴费）",
        "依告",
        "申请人",
        ("第四十二条",),
        remedies="cause",
        wording="lapse_notice",
        calls_itself="本告知书",
    ),
    PaperKind(
        "withdrawal_confirmation",
        "撤回申请确认书",
        "依告",
        "申请人",
        remedies="withdrawn",
        calls_itself="本确认书",
    ),
    PaperKind("referral_letter", "移送函", "依移", "接收单位", ("第三十九条第一款",)),
    PaperKind("communication", "沟通函", "依函", "申请人"),
    PaperKind("approval_sheet", "审查呈批单", "依呈", "内部", ("第十七条",), form="sheet"),
    PaperKind("archive_cover", "卷内目录", "依卷", "内部", form="sheet"),
    *AFTER_REPLY,
)
KINDS = MappingProxyType({kind.code: kind for kind in _ALL})

# Outcome → the reply it makes when it is the only outcome of a letter.
_BY_OUTCOME = {
    "disclose": "reply_disclose",
    "already_public": "reply_disclose",
    "partial": "reply_partial",
    "not_exist": "reply_not_exist",
    "not_ours": "reply_not_ours",
}


def kind_of(code: str) -> PaperKind:
    """Return a kind of paper. Raises UnknownKind."""
    if code not in KINDS:
        raise UnknownKind(code)
    return KINDS[code]


def reply_kind(outcomes: Iterable[str]) -> str:
    """Return the kind of the reply that answers items with these outcomes."""
    kinds = {
        _BY_OUTCOME.get(o, "reply_refuse" if o.startswith("refuse_") else "reply_other") for o in outcomes
    }
    return kinds.pop() if len(kinds) == 1 else "reply_mixed"

"""Remedies: record, draft, compile, answer, conclude, advise, reopen."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import answer_remedy, record_remedy, reopen
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import choices_after as choices

PLEAS = {
    "reconsideration": "本机关作出的答复认定事实清楚，适用依据正确，程序合法，请求依法予以维持。",
    "suit": "本机关作出的答复认定事实清楚，适用法律、法规正确，符合法定程序，请求依法判决驳回原告的诉讼请求。",
}


class RemedyForm(ActForm):
    """A proceeding as its copy tells of it."""

    conditional = ("procedure", "instance", "claimant_name")
    kind = forms.ChoiceField(label="种类", choices=choices.KINDS, widget=Radios(inline=True))
    about = forms.ChoiceField(label="请求", choices=choices.ABOUT, initial="reply", widget=Radios())
    body = line("行政复议机关或者人民法院", most=120)
    number = line("案号", "受理通知书、应诉通知书上的文号", required=False, width="w-20", most=80)
    procedure = forms.ChoiceField(
        label="复议程序", choices=choices.PROCEDURES, required=False, widget=Radios(inline=True),
        help_text="行政复议必选：简易程序 5 个工作日内答复，普通程序 10 个工作日内答复",
    )  # fmt: skip
    instance = forms.ChoiceField(
        label="审级", choices=choices.INSTANCES, required=False, widget=Radios(inline=True),
        help_text="行政诉讼必选：收到起诉状副本之日起 15 日内答辩、举证",
    )  # fmt: skip
    after = choice("前一程序", "复议后起诉、二审的，选择原来的程序；年度报告分开统计", required=False)
    beside_body = forms.BooleanField(label="复议机关为共同被告", required=False)
    claimant = forms.ChoiceField(
        label="提起人", choices=choices.CLAIMANTS, initial="applicant", widget=Radios(inline=True)
    )
    claimant_name = line("提起人姓名或者名称", "第三方提起的必填", required=False, most=120)
    applied_on = day("申请或者起诉日期", required=False)
    received_on = day("收到副本日期", "答复、答辩期限自这一天的次日起计算")
    copy = FileField(label="申请书、起诉状副本", required=False, help_text="PDF 或者扫描件")

    def prepare(self, case: Any) -> None:
        """Offer the decided proceedings a suit may follow."""
        self.fields["after"].choices = choices.earlier(case)

    def clean(self) -> dict[str, Any]:
        """Want what the chosen kind needs."""
        data = super().clean()
        if data.get("kind") == "reconsideration" and not data.get("procedure"):
            self.add_error("procedure", "请选择简易程序或者普通程序")
        if data.get("kind") == "suit" and not data.get("instance"):
            self.add_error("instance", "请选择审级")
        if data.get("claimant") == "third" and not text(data, "claimant_name"):
            self.add_error("claimant_name", "请填写第三方的姓名或者名称")
        return data


class _Which(ActForm):
    """One proceeding of the case."""

    offered: Any = None
    remedy = choice("哪一程序")

    def prepare(self, case: Any) -> None:
        """Offer the proceedings the act is about."""
        self.fields["remedy"].choices = type(self).offered(case)


class DraftForm(_Which):
    """Facts, grounds and reasons."""

    offered = choices.to_answer
    points = area("事实、依据和理由", "一段一行；办理经过由系统按案卷写明，不用重复", rows=10)


class CompileForm(_Which):
    """For which proceeding, and what is handed in besides the file."""

    at_confirm = ("added",)
    offered = choices.running
    added = FileField(
        label="补充材料",
        required=False,
        help_text="签发答复以后取得的材料；编入证据卷时单独列出，不作为证明答复合法的证据",
    )


class AnswerForm(_Which):
    """What is asked of the body."""

    offered = choices.to_answer
    plea = area("答复、答辩意见", "请求复议机关、人民法院怎样决定", rows=3)

    def prepare(self, case: Any) -> None:
        """Begin with the usual plea of the kind of proceeding."""
        super().prepare(case)
        waiting = case.remedies_to_answer()
        self.fields["plea"].initial = PLEAS[waiting[0].kind] if waiting else ""


class ConcludeForm(_Which):
    """The result and what it orders."""

    offered = choices.running
    conditional = ("order_days",)
    result = forms.ChoiceField(label="结果", choices=choices.RESULTS, widget=Radios())
    decision_number = line("决定书、裁判文书文号", required=False, width="w-20", most=80)
    decided_on = day("决定或者裁判日期")
    decision_received_on = day("收到日期", "重新答复的期限自这一天的次日起计算", required=False)
    order = forms.ChoiceField(
        label="有没有责令答复",
        choices=choices.ORDERS,
        required=False,
        widget=Radios(attrs={"silent_optional": True}),
    )
    order_days = forms.IntegerField(
        label="责令的期限（工作日）", required=False, min_value=1, max_value=365,
        help_text="决定、判决没有写期限的留空，按 20 个工作日计算",
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip
    decision = FileField(label="决定书、裁判文书", required=False, help_text="PDF 或者扫描件")
    note = area("需要说明的", "如撤回、不予受理、驳回的情况", required=False, rows=2)


class AdviceForm(_Which):
    """A reconsideration opinion that arrived."""

    offered = choices.to_advise
    received_on = day("收到意见书日期", "60 日内报告纠正情况，末日遇休假日顺延")
    letter = FileField(label="行政复议意见书", required=False, help_text="PDF 或者扫描件")
    note = area("需要说明的", required=False, rows=2)


class ReportForm(_Which):
    """How the opinion was followed."""

    offered = choices.to_report
    opinion_number = line("意见书文号", width="w-20", most=80)
    measures = area("纠正情况", "逐项写明纠正的措施，一行一项", rows=5)


class OrderForm(_Which):
    """On which order."""

    offered = choices.orders


def _record(doing: Doing, data: dict[str, Any]) -> object:
    given = record_remedy.RemedyData(
        kind=data["kind"], about=data["about"], body=data["body"], received_on=data["received_on"],
        number=text(data, "number"), applied_on=data["applied_on"], procedure=text(data, "procedure"),
        instance=text(data, "instance"), after_id=int(data["after"]) if data["after"] else None,
        claimant=data["claimant"], claimant_name=text(data, "claimant_name"), beside_body=data["beside_body"],
    )  # fmt: skip
    copy = file_data(data.get("copy"), kind="remedy")
    return record_remedy.record_remedy(**doing.given(), remedy=given, copy=copy)


def _conclude(doing: Doing, data: dict[str, Any]) -> object:
    return record_remedy.conclude_remedy(
        **doing.given(), remedy_id=int(data["remedy"]), result=data["result"], decided_on=data["decided_on"],
        decision_number=text(data, "decision_number"), decision_received_on=data["decision_received_on"],
        order=text(data, "order"), order_days=data["order_days"], note=text(data, "note"),
        decision=file_data(data.get("decision"), kind="remedy"),
    )  # fmt: skip


def _advice(doing: Doing, data: dict[str, Any]) -> object:
    return answer_remedy.record_advice(
        **doing.given(), remedy_id=int(data["remedy"]), received_on=data["received_on"], note=text(data, "note"),
        letter=file_data(data.get("letter"), kind="remedy"),
    )  # fmt: skip


def _ordered(doing: Doing, data: dict[str, Any]) -> list[dict[str, Any]]:
    remedy = choices.order_of(doing.case, data["remedy"])
    days = {"days": remedy.order_days} if remedy.order_days else {}
    return [{"type": "ordered_rereply", "on": remedy.decision_received_on, **days}]


PAGES = (
    ActPage("record_remedy", _record, RemedyForm, verb="登记"),
    ActPage(
        "draft_answer",
        lambda doing, data: answer_remedy.draft_answer(
            **doing.given(), remedy_id=int(data["remedy"]), points=data["points"]
        ),
        DraftForm, verb="保存拟稿",
    ),
    ActPage(
        "compile_evidence",
        lambda doing, data: answer_remedy.compile_evidence(
            **doing.given(), remedy_id=int(data["remedy"]), added=file_data(data.get("added"), kind="later_evidence")
        ),
        CompileForm, verb="编制证据卷和证据目录",
    ),
    ActPage(
        "answer_remedy",
        lambda doing, data: answer_remedy.answer_remedy(
            **doing.given(), remedy_id=int(data["remedy"]), plea=data["plea"]
        ),
        AnswerForm, verb="签发",
    ),
    ActPage("conclude_remedy", _conclude, ConcludeForm, verb="登记结果"),
    ActPage("record_advice", _advice, AdviceForm, verb="登记意见书"),
    ActPage(
        "report_advice",
        lambda doing, data: answer_remedy.report_advice(
            **doing.given(), remedy_id=int(data["remedy"]), opinion_number=data["opinion_number"],
            measures=data["measures"],
        ),
        ReportForm, verb="出具报告",
    ),
    ActPage(
        "reopen", lambda doing, data: reopen.reopen(**doing.given(), remedy_id=int(data["remedy"])), OrderForm,
        verb="转入重新办理", events=_ordered,
    ),
    ActPage(
        "restart_term",
        lambda doing, data: reopen.restart_term(**doing.given(), remedy_id=int(data["remedy"])), OrderForm,
        verb="按责令另行计算期限", events=_ordered,
    ),
)  # fmt: skip

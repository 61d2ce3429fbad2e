"""Handling: record_search, consult, record_opinion, send_to_review, extend."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from law.values import value
from office.web.forms import Radios
from workflow.actions import consult, extend, record_opinion, record_search, send_to_review
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.selectors import choices

FOUND = [("yes", "检索到"), ("no", "没有检索到")]
OPINIONS = [
    ("", "只登记签收，意见未到"),
    ("agree", "同意公开"),
    ("partly", "部分同意"),
    ("disagree", "不同意公开"),
]
KINDS = [("org", "法人或者其他组织"), ("natural", "自然人")]
CONCERNS = [(text, text) for text in ("商业秘密", "个人隐私", "合法权益")]


class SearchForm(ActForm):
    """Where, by what, how and with what result (指导案例101号)."""

    item_seq = choice("检索哪一项")
    systems = area("检索范围", "查了哪些系统、档案、科室；信息不存在的，会写进答复书", rows=2)
    keywords = line("关键词", "用顿号分开")
    period = line("检索时段", "信息形成的时间范围，如 2015年至2026年", width="w-20", most=120)
    method = line("检索方法", "如 系统全文检索、人工逐卷查阅、询问经办人", most=300)
    searched_on = day("检索日期")
    found = forms.ChoiceField(label="有没有检索到", choices=FOUND, widget=Radios(inline=True))
    result = area("检索结果", "检索到什么；没有的，写明没有相关记录", rows=3)

    def prepare(self, case: Any) -> None:
        """Offer the items, or the whole request."""
        self.fields["item_seq"].choices = [("0", "整个申请"), *choices.items(case)]


class ConsultForm(ActForm):
    """Whom to ask about what."""

    party_name = line("第三方姓名或者名称", most=120)
    party_kind = forms.ChoiceField(label="第三方是", choices=KINDS, initial="org", widget=Radios(inline=True))
    party_address = line("通信地址", required=False)
    concern = forms.ChoiceField(
        label="可能损害第三方的", choices=CONCERNS, initial="商业秘密", widget=Radios(inline=True)
    )
    subject = area("拟公开的内容", "写明拟公开的内容；不写申请人是谁")


class OpinionForm(ActForm):
    """When the letter arrived, what was answered, what the handler makes of it."""

    conditional = ("opinion_on", "reason_assessed")
    consultation = choice("哪一份征求意见")
    delivered_on = day("第三方签收日期", "期满不答复的，自该日推算", required=False)
    opinion = forms.ChoiceField(label="第三方的意见", choices=OPINIONS, required=False, widget=Radios())
    opinion_on = day("意见到达日期", "期限自次日起恢复计算", required=False)
    reason = area("第三方的理由", required=False, rows=3)
    reason_assessed = area(
        "对理由的评估",
        "不同意公开的必填：理由是否合理，是否涉及公共利益；不能只凭不同意就不公开",
        required=False,
        rows=3,
    )

    def prepare(self, case: Any) -> None:
        """Offer the open consultations, the first one chosen."""
        self.fields["consultation"].choices = choices.open_consultations(case)

    def clean(self) -> dict[str, Any]:
        """Want the day of an opinion that came."""
        data = super().clean()
        if data.get("opinion") and not data.get("opinion_on"):
            self.add_error("opinion_on", "请填写意见到达日期")
        return data


class ExtendForm(ActForm):
    """By how much and why."""

    days = forms.IntegerField(
        label="延长的工作日",
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )
    reason = area("延期的理由", "写进告知书，给申请人看", rows=3)

    def prepare(self, case: Any) -> None:
        """Begin with the most the law allows on the day (条例33)."""
        most = int(value("art33.extension_days_max", self.doing.on))
        field = self.fields["days"]
        field.initial, field.help_text = most, f"最长 {most} 个工作日，只能延长一次"
        field.validators.append(MaxValueValidator(most, f"延长的期限应为 1 至 {most} 个工作日"))


def _search(doing: Doing, data: dict[str, Any]) -> object:
    names = ("systems", "keywords", "period", "method", "result", "searched_on")
    return record_search.record_search(
        **doing.given(), **{name: data[name] for name in names}, found=data["found"] == "yes",
        item_seq=int(data["item_seq"]) or None,
    )  # fmt: skip


def _consult(doing: Doing, data: dict[str, Any]) -> object:
    names = ("party_name", "party_kind", "party_address", "concern", "subject")
    return consult.consult(**doing.given(), **{name: data[name] for name in names})


def _opinion(doing: Doing, data: dict[str, Any]) -> object:
    return record_opinion.record_opinion(
        **doing.given(), consultation_id=int(data["consultation"]), delivered_on=data["delivered_on"],
        opinion=data["opinion"], opinion_on=data["opinion_on"] if data["opinion"] else None,
        reason=text(data, "reason"), reason_assessed=text(data, "reason_assessed"),
    )  # fmt: skip


def _extend(doing: Doing, data: dict[str, Any]) -> object:
    return extend.extend(**doing.given(), days=data["days"], reason=data["reason"])


PAGES = (
    ActPage("record_search", _search, SearchForm, verb="记录检索"),
    ActPage(
        "consult", _consult, ConsultForm, verb="发出征求意见书",
        events=lambda doing, data: [
            {"type": "consultation_sent", "on": doing.on, "id": "new", "party": "third", "delivered_on": None}
        ],
    ),
    ActPage("record_opinion", _opinion, OpinionForm, verb="登记意见"),
    ActPage(
        "send_to_review", lambda doing, data: send_to_review.send_to_review(**doing.given()), verb="送审",
        one_page=True, shows="draft",
    ),
    ActPage(
        "extend", _extend, ExtendForm, verb="批准延期并告知申请人",
        events=lambda doing, data: [{"type": "extension", "on": doing.on, "days": data["days"]}],
    ),
)  # fmt: skip

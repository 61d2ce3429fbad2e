"""Handling: record_search, send_to_review, extend."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from law.values import value
from office.web.forms import Radios
from workflow.actions import extend, import_draft, record_search, send_to_review
from workflow.desk.acts.base import ActPage, Doing
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import choices

FOUND = [("yes", "检索到"), ("no", "没有检索到")]


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


class CopyForm(ActForm):
    """The working copy as it was edited."""

    edited_copy = FileField(
        label="改好的工作稿（docx）",
        help_text="从“下载工作稿”得到、在 Word 或者 WPS 中改好的文件；修订须先全部接受或者拒绝，批注不导入",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


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


def _import(doing: Doing, data: dict[str, Any]) -> object:
    copy = file_data(data["edited_copy"], kind="other")
    assert copy is not None  # the field is required
    return import_draft.import_draft(**doing.given(), edited_copy=copy)


def _extend(doing: Doing, data: dict[str, Any]) -> object:
    return extend.extend(**doing.given(), days=data["days"], reason=data["reason"])


PAGES = (
    ActPage("record_search", _search, SearchForm, verb="记录检索"),
    ActPage("import_draft", _import, CopyForm, verb="导入，与系统稿对照"),
    ActPage("drop_edit", lambda doing, data: import_draft.drop_edit(**doing.given()), verb="放弃修改稿"),
    ActPage(
        "send_to_review", lambda doing, data: send_to_review.send_to_review(**doing.given()), verb="送审",
        one_page=True, shows="draft",
    ),
    ActPage(
        "extend", _extend, ExtendForm, verb="批准延期并告知申请人",
        events=lambda doing, data: [{"type": "extension", "on": doing.on, "days": data["days"]}],
    ),
)  # fmt: skip

"""Forms of the supervising office's records: notices to rectify, criticism, inspections, bulletins."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django import forms

from office.web.forms import Checks
from workflow.actions import bulletin, inspect, rectify
from workflow.actions.inspect import MOST_DRAWN
from workflow.desk.acts.base import text
from workflow.desk.beside_base import SealForm, StepForm, first, plain, sealed
from workflow.desk.forms import area, choice, day, line


class NoticeForm(StepForm):
    """Which office is to put what right, by when."""

    about = choice("被督促机关")
    occasion = line("在什么检查中发现", "写进通知书，如 2026年第三季度政府信息公开工作抽查")
    case_number = line("有关案件的登记编号", "如 2026-0128；只涉及一件的填写", required=False)
    finding = area("存在的问题", "写进通知书：事实、件数、依据；不写申请人的个人信息", rows=4)
    measures = area("整改要求", "一行一条", rows=4)
    rectify_by_on = forms.DateField(label="整改期限", widget=day("").widget)

    def prepare(self) -> None:
        """Offer the offices below."""
        self.fields["about"].choices = [("", "请选择"), *self.below]


class CriticismForm(NoticeForm):
    """The same, and to whom it goes besides."""

    to_ids = forms.MultipleChoiceField(
        label="通报范围", help_text="被批评机关以外还发给哪些机关", required=False, widget=Checks()
    )
    field_order = ("office", "about", "to_ids")

    def prepare(self) -> None:
        """Offer the offices below, both as the one and as the others."""
        super().prepare()
        self.fields["about"].label = "被批评机关"
        self.fields["to_ids"].choices = self.below


class NoticeSealForm(SealForm):
    """Which seal; a copy for each office it goes to, and one for the file."""

    def prepare(self) -> None:
        """Begin with today, as many copies as there are offices, and one more."""
        super().prepare()
        self.fields["seal_copies"].initial = self.record.addressees + 1
        self.fields["seal_copies"].help_text = "收文的机关各一份，存卷一份"


class ReportForm(StepForm):
    """What was put right."""

    report = area("整改情况", "对照整改要求逐条写明；不写申请人的个人信息", rows=6)


class ReturnForm(StepForm):
    """What is missing, and by when."""

    verdict = area("没有整改到位的地方", rows=3)
    rectify_by_on = forms.DateField(label="新的整改期限", widget=day("").widget)


class CloseForm(StepForm):
    """How it was looked at."""

    verdict = area("核实意见", "怎样核实的，整改是否到位", rows=3)


class DrawForm(StepForm):
    """From what to draw, how many, with which seed."""

    title = line("抽查名称", "如 2026年第三季度依申请公开案件抽查", most=120)
    about = choice("被抽查机关", required=False)
    first_on = day("答复日期自")
    last_on = day("答复日期至")
    size = forms.IntegerField(
        label="抽取件数", min_value=1, max_value=MOST_DRAWN, initial=10,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip
    seed = line(
        "随机种子", "可以当场由各方商定；种子记录在案，用同一种子必定抽到相同的案件", width="w-20", most=64
    )

    def prepare(self) -> None:
        """Offer the offices below, a seed, and the days from the first of the month before."""
        self.fields["about"].choices = [("", "全部下级机关"), *self.below]
        self.fields["seed"].initial = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(8))
        self.fields["last_on"].initial = self.on
        self.fields["first_on"].initial = self.on.replace(day=1)


class SummaryForm(StepForm):
    """What the inspection came to."""

    summary = area("抽查小结", "总体情况、主要问题、下一步要求", rows=5)


class MonthForm(StepForm):
    """Which month."""

    year = forms.IntegerField(
        label="年", min_value=2008, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-6"})
    )
    month = forms.IntegerField(
        label="月", min_value=1, max_value=12, widget=forms.NumberInput(attrs={"class": "w-4"})
    )

    def prepare(self) -> None:
        """Begin with the month that is over."""
        last = self.on.replace(day=1).toordinal() - 1
        over = type(self.on).fromordinal(last)
        self.fields["year"].initial, self.fields["month"].initial = over.year, over.month


class WordsForm(StepForm):
    """What the bulletin says besides its figures."""

    words = area("存在的问题和下一步要求", "一行一段；写进通报第四部分", rows=10)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def prepare(self) -> None:
        """Begin with what is written already."""
        if self.record is not None:
            self.fields["words"].initial, self.fields["version"].initial = (
                self.record.words,
                self.record.version,
            )


class NothingForm(StepForm):
    """A step that asks nothing more."""


class ReasonForm(StepForm):
    """Why."""

    reason = area("理由", "会留存备查", rows=2)


def _issue(action: Callable[..., Any]) -> Callable[..., Any]:
    def call(given: dict[str, Any], data: dict[str, Any]) -> Any:
        more = {"to_ids": [int(pk) for pk in data.pop("to_ids")]} if "to_ids" in data else {}
        return action(
            **given, office_id=int(data.pop("office")), about_id=int(data.pop("about")), **more,
            **(data | {"case_number": text(data, "case_number")}),
        )  # fmt: skip

    return call


def _draw(given: dict[str, Any], data: dict[str, Any]) -> Any:
    about = data.pop("about")
    return inspect.draw_inspection(
        **given, office_id=int(data.pop("office")), about_id=int(about) if about else None, **data
    )


PAGES: dict[str, tuple[type[StepForm], Callable[..., Any]]] = {
    "issue_rectification": (NoticeForm, _issue(rectify.issue_rectification)),
    "issue_criticism": (CriticismForm, _issue(rectify.issue_criticism)),
    "seal_notice": (NoticeSealForm, sealed(rectify.seal_notice)),
    "receive_rectification": (NothingForm, plain(rectify.receive_rectification)),
    "report_rectified": (ReportForm, plain(rectify.report_rectified)),
    "return_rectified": (ReturnForm, plain(rectify.return_rectified)),
    "close_rectification": (CloseForm, plain(rectify.close_rectification)),
    "draw_inspection": (DrawForm, _draw),
    "close_inspection": (SummaryForm, plain(inspect.close_inspection)),
    "begin_bulletin": (MonthForm, first(bulletin.begin_bulletin)),
    "fill_bulletin": (WordsForm, plain(bulletin.fill_bulletin)),
    "recount_bulletin": (NothingForm, plain(bulletin.recount_bulletin)),
    "settle_bulletin": (NothingForm, plain(bulletin.settle_bulletin)),
    "reopen_bulletin": (ReasonForm, plain(bulletin.reopen_bulletin)),
}

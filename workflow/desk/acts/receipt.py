"""Receipt and supplement: confirm_receipt, record_contact, confirm_oral, register, request_supplement, receive_supplement, lapse, communicate."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks, Radios
from workflow.actions import (
    communicate,
    confirm_oral,
    confirm_receipt,
    lapse,
    receive_supplement,
    record_contact,
    register,
    request_supplement,
)  # fmt: skip
from workflow.desk.acts.base import ActPage, Doing
from workflow.desk.forms import ActForm, area, day
from workflow.desk.uploads import FileField, file_data
from workflow.kinds import Lack, Way
from workflow.selectors import choices

WAYS = [(way, way) for way in ("电话", "短信", "电子邮件回复", "传真回复", "当面", "信函")]


class ConfirmForm(ActForm):
    """When and how receipt was confirmed with the applicant."""

    confirmed_on = day("确认日期", "与申请人确认收到申请的日期，即法定的收到之日（条例第三十一条）")
    how = forms.ChoiceField(label="确认方式", choices=WAYS, widget=Radios(inline=True))


class ContactForm(ActForm):
    """When, how, with what result it was tried to reach the applicant."""

    tried_on = day("联系日期")
    way = forms.ChoiceField(label="方式", choices=Way.choices, initial="phone", widget=Radios(inline=True))
    reached = forms.ChoiceField(
        label="有没有联系上",
        choices=[("no", "没有联系上"), ("yes", "联系上了")],
        initial="no",
        widget=Radios(inline=True),
    )
    result = area("经过", "如几点拨打、无人接听；联系上的，写明谈了什么", rows=3)


class OralForm(ActForm):
    """The applicant's signature under the record of an oral request."""

    read_back = forms.BooleanField(label="已向申请人宣读或者出示记录，申请人核对无误并签名（按指印）")
    record = FileField(label="签名的记录扫描件", help_text="PDF 或者图片")


class SupplementForm(ActForm):
    """What is unclear, how to put it right, by when."""

    lacks = forms.MultipleChoiceField(
        label="申请欠缺什么", choices=Lack.choices, initial=["content"], widget=Checks
    )
    matters = area("需要补正的事项", "逐项写明哪里不明确，一行一项；只能一次性告知")
    guidance = area("如何补正", "给申请人的指导：写成什么样就清楚了")
    days = forms.IntegerField(
        label="补正期限（工作日）", min_value=1, max_value=request_supplement.LONGEST,
        help_text="自申请人收到告知书之日起算，应当合理",
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip

    def prepare(self, case: Any) -> None:
        """Begin with the office's usual window."""
        self.fields["days"].initial = choices.usual_window(case, on=self.doing.on)


class SupplementReceivedForm(ActForm):
    """The corrected items, as the applicant now words them."""

    received_on = day("收到补正的日期", "答复期限自这一天的次日起重新计算；收到申请之日不变")
    files = FileField(label="补正材料", required=False, help_text="PDF、图片或者 Word 文件")

    def prepare(self, case: Any) -> None:
        """Offer each item with its present words."""
        self.conditional = tuple(f"item{item.seq}" for item in case.items_in_order())
        for item in case.items_in_order():
            self.fields[f"item{item.seq}"] = area(f"第{item.seq}项（补正后）", required=False)
            self.fields[f"item{item.seq}"].initial = item.description
        self.order_fields(["received_on", *self.conditional, "files"])

    def corrected(self) -> dict[int, str]:
        """Return the items whose words have changed."""
        return {
            item.seq: self.cleaned_data[f"item{item.seq}"]
            for item in self.doing.case.items_in_order()
            if self.cleaned_data[f"item{item.seq}"].strip() not in ("", item.description.strip())
        }

    def clean(self) -> dict[str, Any]:
        """Want new words or new files."""
        super().clean()
        if not self.errors and not self.corrected() and not self.cleaned_data.get("files"):
            first = self.conditional[0]
            self.add_error(first, "请写明补正后的申请内容，或者附上补正材料")
        return self.cleaned_data | {"items": self.corrected()} if not self.errors else self.cleaned_data


class LapseForm(ActForm):
    """On what the finding rests."""

    finding = area("认定的依据", "写明补正告知书何时送达、期限何时届满、有没有正当理由（如是否联系过申请人）")


class CommunicateForm(ActForm):
    """What is to be said or asked."""

    matters = area("需要沟通的内容", "写给申请人看，一段或者几段；期限照常计算，不停止")


def _confirm(doing: Doing, data: dict[str, Any]) -> object:
    return confirm_receipt.confirm_receipt(
        **doing.given(), confirmed_on=data["confirmed_on"], how=data["how"]
    )


def _contact(doing: Doing, data: dict[str, Any]) -> object:
    return record_contact.record_contact(
        **doing.given(), tried_on=data["tried_on"], way=data["way"], reached=data["reached"] == "yes",
        result=data["result"],
    )  # fmt: skip


def _oral(doing: Doing, data: dict[str, Any]) -> object:
    record = file_data(data["record"], kind="oral_record")
    assert record is not None  # the field is required
    return confirm_oral.confirm_oral(**doing.given(), read_back=data["read_back"], record=record)


def _request(doing: Doing, data: dict[str, Any]) -> object:
    return request_supplement.request_supplement(
        **doing.given(),
        matters=data["matters"],
        guidance=data["guidance"],
        days=data["days"],
        lacks=data["lacks"],
    )


def _receive(doing: Doing, data: dict[str, Any]) -> object:
    held = file_data(data.get("files"), kind="supplement")
    return receive_supplement.receive_supplement(
        **doing.given(), items=data["items"], files=(held,) if held else (), received_on=data["received_on"]
    )


PAGES = (
    ActPage("confirm_receipt", _confirm, ConfirmForm, verb="确认收件"),
    ActPage("record_contact", _contact, ContactForm, verb="记录联系"),
    ActPage("confirm_oral", _oral, OralForm, verb="确认口头申请"),
    ActPage(
        "register", lambda doing, data: register.register(**doing.given()), verb="登记并出具接收回执", one_page=True
    ),
    ActPage(
        "request_supplement", _request, SupplementForm, verb="出具补正告知书",
        events=lambda doing, data: [{"type": "supplement_notice", "on": doing.on, "days": data["days"]}],
    ),
    ActPage("receive_supplement", _receive, SupplementReceivedForm, verb="登记收到补正"),
    ActPage(
        "lapse", lambda doing, data: lapse.lapse(**doing.given(), finding=data["finding"]), LapseForm,
        verb="不再处理并告知申请人",
    ),
    ActPage(
        "communicate", lambda doing, data: communicate.communicate(**doing.given(), matters=data["matters"]),
        CommunicateForm, verb="发出沟通函",
    ),
)  # fmt: skip

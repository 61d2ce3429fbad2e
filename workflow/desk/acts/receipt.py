"""Receipt and supplement: confirm_receipt, register, request_supplement, receive_supplement, lapse, communicate."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import (
    communicate,
    confirm_receipt,
    lapse,
    receive_supplement,
    register,
    request_supplement,
)  # fmt: skip
from workflow.desk.acts.base import ActPage, Doing
from workflow.desk.forms import ActForm, area, day
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import choices

WAYS = [(way, way) for way in ("电话", "短信", "电子邮件回复", "传真回复", "当面", "信函")]


class ConfirmForm(ActForm):
    """When and how receipt was confirmed with the applicant."""

    confirmed_on = day("确认日期", "与申请人确认收到申请的日期，即法定的收到之日（条例第三十一条）")
    how = forms.ChoiceField(label="确认方式", choices=WAYS, widget=Radios(inline=True))


class SupplementForm(ActForm):
    """What is unclear, how to put it right, by when."""

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


def _request(doing: Doing, data: dict[str, Any]) -> object:
    return request_supplement.request_supplement(
        **doing.given(), matters=data["matters"], guidance=data["guidance"], days=data["days"]
    )


def _receive(doing: Doing, data: dict[str, Any]) -> object:
    held = file_data(data.get("files"), kind="supplement")
    return receive_supplement.receive_supplement(
        **doing.given(), items=data["items"], files=(held,) if held else (), received_on=data["received_on"]
    )


PAGES = (
    ActPage("confirm_receipt", _confirm, ConfirmForm, verb="确认收件"),
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

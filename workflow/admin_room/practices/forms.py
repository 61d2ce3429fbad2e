"""The form of one setting, in its own shape."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks, DayField, Form, Radios
from workflow.practices import LINES, NUMBER, ONE, SEVERAL, YES_NO, Practice

LABEL = "本机关的做法"


class PracticeForm(Form):
    """How the office is to go about it, from which day, and why."""

    from_on = DayField(label="自何日起施行", help_text="今天或者以后的日期；以前办理的不变")
    reason = forms.CharField(
        label="理由",
        help_text="依据哪一规定或者决定；会留存备查",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["value", "from_on", "reason"]

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        self.kind = practice.kind
        self.base_fields = {"value": _MAKE[practice.kind](practice), **self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_value(self) -> Any:
        """Give yes and no as such, lines one by one."""
        value = self.cleaned_data["value"]
        if self.kind == LINES:
            return value.splitlines()
        return value == "yes" if self.kind == YES_NO else value


def started(practice: Practice, value: Any) -> Any:
    """Return a value as the form begins with it."""
    if practice.kind == YES_NO:
        return "yes" if value else "no"
    return "\n".join(value) if practice.kind == LINES else value


def _yes_no(practice: Practice) -> forms.Field:
    return forms.ChoiceField(label=LABEL, choices=[("yes", "是"), ("no", "否")], widget=Radios(inline=True))


def _one(practice: Practice) -> forms.Field:
    return forms.ChoiceField(label=LABEL, choices=list(practice.choices.items()), widget=Radios())


def _number(practice: Practice) -> forms.Field:
    unit = f"（{practice.unit}）" if practice.unit else ""
    return forms.IntegerField(
        label=f"{LABEL}{unit}",
        help_text=f"{practice.least} 至 {practice.most} 的整数",
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric"}),
    )


def _several(practice: Practice) -> forms.Field:
    always = "、".join(practice.choices[code] for code in practice.always)
    return forms.MultipleChoiceField(
        label=LABEL, choices=list(practice.choices.items()), widget=Checks(),
        help_text=f"{always}不能取消，不勾选也在其内" if always else "",
    )  # fmt: skip


def _lines(practice: Practice) -> forms.Field:
    return forms.CharField(
        label=LABEL, help_text=f"一行一项，至多 {practice.most} 行", widget=forms.Textarea(attrs={"rows": practice.most})
    )  # fmt: skip


_MAKE = {YES_NO: _yes_no, ONE: _one, NUMBER: _number, SEVERAL: _several, LINES: _lines}

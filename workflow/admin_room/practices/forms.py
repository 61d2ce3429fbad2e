"""The form of one setting, in its own shape."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks, DayField, Form, Radios
from workflow.practices import HEAVIEST, LINES, NUMBER, ONE, SEVERAL, WEIGHING, YES_NO, Practice

LABEL = "本机关的做法"
#: How each unit of a measure is written, and how many of it are one as stored.
UNITS = {"percent": ("%", 100), "days": ("个工作日", 1), "each": ("处", 1)}


class PracticeForm(Form):
    """How the office is to go about it, from which day, and why."""

    from_on = DayField(label="自何日起施行", help_text="今天或者以后的日期；以前办理的不变")
    reason = forms.CharField(
        label="理由",
        help_text="依据哪一规定或者决定；会留存备查",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        self.practice, self.kind = practice, practice.kind
        own = _weights(practice) if self.kind == WEIGHING else {"value": _MAKE[self.kind](practice)}
        self.base_fields = own | self.base_fields
        super().__init__(*args, **kwargs)

    @property
    def said(self) -> dict[str, Any]:
        """Return what was filled in, the setting as one value."""
        said = dict(self.cleaned_data)
        if self.kind == WEIGHING:
            said["value"] = {
                name: round(said.pop(name) / _one_as(self.practice, name), 6) for name in self.practice.value
            }
        return said

    def clean_value(self) -> Any:
        """Give yes and no as such, lines one by one."""
        value = self.cleaned_data["value"]
        if self.kind == LINES:
            return value.splitlines()
        return value == "yes" if self.kind == YES_NO else value


def started(practice: Practice, value: Any) -> dict[str, Any]:
    """Return the fields of the form as it begins with a value."""
    if practice.kind == WEIGHING:
        held = practice.value | value
        return {name: f"{number * _one_as(practice, name):g}" for name, number in held.items()}
    if practice.kind == YES_NO:
        return {"value": "yes" if value else "no"}
    return {"value": "\n".join(value) if practice.kind == LINES else value}


def _one_as(practice: Practice, name: str) -> int:
    """Return how many of the unit on the page are one as stored: a share is written as so many of a hundred."""
    assert practice.measure is not None  # asked of a weighing
    return 1 if name == "weight" else UNITS[practice.measure.unit][1]


def _weights(practice: Practice) -> dict[str, forms.Field]:
    assert practice.measure is not None  # asked of a weighing
    unit = UNITS[practice.measure.unit][0]
    better = "越高越好" if practice.measure.full > practice.measure.none else "越低越好"
    return {
        "weight": _figure("权重", f"0 至 {HEAVIEST}，0 为不计分；各指标的权重不必合计为 100"),
        "full": _figure(f"满分界限（{unit}）", f"本项{better}，到这个数得满分"),
        "none": _figure(f"零分界限（{unit}）", "到这个数不得分"),
    }


def _figure(label: str, help_text: str) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "w-10", "inputmode": "decimal"})
    return forms.FloatField(label=label, help_text=help_text, widget=widget)


def _yes_no(practice: Practice) -> forms.Field:
    return forms.ChoiceField(label=LABEL, choices=[("yes", "是"), ("no", "否")], widget=Radios(inline=True))


def _one(practice: Practice) -> forms.Field:
    return forms.ChoiceField(label=LABEL, choices=list(practice.choices.items()), widget=Radios())


def _number(practice: Practice) -> forms.Field:
    unit = f"（{practice.unit}）" if practice.unit else ""
    return forms.IntegerField(
        label=f"{'全部机关的做法' if practice.for_all else LABEL}{unit}",
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

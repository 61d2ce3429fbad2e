"""Forms of the monthly and quarterly sheets: in which layout and as known when, and why one is filed anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from office.web.forms import DayField, Form
from workflow.annual.sheet_layouts import sheet_layouts


class LookForm(Form):
    """In which layout a sheet is looked at, and as known on which day."""

    marks_optional = False
    layout = forms.ChoiceField(label="表式", required=False)
    known_on = DayField(label="按哪天的登记", required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["layout"].choices = [  # type: ignore[attr-defined]
            ("", "本机关的表式"),
            *((one.code, one.name) for one in sheet_layouts().values()),
        ]

    def clean_known_on(self) -> dt.date | None:
        """Refuse a day that has not come."""
        day: dt.date | None = self.cleaned_data["known_on"]
        if day is not None and day > self.on:
            raise forms.ValidationError("这一天还没有到，请填今天或者以前的日期")
        return day

    def asked(self) -> dict[str, Any]:
        """Return what was asked for and is right; nothing in particular where nothing was."""
        self.full_clean()
        right = getattr(self, "cleaned_data", {})
        return {"layout": right.get("layout", ""), "known_on": right.get("known_on")}


class FileForm(Form):
    """Filing a sheet for the first time says nothing more."""


class FileAgainForm(Form):
    """Why a sheet is filed anew."""

    reason = forms.CharField(
        label="更正的理由",
        help_text="哪些数字变了、为什么；会留存备查",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

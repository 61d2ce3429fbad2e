"""Base of the desk's forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from office.web.forms import Day, Form


class SearchForm(Form):
    """One box for everything a case is found by."""

    text = forms.CharField(
        label="查找内容",
        max_length=80,
        help_text="登记编号（如 2026-0128）、文号、申请人、事由中的词，或者完整的证件号码",
    )


class ActForm(Form):
    """Base of an act's form: knows the case, the person and the day.

    Fields named in ``at_confirm`` are asked on the confirming page, since a file cannot be carried over. ``findings``
    are what the lint said of the act's letters when it was refused.
    """

    at_confirm: ClassVar[tuple[str, ...]] = ()
    findings: Sequence[Any] = ()

    def __init__(self, *args: Any, doing: Any, **kwargs: Any) -> None:
        self.doing = doing
        super().__init__(*args, **kwargs)
        self.prepare(doing.case)
        for field in self.fields.values():
            if isinstance(field.widget, Day) and field.initial is None and field.required:
                field.initial = doing.on

    def prepare(self, case: Any) -> None:
        """Fill choices and starting values from the case."""

    def unfinished(self) -> bool:
        """Tell whether the form goes on to ask more before it can be judged."""
        return False

    def go_on(self) -> dict[str, Any]:
        """Return what the next page of an unfinished form begins with."""
        return {}


def area(label: str, help_text: str = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """Make a field for several lines of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def line(
    label: str, help_text: str = "", *, required: bool = True, width: str = "w-30", most: int = 200
) -> forms.CharField:
    """Make a field for one line of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most,
        widget=forms.TextInput(attrs={"class": width}),
    )  # fmt: skip


def day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """Make a field for a day; a required one begins with today."""
    return forms.DateField(label=label, help_text=help_text, required=required, widget=Day())


def choice(label: str, help_text: str = "", *, required: bool = True) -> forms.ChoiceField:
    """Make a field for a choice that the case fills in."""
    return forms.ChoiceField(
        label=label, help_text=help_text, required=required, widget=forms.Select(attrs={"class": "w-30"})
    )

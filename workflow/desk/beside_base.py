"""The base of the forms of records beside the cases, and how a form becomes a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from office.web.forms import Form, Radios
from workflow.desk.acts.sealing import copies
from workflow.desk.forms import day
from workflow.requests import SealData
from workflow.selectors.choices_after import SEAL_KINDS


class StepForm(Form):
    """Base of a step's form; a first step also asks for which office, where there are several."""

    def __init__(
        self, *args: Any, on: Any, offices: Any = (), below: Any = (), record: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.below, self.record = on, below, record
        self.prepare()
        if offices:
            self.fields["office"] = forms.ChoiceField(
                label="机关",
                choices=[(one.pk, one.name) for one in offices],
                widget=forms.Select(attrs={"class": "w-30"}),
            )
            self.order_fields(["office"])

    def prepare(self) -> None:
        """Fill choices and starting values from the record, or from the offices below."""


class SealForm(StepForm):
    """Which seal, how many copies."""

    seal_kind = forms.ChoiceField(label="印章", choices=SEAL_KINDS, initial="office", widget=Radios())
    seal_copies = copies()
    seal_used_on = day("用印日期")

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["seal_used_on"].initial = self.on


def sealed(action: Callable[..., Any]) -> Callable[..., Any]:
    """Call an action with how the seal was used."""
    return lambda given, data: action(
        **given, seal=SealData(data["seal_kind"], data["seal_copies"], data["seal_used_on"])
    )


def first(action: Callable[..., Any]) -> Callable[..., Any]:
    """Call an action that makes a record in the office that was chosen."""
    return lambda given, data: action(**given, office_id=int(data.pop("office")), **data)


def plain(action: Callable[..., Any]) -> Callable[..., Any]:
    """Call an action with what was entered, as it is."""
    return lambda given, data: action(**given, **data)

"""The counter's one page as the screen sees it: arrival, parties, items, wishes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from intake import uploads
from intake.counter.forms import ArrivalForm, CounterPartyForm, WishesForm
from intake.draft import Draft, StaleDraft, begin, close, open_
from intake.fields import MAX_ITEMS, ItemForm
from office.errors import Refusal
from office.today import day_of
from office.web.forms import refuse
from workflow.requests import PartyData, RequestData
from workflow.selectors.choices import offices_beside

#: A form of so many parties stays within what a browser may send; a village sends its list as a file.
MAX_PARTIES = 60


def _count(data: QueryDict, name: str, most: int) -> int:
    text = data.get(name, "1")
    return max(1, min(int(text) if text.isdecimal() else 1, most))


def _draft(office: Any, data: QueryDict | None, *, now: datetime) -> Draft:
    """Take up the page's draft; a page left open too long begins a new one and asks for its files again."""
    try:
        return open_((data or {}).get("draft", ""), office=office.code, now=now)
    except StaleDraft:
        return begin(office=office.code, now=now)


class Sheet:
    """All forms of one registration; adding a party or an item keeps what was typed."""

    def __init__(
        self,
        office: Any,
        data: QueryDict | None = None,
        given: MultiValueDict | None = None,
        *,
        now: datetime,
        judge: bool = False,
        same: dict[str, str] | None = None,
    ) -> None:
        self.office = office
        self.draft = _draft(office, data, now=now)
        self.refused = self._keep(given, data, now=now)
        parties = _count(data, "party_count", MAX_PARTIES) if data else 1
        items = _count(data, "item_count", MAX_ITEMS) if data else 1
        step = data.get("step", "") if data else ""
        parties += step == "add_party" and parties < MAX_PARTIES
        items += step == "add_item" and items < MAX_ITEMS
        self.arrival = self._form(ArrivalForm, "arrival", data, judge, initial={"arrived_on": day_of(now)})
        self.arrival.fields["for_office"].choices = [("", "本机关"), *offices_beside(office)]
        self.parties = [
            self._form(CounterPartyForm, f"party{n}", data, judge, initial=same)
            for n in range(1, parties + 1)
        ]
        self.items = [self._form(ItemForm, f"item{n}", data, judge) for n in range(1, items + 1)]
        self.wishes = self._form(WishesForm, "wishes", data, judge)
        if step == "add_party":
            self.parties[-1].fields["name"].widget.attrs["autofocus"] = True
        if step == "add_item":
            self.items[-1].fields["description"].widget.attrs["autofocus"] = True
        if step in ("add_party", "add_item"):
            del self.arrival.fields["channel"].widget.attrs["autofocus"]

    @property
    def token(self) -> str:
        """The page's own number and the files it already has, sealed for its hidden field."""
        return close(self.draft)

    def _keep(self, given: MultiValueDict | None, data: QueryDict | None, *, now: datetime) -> list[str]:
        dropped = set(data.getlist("drop_file")) if data else set()
        self.draft.files = [entry for entry in self.draft.files if str(entry["id"]) not in dropped]
        files = given.getlist("wishes-files") if given else []
        return uploads.keep_all(self.office, files, self.draft.files, kind="application", now=now)

    @staticmethod
    def _form(kind: Any, prefix: str, data: Any, judge: bool, *, initial: Any = None) -> Any:
        if judge:
            return kind(data, prefix=prefix)
        if data is None:
            return kind(prefix=prefix, initial=initial)
        names = kind.base_fields
        typed = {name: data.get(f"{prefix}-{name}", "") for name in names if f"{prefix}-{name}" in data}
        return kind(prefix=prefix, initial=typed)

    @property
    def forms(self) -> list[Any]:
        """All forms in the order of the page."""
        return [self.arrival, *self.parties, *self.items, self.wishes]

    def is_valid(self) -> bool:
        """Judge all forms, so that every error is shown at once."""
        for message in self.refused:
            self.wishes.add_error("files", message)
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def act_id(self) -> UUID:
        """The page's own random number, by which pressing twice is noticed."""
        return self.draft.number

    def request(self) -> RequestData:
        """Put a valid page into the words that the act of filing takes."""
        arrival, wishes = self.arrival.cleaned_data, self.wishes.cleaned_data
        other = arrival["for_office"]
        return RequestData(
            office_id=int(other) if other else self.office.pk,
            handed_by=self.office.pk if other else None,
            channel=arrival["channel"],
            arrived_on=arrival["arrived_on"],
            confirmed_on=arrival["confirmed_on"],
            external_number=arrival["external_number"],
            addressed_to=arrival["addressed_to"],
            parties=tuple(PartyData(**party.cleaned_data) for party in self.parties),
            items=tuple(item.cleaned_data["description"] for item in self.items),
            wanted_form=wishes["wanted_form"],
            service=wishes["service"],
            files=uploads.hand_over(self.office, self.draft.files),
        )

    def refuse(self, refusal: Refusal) -> None:
        """Show what the act refused, at the field it names where the page has it."""
        for form in (self.arrival, self.parties[0], self.wishes):
            if refusal.field in form.fields:
                refuse(form, refusal)
                return
        refuse(self.arrival, refusal)

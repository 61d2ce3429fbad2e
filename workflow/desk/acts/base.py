"""What an act's page is made of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.desk.forms import ActForm


@dataclass
class Doing:
    """One person about to do one act on one case on a day."""

    case: Any
    user: Any
    on: dt.date
    now: dt.datetime
    act_id: uuid.UUID
    version: int

    def given(self) -> dict[str, Any]:
        """Return what every action takes."""
        return {
            "case_id": self.case.pk, "by": self.user, "on": self.on, "now": self.now,
            "expected_version": self.version, "act_id": self.act_id,
        }  # fmt: skip


Do = Callable[[Doing, dict[str, Any]], object]
Events = Callable[[Doing, dict[str, Any]], Iterable[Mapping[str, Any]]]


class NoFields(ActForm):
    """An act that asks nothing."""


def no_events(doing: Doing, data: dict[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Tell that an act puts nothing on the clock."""
    return ()


@dataclass(frozen=True)
class ActPage:
    """One act's page.

    ``verb`` is the confirming button, or says it of the case at hand (default: the act's label); ``one_page`` shows what will happen beside the
    form instead of on a page after it; ``shows`` names what stands beside the form: "draft", "sheet" or "";
    ``instead`` is the act that says no where this one says yes; ``choose`` is asked before the form.
    """

    act: str
    do: Do
    form: type[ActForm] = NoFields
    verb: str | Callable[[Doing], str] = ""
    events: Events = no_events
    one_page: bool = False
    shows: str = ""
    choose: type[ActForm] | None = None
    instead: str = ""


def text(data: Mapping[str, Any], name: str) -> str:
    """Return a field's text, empty when it was left out."""
    return str(data.get(name) or "").strip()

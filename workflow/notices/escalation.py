"""Who is told of what, and when the next one up: data with an office's own values over them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from office.models import OfficeParameter

FILE = Path(__file__).with_suffix(".toml")
PARAMETER = "escalation."
TO = (
    "person",
    "unit_head",
    "head",
    "intake",
    "legal",
    "signatory",
    "allocator",
    "supervisor",
    "part",
    "part_head",
    "asker",
)


@dataclass(frozen=True)
class Step:
    """One person's turn: who, and from which working day after it began (0: at once)."""

    to: str
    after: int


@dataclass(frozen=True)
class Kind:
    """One kind of reminder: what its mail says, and who is told when."""

    what: str
    subject: str
    hint: str
    steps: tuple[Step, ...]


class UnknownKind(LookupError):
    """Raised for a kind of reminder that the file does not know."""


@cache
def kinds() -> dict[str, Kind]:
    """Read every kind, the most urgent first. Raises ValueError for a step to nobody known."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        what: Kind(what, row["subject"], row.get("hint", ""), steps_of(row["steps"]))
        for what, row in read.items()
    }


def kind(what: str) -> Kind:
    """Return one kind. Raises UnknownKind."""
    try:
        return kinds()[what]
    except KeyError:
        raise UnknownKind(what) from None


def steps_of(rows: Iterable[Any]) -> tuple[Step, ...]:
    """Read steps from plain data. Raises ValueError for one that is not understood."""
    steps = tuple(Step(str(row["to"]), int(row["after"])) for row in rows)
    for step in steps:
        if step.to not in TO or step.after < 0:
            raise ValueError(f"escalation: {step}")
    return steps


class Steps:
    """The steps of every kind in every office on a day, read with one query."""

    def __init__(self, *, on: dt.date) -> None:
        rows = OfficeParameter.objects.filter(
            key__startswith=PARAMETER, confirmed_at__isnull=False, from_on__lte=on
        )
        ordered = rows.order_by("from_on", "confirmed_at").values_list("key", "office_id", "value")
        self._own = {(key.removeprefix(PARAMETER), office): steps_of(value) for key, office, value in ordered}

    def of(self, what: str, office: int, *, otherwise: tuple[Step, ...] = ()) -> tuple[Step, ...]:
        """Return an office's steps: its own, else those set for all offices, else the given ones, else the file's."""
        own = self._own.get((what, office)) or self._own.get((what, None))
        return own or otherwise or kind(what).steps

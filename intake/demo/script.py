"""Read the demo's requests and place their steps on real working days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from calendars.days import Calendar
from workflow.requests import PartyData

HERE = Path(__file__).parent
#: The story's letters are numbered in 2026: on a later real day the demo stays on the last day of that year.
FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 12, 31)


@dataclass(frozen=True)
class Step:
    """One act of a story: its name, its day and the words it needs."""

    do: str
    on: date
    words: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """One request and everything that happens to it."""

    raw: dict[str, Any]
    arrived_on: date
    steps: tuple[Step, ...]

    def __getattr__(self, name: str) -> Any:
        """Read any other fact of the request as written in its file."""
        try:
            return self.raw[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def once(self) -> bool:
        """Tell whether the quick run tells this story too."""
        return bool(self.raw.get("once"))

    def parties(self) -> tuple[PartyData, ...]:
        """Return the parties as written on the application; a representative is one of the applicants."""
        found: list[PartyData] = []
        for row in self.raw["party"]:
            plain = {name: row[name] for name in PLAIN if name in row}
            until = self.arrived_on + timedelta(days=row["term_days"]) if "term_days" in row else None
            found.append(PartyData(part=row["role"], signed=True, until_on=until, **plain))
            if row.get("representative"):
                found.append(PartyData(part="representative", signed=True, **plain))
        return tuple(sorted(found, key=lambda party: party.part != "applicant"))


PLAIN = (
    "kind",
    "name",
    "id_kind",
    "id_number",
    "contact_name",
    "phone",
    "email",
    "address",
    "postcode",
    "scope",
)


def demo_today(real: date, calendar: Calendar) -> date:
    """Choose the day on which the demo plays: today, or the working day before it, within 2026."""
    day = min(max(real, FIRST_DAY), LAST_DAY, calendar.published_until)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_day(today: date, offset: int, calendar: Calendar) -> date:
    """Find the working day so many working days before today (an offset of 0 or less)."""
    if offset > 0:
        raise ValueError(f"a story cannot happen after today: {offset}")
    day = today
    for _ in range(-offset):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return day


def stories(*, today: date, calendar: Calendar, once: bool = False) -> list[Story]:
    """Read every story, or those of the quick run, with real days instead of counts.

    ``arrived`` counts working days back from today, ``day`` working days on from the arrival.
    """
    return [
        _placed(raw, today, calendar)
        for path in sorted((HERE / "applications").glob("*.toml"))
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["application"]
        if raw.get("once") or not once
    ]


def _placed(raw: dict[str, Any], today: date, calendar: Calendar) -> Story:
    arrived = raw["arrived"]
    steps = tuple(
        Step(row["do"], working_day(today, arrived + row["day"], calendar), dict(row))
        for row in raw.get("step", [])
    )
    for step in steps:
        for name in ("delivered_day", "until_day"):
            if name in step.words:
                step.words[name] = working_day(today, arrived + step.words[name], calendar)
    return Story(raw, working_day(today, arrived, calendar), steps)


def in_order(told: list[Story]) -> Iterator[tuple[date, Story, Step | None]]:
    """Run through all stories at once, day by day; a step of None is the arrival itself.

    Numbers of cases and letters then follow the days, as they would in a real office.
    """
    events: list[tuple[date, int, int, Story, Step | None]] = []
    for place, story in enumerate(told):
        events.append((story.arrived_on, place, -1, story, None))
        events += [(_acted_on(step), place, number, story, step) for number, step in enumerate(story.steps)]
    for day, _, _, story, step in sorted(events, key=lambda event: event[:3]):
        yield day, story, step


def _acted_on(step: Step) -> date:
    # Service by post is entered when the slip comes back; what counts is the day of posting.
    return step.words.get("delivered_day", step.on) if step.do == "serve" else step.on

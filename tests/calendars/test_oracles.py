"""The shipped years against two independent oracles, day by day."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

import calendars
from calendars.years import entries

ARRANGEMENTS = json.loads((Path(__file__).parents[1] / "data/calendar/arrangements.json").read_text("utf-8"))
YEARS = range(2008, 2027)


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_each_day_equals_chinesecalendar(year):
    calendar = calendars.load()
    differing = [d for d in days_of(year) if calendar.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_each_year_equals_the_collected_arrangements(year):
    held = next(y for y in calendars.load().years if y.year == year)
    merged = entries(held.notices)
    arranged = ARRANGEMENTS[str(year)]
    off = sorted([d.isoformat(), e.festival] for d, e in merged.items() if not e.working)
    work = sorted([d.isoformat(), e.festival] for d, e in merged.items() if e.working)
    assert off == sorted(arranged["off"])
    assert work == sorted(arranged["work"])
    assert [n.address for n in held.notices] == arranged["notices"]


def test_each_day_follows_from_the_arrangements_alone():
    off = {d for y in ARRANGEMENTS.values() for d, _ in y["off"]}
    work = {d for y in ARRANGEMENTS.values() for d, _ in y["work"]}
    calendar = calendars.load()
    for year in YEARS:
        for day in days_of(year):
            expected = day.isoformat() in work or (day.weekday() < 5 and day.isoformat() not in off)
            assert calendar.is_working_day(day) is expected, day


def test_working_days_of_each_year():
    calendar = calendars.load()
    counted = [sum(map(calendar.is_working_day, days_of(y))) for y in range(2010, 2027)]
    assert counted == [250, 250, 249, 250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248]

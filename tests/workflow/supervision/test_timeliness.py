"""Timeliness has one definition: the clock's own, in Python and in SQL alike."""

from __future__ import annotations

import datetime as dt
import random

import pytest

import calendars
from office.models import Office
from tests.workflow.supervision.histories import expected, random_history, store
from workflow.models import Case
from workflow.selectors import timeliness
from workflow.selectors.timeliness import Standing, borders, working_days_left

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
# A make-up Saturday, days off around 国庆节, an ordinary week, and days whose bands reach beyond the last notice.
DAYS = [
    dt.date(2026, 2, 14),
    dt.date(2026, 10, 5),
    dt.date(2026, 10, 10),
    dt.date(2026, 7, 8),
    dt.date(2026, 12, 28),
]


@pytest.fixture
def office() -> Office:
    return Office.objects.create(
        code="qy", name="清源县自然资源局", doc_code="清自然资", kind="department", level="county"
    )


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_case_stands_where_its_clock_says(office: Office, on: dt.date) -> None:
    rng = random.Random(on.toordinal())
    histories = [random_history(rng, on) for _ in range(150)]
    cases = {store(one, office=office, seq=seq).pk: one for seq, one in enumerate(histories, start=1)}
    wanted = {pk: expected(one, on) for pk, one in cases.items()}
    assert {"overdue", "paused", "stopped", "met"} <= set(wanted.values())
    assert {case.pk: str(timeliness.standing(case, on=on)) for case in Case.objects.all()} == wanted
    open_ones = timeliness.open_cases(timeliness.with_standing(Case.objects.all(), on=on))
    in_sql = dict(open_ones.values_list("pk", "standing"))
    assert in_sql == {pk: found for pk, found in wanted.items() if found not in ("met", "late", "ended")}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_an_open_case_is_in_exactly_one_list(office: Office, on: dt.date) -> None:
    rng = random.Random(on.toordinal() + 1)
    for seq in range(1, 101):
        store(random_history(rng, on), office=office, seq=seq)
    lists = [
        set(timeliness.standing_at(Case.objects.all(), standing, on=on).values_list("pk", flat=True))
        for standing in (*timeliness.RUNNING, *timeliness.WAITING)
    ]
    every = set(timeliness.open_cases(Case.objects.all()).values_list("pk", flat=True))
    assert sum(len(one) for one in lists) == len(every)
    assert set().union(*lists) == every


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_borders_and_days_left_agree(on: dt.date) -> None:
    for ahead in range(-40, 41):
        due = on + dt.timedelta(days=ahead)
        left = working_days_left(due, on)
        assert left is not None
        band = borders(on).band(due)
        by_count = (
            Standing.OVERDUE if left < 0 else Standing.TODAY if left == 0
            else Standing.SOON if left <= 3 else Standing.NEAR if left <= 10 else Standing.LATER
        )  # fmt: skip
        assert band == by_count, due
        first, last = borders(on).days(band)
        assert first is None or first <= due
        assert last is None or due <= last


def test_due_on_a_friday_a_saturday_is_a_breach() -> None:
    friday = dt.date(2026, 7, 10)
    assert working_days_left(friday, friday) == 0
    assert working_days_left(friday, friday + dt.timedelta(days=1)) == -1
    assert working_days_left(friday, friday + dt.timedelta(days=3)) == -1
    assert working_days_left(friday, friday + dt.timedelta(days=4)) == -2
    assert working_days_left(None, friday) is None


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_silence_ends_fifteen_working_days_after_service(on: dt.date) -> None:
    oldest = timeliness.oldest_delivery("third", on)
    calendar = calendars.load()
    assert calendar.project(oldest, 15).date >= on
    assert calendar.project(oldest - dt.timedelta(days=1), 15).date < on

"""Timeliness has one definition: the clock's own, in Python and in SQL alike."""

from __future__ import annotations

import datetime as dt
import random

import pytest

import calendars
from calendars import published
from office.models import Office, User
from tests.calendars.made_up import stored_year
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
    for cases_read in (Case.objects.all(), timeliness.with_pause(Case.objects.all(), on=on)):
        assert {case.pk: str(timeliness.standing(case, on=on)) for case in cases_read} == wanted
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
        left = working_days_left(due, on, 0)
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


def of_liangshan() -> Office:
    """Make an office of a region with days off of its own."""
    return Office.objects.create(
        code="ls",
        name="凉山州自然资源局",
        doc_code="凉自然资",
        kind="department",
        level="city",
        region_code="513400",
    )


def test_an_office_goes_by_the_days_of_its_region(office: Office) -> None:
    row = stored_year(
        year=2026, region_code="513400", off=["2026-08-06", "2026-08-07"], number="凉府办发〔2026〕1号"
    )
    row.confirmed_by = User.objects.create(username="second", name="复核人")
    row.confirmed_at = row.entered_at
    row.save()
    published.changed()
    there = of_liangshan()
    below = Office.objects.create(
        code="xc",
        name="西昌市自然资源局",
        doc_code="西自然资",
        kind="department",
        level="county",
        parent=there,
    )
    own = published.calendar("513400")
    on = dt.date(2026, 8, 5)
    rng = random.Random(5)
    cases = {}
    for seq in range(1, 151):
        for place, days in ((office, published.calendar()), (there, own), (below, own)):
            one = random_history(rng, on, days)
            cases[store(one, office=place, seq=seq).pk] = one
    wanted = {pk: expected(one, on) for pk, one in cases.items()}
    for cases_read in (Case.objects.all(), timeliness.with_pause(Case.objects.all(), on=on)):
        assert {case.pk: str(timeliness.standing(case, on=on)) for case in cases_read} == wanted
    open_ones = timeliness.open_cases(timeliness.with_standing(Case.objects.all(), on=on))
    still = {pk: found for pk, found in wanted.items() if found not in ("met", "late", "ended")}
    assert dict(open_ones.values_list("pk", "standing")) == still
    for level in (*timeliness.RUNNING, *timeliness.WAITING):
        listed = timeliness.standing_at(Case.objects.all(), level, on=on).values_list("pk", flat=True)
        assert set(listed) == {pk for pk, found in still.items() if found == level}
    monday = dt.date(2026, 8, 10)
    assert [working_days_left(monday, on, place.pk) for place in (office, there, below)] == [3, 1, 1]


def test_a_new_office_of_such_a_region_is_known_at_once(office: Office) -> None:
    assert borders(dt.date(2011, 7, 22), office.pk).soon == dt.date(2011, 7, 27)
    there = of_liangshan()
    assert borders(dt.date(2011, 7, 22), there.pk).soon == dt.date(2011, 8, 2)
    assert borders(dt.date(2011, 7, 22), office.pk).soon == dt.date(2011, 7, 27)


def test_due_on_a_friday_a_saturday_is_a_breach() -> None:
    friday = dt.date(2026, 7, 10)
    assert working_days_left(friday, friday, 0) == 0
    assert working_days_left(friday, friday + dt.timedelta(days=1), 0) == -1
    assert working_days_left(friday, friday + dt.timedelta(days=3), 0) == -1
    assert working_days_left(friday, friday + dt.timedelta(days=4), 0) == -2
    assert working_days_left(None, friday, 0) is None


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_silence_ends_fifteen_working_days_after_service(on: dt.date) -> None:
    oldest = timeliness.oldest_delivery("third", on)
    calendar = calendars.load()
    assert calendar.project(oldest, 15).date >= on
    assert calendar.project(oldest - dt.timedelta(days=1), 15).date < on

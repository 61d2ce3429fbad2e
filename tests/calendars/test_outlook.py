"""Beyond the last notice: provisional days, the earliest that can be, and what may still change."""

from datetime import date, timedelta

import pytest

import calendars
from calendars import lunar
from calendars.errors import UnknownYear
from calendars.outlook import MAKE_UP_DAYS, REACH
from calendars.statutory import statutory_festivals

D = date.fromisoformat


@pytest.fixture(scope="module")
def calendar():
    return calendars.load()


@pytest.mark.parametrize(
    "start,n,found,earliest",
    [
        ("2026-12-10", 20, "2027-01-08", "2027-01-06"),
        ("2026-11-20", 40, "2027-01-18", "2027-01-14"),
        ("2027-01-04", 5, "2027-01-11", "2027-01-09"),
    ],
)
def test_a_projection_is_provisional_and_has_an_earliest(calendar, start, n, found, earliest):
    projection = calendar.project(D(start), n)
    assert (projection.date, projection.earliest) == (D(found), D(earliest))
    assert projection.provisional
    assert not projection.may_change


@pytest.mark.parametrize(
    "start,n,may_change",
    [("2026-11-27", 20, False), ("2026-12-01", 20, True), ("2026-12-30", 1, True), ("2025-12-01", 22, False)],
)
def test_the_last_days_of_december_may_change(calendar, start, n, may_change):
    projection = calendar.project(D(start), n)
    assert (projection.provisional, projection.may_change) == (False, may_change)


def test_a_saturday_at_the_end_of_december_may_become_a_working_day(calendar):
    known = calendar.as_known_on(D("2018-12-05"))
    projection = known.project(D("2018-12-28"), 1)
    assert (projection.date, projection.may_change) == (D("2018-12-31"), True)
    assert projection.earliest == D("2018-12-29") == calendar.add_working_days(D("2018-12-28"), 1)


@pytest.mark.parametrize("year", range(2009, 2027))
def test_no_notice_ever_came_out_earlier_than_the_earliest(calendar, year):
    before = calendars.days.Calendar(y for y in calendar.years if y.year < year)
    for offset in range(-70, 300, 3):
        start = date(year, 1, 1) + timedelta(days=offset)
        for n in (1, 7, 15, 20, 40):
            actual = calendar.project(start, n)
            if actual.date.year > year:
                continue
            guessed = before.project(start, n)
            assert guessed.earliest <= actual.date, (start, n)
            assert guessed.earliest <= guessed.date


def test_make_up_days_never_exceeded_what_the_earliest_allows(calendar):
    for year in calendar.years:
        for festival in (f for notice in year.notices for f in notice.festivals):
            weekends = [d for d in festival.work if d.weekday() >= 5]
            assert len(weekends) <= MAKE_UP_DAYS
            for day in weekends:
                assert min(abs((day - off).days) for off in festival.off) <= REACH


@pytest.mark.parametrize(
    "year,days",
    [
        (2027, ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03"]),
        (2024, ["01-01", "02-10", "02-11", "02-12", "04-04", "05-01", "06-10", "09-17", "10-01", "10-02", "10-03"]),
        (2008, ["01-01", "02-06", "02-07", "02-08", "04-04", "05-01", "06-08", "09-14", "10-01", "10-02", "10-03"]),
    ],
)  # fmt: skip
def test_statutory_days_by_the_version_of_the_year(year, days):
    held = [d for f in statutory_festivals(year) for d in f.days]
    assert sorted(held) == [D(f"{year}-{d}") for d in days]
    assert all(f.source.startswith("《全国年节及纪念日放假办法》") for f in statutory_festivals(year))


def test_statutory_days_before_2008_are_not_known():
    with pytest.raises(UnknownYear):
        statutory_festivals(2007)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_statutory_day_was_off_in_its_year(calendar, year):
    for festival in statutory_festivals(year):
        for day in festival.days:
            assert not calendar.is_working_day(day), (festival.name, day)


@pytest.mark.parametrize(
    "year,new_year,qingming,dragon_boat,mid_autumn",
    [
        (2027, "2027-02-06", "2027-04-05", "2027-06-09", "2027-09-15"),
        (2028, "2028-01-26", "2028-04-04", "2028-05-28", "2028-10-03"),
        (2057, "2057-02-04", "2057-04-04", "2057-06-06", "2057-09-13"),
    ],
)
def test_lunar_days(year, new_year, qingming, dragon_boat, mid_autumn):
    told = (lunar.new_year(year), lunar.qingming(year), lunar.dragon_boat(year), lunar.mid_autumn(year))
    assert told == (D(new_year), D(qingming), D(dragon_boat), D(mid_autumn))


@pytest.mark.parametrize(
    "day,working,why,source",
    [
        ("2027-01-01", False, "元旦法定假日（暂定）", "《全国年节及纪念日放假办法》"),
        ("2027-01-02", False, "周末（星期六，暂定）", "《国务院关于职工工作时间的规定》第七条"),
        ("2027-01-04", True, "工作日（暂定）", "《国务院关于职工工作时间的规定》第七条"),
        ("2027-05-02", False, "劳动节法定假日（暂定）", "《全国年节及纪念日放假办法》"),
    ],
)
def test_a_provisional_day_explains_itself(calendar, day, working, why, source):
    fact = calendar.fact(D(day))
    assert (fact.date, fact.working, fact.why, fact.provisional) == (D(day), working, why, True)
    assert fact.source.startswith(source)
    with pytest.raises(UnknownYear):
        calendar.explain(D(day))


@pytest.mark.parametrize("day,festivals", [
    ("2026-12-26", None),  # before 29 December nothing was ever altered
    ("2027-01-02", ["2027元旦"]), ("2027-01-10", ["2027元旦"]), ("2027-01-16", None),
    ("2027-01-17", None), ("2027-01-23", ["2027春节"]), ("2027-02-21", ["2027春节"]), ("2027-02-27", None),
    ("2027-02-06", None), ("2027-02-07", None),  # statutory days of the Spring Festival, on a weekend
    ("2027-02-08", None), ("2027-02-09", None),  # no weekend
    ("2027-05-02", None),  # a statutory day of Labour Day
    ("2027-09-18", ["2027中秋节", "2027国庆节"]), ("2027-10-17", ["2027国庆节"]), ("2027-10-23", None),
])  # fmt: skip
def test_which_weekend_days_can_become_make_up_days_and_for_which_festival(calendar, day, festivals):
    assert calendar.outlook(2027).candidates.get(D(day).toordinal()) == festivals


@pytest.mark.parametrize("start,n,pauses,earliest", [
    ("2026-12-31", 1, [], "2027-01-02"),  # the Saturday may be worked, New Year's Day itself never
    ("2026-12-31", 2, [], "2027-01-03"),
    ("2026-12-31", 3, [], "2027-01-04"),  # two make-up days and no third
    ("2026-12-31", 8, [], "2027-01-11"),
    ("2026-12-31", 1, [("2027-01-01", "2027-01-05")], "2027-01-06"),  # a pause holds a make-up day back as well
    ("2026-12-31", 4, [("2027-01-01", "2027-01-05")], "2027-01-09"),  # and does not use it up
    ("2027-02-04", 1, [], "2027-02-09"),  # statutory days on a weekend are never worked
    ("2027-02-04", 5, [], "2027-02-13"),
])  # fmt: skip
def test_the_earliest_day_by_hand(calendar, start, n, pauses, earliest):
    held = [(D(a).toordinal(), D(b).toordinal()) for a, b in pauses]
    assert date.fromordinal(calendar.outlook(2027).earliest(D(start).toordinal(), n, held)) == D(earliest)


def test_a_festival_of_each_year_has_make_up_days_of_its_own(calendar):
    looked, start = calendar.outlook(2028), D("2026-12-31").toordinal()
    # Seven festivals of 2027 with two make-up days each, and from mid December on the New Year of 2028 as well.
    for n, more in ((255, 2 * 7), (265, 2 * 8)):
        assert looked.line.count(looked.earliest(start, n), looked.line.add(start, n)) == more


def test_far_beyond_the_last_notice_is_refused(calendar):
    with pytest.raises(UnknownYear):
        calendar.project(D("2026-12-01"), 4000)
    with pytest.raises(UnknownYear):
        calendar.fact(D("2040-01-01"))


def test_before_the_first_notice_is_refused(calendar):
    with pytest.raises(UnknownYear):
        calendar.project(D("2007-12-01"), 30)


def test_the_line_through_a_day_is_the_published_one_as_long_as_that_reaches(calendar):
    until = calendar.published_until
    assert calendar.line_through(until) is calendar.line
    beyond = calendar.line_through(until + timedelta(days=1))
    assert beyond is calendar.outlook(until.year + 1).line
    assert beyond.count(until.toordinal(), until.toordinal() + 366) > 200

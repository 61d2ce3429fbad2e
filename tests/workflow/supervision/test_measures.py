"""Performance measures are quotients of what sheets count, weighed by data; a measure that could not be taken weighs nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from law.annual.errors import Unreadable
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County
from tests.workflow.supervision.test_filings import parameter
from workflow.annual.measures import FILE, Taken, performances, read_performances, score
from workflow.annual.statistics import Months
from workflow.selectors.measures import performance
from workflow.supervision.trend import draw_trend

ON = dt.date(2026, 6, 3)


def taken(name: str, of: int, per: int) -> Taken:
    return Taken({one.id: one for one in performances()}[name], of, per)


@pytest.mark.parametrize(
    ("name", "of", "per", "shown", "points"),
    [
        ("on_time", 37, 37, "100%", 100),
        ("on_time", 36, 37, "97.3%", 73.0),
        ("on_time", 9999, 10000, "99.9%", 99.9),
        ("on_time", 1, 2, "50%", 0),
        ("on_time", 0, 0, "—", None),
        ("working_days", 30, 2, "15", 50),
        ("working_days", 50, 2, "25", 0),
        ("corrected_litigation", 0, 3, "0%", 100),
        ("reopened", 1, 20000, "＜0.1%", 99.9),
        ("lint", 3, 2, "1.5", 50),
    ],
)
def test_values_and_points(name: str, of: int, per: int, shown: str, points: float | None) -> None:
    one = taken(name, of, per)
    assert one.shown == shown
    assert one.points == (points if points is None else pytest.approx(points, abs=0.1))


def test_the_score_weighs_what_could_be_taken() -> None:
    assert score([taken("on_time", 1, 1), taken("portal", 0, 5)]) == pytest.approx(100 * 30 / 35, abs=0.1)
    assert score([taken("on_time", 1, 1), taken("portal", 0, 0)]) == 100
    assert score([taken("on_time", 0, 0)]) is None


def test_what_nothing_answers_to_is_refused() -> None:
    text = FILE.read_text(encoding="utf-8")
    for old, new in (('measure = "in_time"', 'measure = "soon"'), ("full = 1.0", "full = 0.9"), ('unit = "days"', 'unit = "hours"'), ("weight = 30", "")):  # fmt: skip
        with pytest.raises(Unreadable):
            read_performances(text.replace(old, new, 1))
    for own in (5, {"weight": "much"}, {"colour": 1}, {"weight": True}, {"weight": -1}):
        with pytest.raises(Unreadable):
            performances()[0].own(own)


@pytest.mark.django_db
@pytest.mark.databases
def test_offices_add_up_and_the_trend_ends_with_the_period(county: County) -> None:
    for place, office in enumerate(county.offices):
        fill(office, 60, seed=80 + place)
    shown = performance(county.supervisor, Months(2026, 5, 5), on=ON, chosen="portal")
    for place, whole in enumerate(shown.whole.taken):
        assert (whole.of, whole.per) == (
            sum(one.taken[place].of for one in shown.offices), sum(one.taken[place].per for one in shown.offices)
        )  # fmt: skip
    chosen = next(one for one in shown.whole.taken if one.performance.id == "portal")
    assert chosen.per > 0
    assert (len(shown.trend_months), shown.trend_months[-1]) == (12, "2026年5月")
    assert (shown.trend[0].taken[-1].of, shown.trend[0].taken[-1].per) == (chosen.of, chosen.per)
    parameter(county, "measures.portal", {"weight": 70, "full": 0.5})
    again = performance(county.supervisor, Months(2026, 5, 5), on=ON, chosen="portal")
    own = next(one for one in again.offices[0].taken if one.performance.id == "portal").performance
    assert (own.weight, own.full, own.none) == (70, 0.5, 0.2)
    earlier = performance(county.supervisor, Months(2025, 12, 12), on=ON, chosen="portal")
    assert all(
        one.performance.weight == 5 for one in earlier.offices[0].taken if one.performance.id == "portal"
    )


@pytest.mark.django_db
def test_a_closed_office_stays_in_the_months_it_worked(county: County) -> None:
    for place, office in enumerate(county.offices):
        fill(office, 60, seed=80 + place)
    months = Months(2026, 5, 5)
    before = performance(county.supervisor, months, on=ON, chosen="portal")
    county.offices[1].__class__.objects.filter(pk=county.offices[1].pk).update(is_active=False)
    after = performance(county.supervisor, months, on=ON, chosen="portal")
    assert after.whole == before.whole
    assert [one.name for one in after.offices] == [one.name for one in before.offices]
    assert after.trend == before.trend
    county.offices[0].__class__.objects.create(
        code="qy-none", name="清源县从未收件的局", doc_code="清无", kind="department", level="county",
        parent=county.government, is_active=False,
    )  # fmt: skip
    shown = performance(county.supervisor, months, on=ON, chosen="portal")
    assert "清源县从未收件的局" not in [one.name for one in shown.offices]


def test_a_month_without_a_value_breaks_the_line() -> None:
    drawn = draw_trend(
        "按期办结率",
        ["1月", "2月", "3月", "4月"],
        [1.0, None, 0.5, 1.0],
        ["100%", "—", "50%", "100%"],
        percent=True,
    )
    assert drawn is not None
    assert (len(drawn.points), len(drawn.pieces)) == (3, 1)
    assert "2月—" in drawn.description
    assert draw_trend("按期办结率", ["1月"], [None], ["—"], percent=True) is None

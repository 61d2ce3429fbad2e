"""The annual tables are a plain recount of the events, add up for every period, and every cell opens to its cases."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from law.annual.figures import Figures
from law.annual.layout import ALL, layout
from law.annual.rules import check
from law.annual.tally import Period, add
from tests.workflow.supervision.annual_histories import FIRST, LAST, Plain, Told, fill, read_events, recount
from tests.workflow.supervision.conftest import County
from workflow.models import Case, Item
from workflow.selectors import annual

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
YEAR = 2025


def periods(rng: random.Random, count: int) -> list[Period]:
    """Draw periods cut anywhere, the whole year first."""
    days = (LAST - FIRST).days
    found = [Period.of_year(YEAR)]
    while len(found) < count:
        first = FIRST + dt.timedelta(days=rng.randrange(days))
        found.append(Period(first, first + dt.timedelta(days=rng.randrange(120))))
    return found


def filled(county: County, count: int, seed: int) -> dict[int, Told]:
    told: dict[int, Told] = {}
    for place, office in enumerate(county.offices):
        told |= fill(office, count // len(county.offices), seed * 100 + place)
    return told


def same_as_by_hand(county: County, cases: list[Plain], period: Period) -> Figures:
    """Compare one period's tables with the recount, and ask the rules of them."""
    counted = annual.figures(county.offices, period, YEAR)
    table3, table4 = recount(period, cases)
    for row in layout().rows:
        for column in layout().columns:
            assert counted.cell(row, column.id).value == table3[row, column.id], (period, row, column.id)
    for road in layout().roads:
        for result in layout().results:
            assert counted.remedy(road.id, result.id).value == table4[road.id, result.id]
    assert [finding for finding in check(counted) if finding.blocks] == []
    return counted


def lists_have_their_count(
    county: County, counted: Figures, period: Period, cells: list[tuple[str, str]]
) -> None:
    for row, column in cells:
        pks = annual.case_ids(county.offices, period, row, {column})
        assert len(pks) == len(set(pks)) == counted.cell(row, column).value, (period, row, column)
        if column != ALL:
            kinds = set(Case.objects.filter(pk__in=pks).values_list("applicant_kind", flat=True))
            assert kinds <= {column}


def every_cell() -> list[tuple[str, str]]:
    return [(row, column.id) for row in layout().rows for column in layout().columns]


def test_tables_and_lists_of_random_histories(county: County) -> None:
    """150 histories: tables, rules and lists for periods cut anywhere."""
    cases = read_events(filled(county, 150, seed=1))
    rng = random.Random(1)
    for place, period in enumerate(periods(rng, 12)):
        counted = same_as_by_hand(county, cases, period)
        cells = every_cell() if place == 0 else rng.sample(every_cell(), 8)
        lists_have_their_count(county, counted, period, cells)
        for road in layout().roads:
            for result in layout().results:
                behind = annual.remedies_behind(county.offices, period, road.id, result.id)
                assert len(behind) == counted.remedy(road.id, result.id).value


def test_a_case_without_an_item_is_counted_and_listed_once(county: County) -> None:
    filled(county, 40, seed=3)
    bare = Case.objects.filter(replied_on__isnull=False, reopenings__isnull=True).order_by("pk")[0]
    Item.objects.filter(case=bare).delete()
    Case.objects.filter(pk=bare.pk).update(outcomes="")
    period = Period(FIRST, LAST)
    counted = annual.figures(county.offices, period, YEAR)
    lists_have_their_count(county, counted, period, every_cell())
    assert bare.pk in annual.case_ids(county.offices, period, "other_3", [bare.applicant_kind])


def test_what_is_carried_out_is_carried_in(county: County) -> None:
    """R4 holds between any two periods that meet, column by column."""
    filled(county, 100, seed=2)
    rng = random.Random(2)
    for _ in range(6):
        cut = FIRST + dt.timedelta(days=rng.randrange(60, 700))
        before = annual.figures(county.offices, Period(FIRST, cut), YEAR - 1)
        after = annual.figures(county.offices, Period(cut + dt.timedelta(days=1), LAST), YEAR)
        after.previous = before
        assert [finding for finding in check(after) if finding.blocks] == []
        for column in layout().columns:
            assert before.cell("carried_out", column.id) == after.cell("carried_in", column.id)


def test_months_add_up_to_the_year_and_offices_to_the_county(county: County) -> None:
    filled(county, 120, seed=3)
    year = annual.figures(county.offices, Period.of_year(YEAR), YEAR)
    months = [annual.figures(county.offices, Period.of_month(YEAR, month), YEAR) for month in range(1, 13)]
    for row in ("new", "total", *(leaf.id for leaf in layout().leaves)):
        for column in layout().columns:
            assert (
                sum(month.cell(row, column.id).value or 0 for month in months)
                == year.cell(row, column.id).value
            )
    for column in layout().columns:
        assert months[0].cell("carried_in", column.id) == year.cell("carried_in", column.id)
        assert months[-1].cell("carried_out", column.id) == year.cell("carried_out", column.id)
    whole = add((annual.figures([office], Period.of_year(YEAR), YEAR) for office in county.offices), YEAR)
    assert {k: {c: v.value for c, v in cells.items()} for k, cells in whole.table3.items()} == {
        k: {c: v.value for c, v in cells.items()} for k, cells in year.table3.items()
    }
    assert {k: {c: v.value for c, v in cells.items()} for k, cells in whole.table4.items()} == {
        k: {c: v.value for c, v in cells.items()} for k, cells in year.table4.items()
    }


@pytest.mark.slow
def test_two_thousand_histories(county: County) -> None:
    cases = read_events(filled(county, 2000, seed=4))
    rng = random.Random(4)
    for period in periods(rng, 30):
        counted = same_as_by_hand(county, cases, period)
        lists_have_their_count(county, counted, period, rng.sample(every_cell(), 20))

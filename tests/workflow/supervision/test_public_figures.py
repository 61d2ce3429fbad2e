"""What the public sees: no small number, and none that can be worked out from what is shown."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from office.models import Office
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County
from workflow.annual.withhold import hidden, publish
from workflow.selectors import public_figures

LEAST = 3
SMALL = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=3), min_size=2, max_size=3).filter(
    lambda table: len({len(row) for row in table}) == 1
)


def tables_like(
    cells: list[list[int]], withheld: frozenset[tuple[int, int]]
) -> list[dict[tuple[int, int], int]]:
    """List by brute force every filling of the withheld cells that agrees with all totals and shown cells."""
    places = sorted(withheld)
    bounds = [range(min(sum(cells[r]), sum(row[c] for row in cells)) + 1) for r, c in places]
    found = []
    for numbers in itertools.product(*bounds):
        filled = dict(zip(places, numbers, strict=True))
        rows = all(
            sum(filled.get((r, c), cell) for c, cell in enumerate(row)) == sum(row)
            for r, row in enumerate(cells)
        )
        if rows and all(
            sum(filled.get((r, c), row[c]) for r, row in enumerate(cells)) == sum(row[c] for row in cells)
            for c in range(len(cells[0]))
        ):
            found.append(filled)
    return found


@settings(max_examples=60)
@given(cells=SMALL)
def test_no_withheld_cell_can_be_worked_out(cells: list[list[int]]) -> None:
    """By brute force: whatever is withheld could also be another number, unless everything is withheld."""
    withheld = hidden(cells, least=LEAST)
    assert {(r, c) for r, row in enumerate(cells) for c, n in enumerate(row) if 0 < n < LEAST} <= withheld
    if len(withheld) == len(cells) * len(cells[0]) or len(withheld) > 6:
        return
    fillings = tables_like(cells, withheld)
    for place in withheld:
        assert len({filled[place] for filled in fillings}) > 1, (cells, place)


def test_one_small_cell_takes_three_others_along() -> None:
    withheld = hidden([[1, 20, 30], [10, 40, 50], [12, 22, 32]], least=5)
    assert (0, 0) in withheld
    assert len(withheld) == 4


def test_small_rows_are_put_together_and_totals_stay() -> None:
    made = publish(
        ["甲", "乙", "丙", "丁"], ["公开", "不予公开"], [[30, 12], [2, 1], [0, 1], [50, 9]], least=5, rest=("其他机关", "其他")
    )  # fmt: skip
    assert made is not None
    assert "乙" not in made.rows
    assert made.rows[-1] == "其他机关"
    assert (made.total, sum(made.row_totals), sum(made.column_totals)) == (105, 105, 105)
    assert all(total >= 5 for total in (*made.row_totals, *made.column_totals))
    assert publish(["甲"], ["公开"], [[3]], least=5, rest=("其他机关", "其他")) is None


@settings(max_examples=200)
@given(
    cells=st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=8),
    least=st.integers(2, 10),
)
def test_nothing_small_is_ever_shown(cells: list[list[int]], least: int) -> None:
    names = [f"机关{n}" for n in range(len(cells))]
    made = publish(names, list("甲乙丙丁"), cells, least=least, rest=("其他机关", "其他"))
    if made is None:
        assert sum(map(sum, cells)) < least
        return
    shown = [n for row in made.cells for n in row if n is not None]
    assert not [n for n in (*shown, *made.row_totals, *made.column_totals) if 0 < n < least]
    assert made.total == sum(map(sum, cells))


@pytest.mark.django_db
@pytest.mark.databases
def test_the_page_asks_nobody_in_and_asks_the_database_once(county: County, client: Client) -> None:
    cache.clear()
    for place, office in enumerate(county.offices):
        fill(office, 60, seed=90 + place)
    answer = client.get("/figures/?year=2025")
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    shown = public_figures.year_figures(2025, on=dt.date(2026, 7, 8))
    public = [table.public for table in shown.tables if table.public is not None]
    assert public
    for table in public:
        assert not [n for row in table.cells for n in row if n is not None and 0 < n < 5]
    # A year that is over stays as it was when an office is closed.
    cache.clear()
    Office.objects.filter(pk=county.offices[0].pk).update(is_active=False)
    assert public_figures.year_figures(2025, on=dt.date(2026, 7, 8)) == shown
    with CaptureQueriesContext(connection) as seen:
        client.get("/figures/?year=2025")
    assert len(seen) <= 1
    for wrong in ("2026", "1999", "x", "²"):
        assert client.get("/figures/", {"year": wrong}).status_code == 404
    cache.clear()

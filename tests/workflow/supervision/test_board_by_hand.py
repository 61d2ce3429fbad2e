"""Every number of the board, against a count by hand of random cases on random days, and against its own list."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict

import pytest

from office.models import User
from tests.workflow.supervision.by_hand import AHEAD, ByHand
from tests.workflow.supervision.conftest import County, make_county
from workflow.models import Case
from workflow.selectors import board as boards
from workflow.selectors.board import Scope, Wanted
from workflow.selectors.boards import flow, views
from workflow.selectors.boards.held import age_of
from workflow.selectors.boards.lists import case_list
from workflow.selectors.boards.table import Table, View
from workflow.selectors.boards.wanted import chosen

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
# An ordinary day, the eve of 国庆节, and one whose terms reach beyond the last notice of holidays.
DAYS = (dt.date(2026, 7, 8), dt.date(2026, 9, 30), dt.date(2026, 12, 28))


def filled(on: dt.date, number: int, seed: int) -> County:
    county = make_county()
    county.fill(number, seed=seed, on=on)
    return county


def table(view: View, key: str) -> Table:
    return next(one for one in view.tables if one.key == key)


def check(county: County, user: User, on: dt.date, *, lists: bool) -> None:
    """Compare every view of a county on a day with a count by hand."""
    hand = ByHand(list(Case.objects.all()), county.histories, on)
    board = boards.board(user, on=on)
    by_unit: Counter[tuple[int, int, str]] = Counter()
    for (office, unit, _, where), n in hand.standing.items():
        by_unit[office, unit, where] += n
    assert by_unit == {
        (line.office, line.unit, where): n
        for office in board.offices for line in office.units for where, n in line.counts.items() if n
    }  # fmt: skip
    assert board.total.provisional == hand.provisional
    late = {("with", moved): n for moved, n in board.total.covered.items()}
    late |= {("without", moved): n for moved, n in board.total.uncovered.items()}
    assert late == hand.late
    assert {reason: (one.cases, one.days, one.most) for reason, one in board.waiting.items()} == {
        reason: (len(held), sum(held), max(held)) for reason, held in hand.waiting.items()
    }
    for office in county.offices:
        here = boards.board(user, on=on, scope=Scope(office.pk))
        assert {
            (line.office, line.unit, line.person, where): n
            for line in here.people for where, n in line.counts.items() if n
        } == {key: n for key, n in hand.standing.items() if key[0] == office.pk}  # fmt: skip
        _hands(views.stages(user, Scope(office.pk), on=on), hand, office.pk)
    _stages(views.stages(user, Scope(), on=on), hand)
    _dates(views.late(user, Scope(), on=on), hand)
    _forecast(views.outlook(user, Scope(), on=on), hand)
    for ahead in AHEAD:
        assert set(pks(user, Wanted(ahead=ahead), on)) == hand.overdue_after[ahead]
        assert set(pks(user, Wanted(ahead=ahead, pace=True), on)) == hand.paced(ahead)
    _flow(views.movement(user, Scope(), on=on), on)
    _load(views.people(user, Scope(county.offices[0].pk), on=on), hand, county.offices[0].pk)
    if lists:
        for scope in (Scope(), Scope(county.offices[0].pk)):
            for make in (views.late, views.stages, views.people, views.movement, views.outlook):
                _opens(make(user, scope, on=on), user, on)
        for line in (board.total, *(unit for office in board.offices for unit in office.units)):
            for cell in boards.lines_table(board).rows[-1].cells:
                assert cell.wanted is not None
                assert chosen(user, cell.wanted, on=on).count() == cell.value
            assert line.total == chosen(user, Wanted().at(line.scope), on=on).count()
        for row in boards.waiting_table(board).rows:
            assert row.cells[0].wanted is not None
            assert chosen(user, row.cells[0].wanted, on=on).count() == row.cells[0].value


def pks(user: User, wanted: Wanted, on: dt.date) -> list[int]:
    return list(chosen(user, wanted, on=on).values_list("pk", flat=True))


def _stages(view: View, hand: ByHand) -> None:
    labels = {one: str(boards_label(one)) for one in hand.stages}
    told = {row.name: [cell.value for cell in row.cells][1:] for row in table(view, "stages").rows}
    for state, held in hand.stages.items():
        ages = Counter(age_of(days) for days in held)
        mean = round(sum(held) / len(held), 1)
        assert told.pop(labels[state]) == [*(ages[n] for n in range(4)), len(held), mean, max(held)], state
    assert told == {}


def boards_label(state: str) -> str:
    from workflow.machine import State

    return State(state).label


def _hands(view: View, hand: ByHand, office: int) -> None:
    for key, counted in (("hands-unit_id", hand.units), ("hands-handler_id", hand.people)):
        told = {
            tuple(part for part in (row.scope.office, row.scope.unit, row.scope.person) if part is not None):
                tuple(cell.value for cell in row.cells)
            for row in table(view, key).rows if row.scope
        }  # fmt: skip
        assert told == {
            place: (len(held), round(sum(held) / len(held), 1), max(held))
            for place, held in counted.items() if place[0] == office
        }  # fmt: skip


def _dates(view: View, hand: ByHand) -> None:
    told: Counter[tuple[str, str]] = Counter()
    for row in table(view, "dates").rows:
        for cell in row.cells:
            assert cell.wanted is not None
            assert isinstance(cell.value, int)
            told[cell.wanted.original, cell.wanted.standing] += cell.value
    assert +told == hand.dates


def _forecast(view: View, hand: ByHand) -> None:
    total = [cell.value for cell in table(view, "forecast").rows[-1].cells]
    now = sum(n for key, n in hand.standing.items() if key[-1] == "overdue")
    expected = [now]
    for ahead in AHEAD:
        expected += [len(hand.overdue_after[ahead]), len(hand.paced(ahead))]
    assert total == [*expected, hand.finished.total()]


def _flow(view: View, on: dt.date) -> None:
    rows = table(view, "flow").rows
    monday = on - dt.timedelta(days=on.weekday())
    cases = list(Case.objects.filter(received_on__isnull=False))
    for back, row in enumerate(reversed(rows)):
        first = monday - dt.timedelta(weeks=back)
        last = min(first + dt.timedelta(days=6), on)
        came = [case for case in cases if case.received_on and first <= case.received_on <= last]
        left = Counter(_result(case) for case in cases if case.closed_on and first <= case.closed_on <= last)
        there = [
            case for case in cases
            if case.received_on and case.received_on <= last and (case.closed_on is None or case.closed_on > last)
        ]  # fmt: skip
        assert [cell.value for cell in row.cells] == [
            len(came), *(left[result] for result in flow.RESULTS), left.total(), len(there),
        ]  # fmt: skip


def _result(case: Case) -> str:
    if case.completed_on is None:
        return "ended"
    assert case.due_on
    assert case.original_due_on
    if case.completed_on > case.due_on:
        return "late"
    return "extended" if case.completed_on > case.original_due_on else "met"


def _load(view: View, hand: ByHand, office: int) -> None:
    wanted: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (place, unit, person, _), n in hand.standing.items():
        if place == office:
            wanted[unit, person] += n
    told = {
        (row.scope.unit, row.scope.person): row.cells[-2].value
        for row in table(view, "people").rows if row.scope and row.cells[-2].value
    }  # fmt: skip
    assert told == wanted


def _opens(view: View, user: User, on: dt.date) -> None:
    """Every number that is a link opens to a list of exactly so many cases."""
    for one in view.tables:
        for row in one.rows:
            for cell in row.cells:
                if cell.wanted is not None:
                    assert chosen(user, cell.wanted, on=on).count() == cell.value, (
                        one.key,
                        row.name,
                        cell.wanted,
                    )


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_board_equals_a_count_by_hand(on: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", on.isoformat())
    county = filled(on, 120, seed=on.toordinal())
    check(county, county.supervisor, on, lists=True)
    assert boards.board(county.supervisor, on=on).total.provisional > 0 or on.month != 12


@pytest.mark.slow
@pytest.mark.parametrize("start", [dt.date(2026, 6, 30), dt.date(2026, 11, 30)], ids=str)
def test_the_board_equals_a_count_by_hand_on_thirty_days(
    start: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand cases, looked at on fifteen days from each of two starts, one before a year without notice."""
    rng = random.Random(start.toordinal())
    monkeypatch.setenv("DEMO_TODAY", start.isoformat())
    county = filled(start, 2000, seed=start.toordinal())
    for ahead in [0, *sorted(rng.sample(range(1, 45), 14))]:
        on = start + dt.timedelta(days=ahead)
        monkeypatch.setenv("DEMO_TODAY", on.isoformat())
        check(county, county.supervisor, on, lists=ahead == 0)


def test_a_paced_list_is_paged_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    on = DAYS[0]
    monkeypatch.setenv("DEMO_TODAY", on.isoformat())
    county = filled(on, 120, seed=5)
    wanted = Wanted(ahead=20, pace=True)
    whole = [row.id for row in case_list(county.supervisor, on=on, wanted=wanted, size=500).rows]
    assert whole
    seen: list[int] = []
    after = ""
    while True:
        page = case_list(county.supervisor, on=on, wanted=wanted, after=after, size=3)
        seen += [row.id for row in page.rows]
        after = page.following
        if not after:
            break
    assert seen == whole

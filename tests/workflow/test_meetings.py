"""Pairs of acts that meet on one case: one outcome, the loser told why, no lock-up, and how long anybody waited."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection

from tests.workflow.actors_process import Actors, acting_process
from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
    signing,
)
from tests.workflow.model.driver import Chance, arguments
from tests.workflow.races import Answer, Press, assert_no_gap, assert_one_story, exclusive, meetings, race
from workflow.actions import request_supplement, serve
from workflow.machine import ACTS, State
from workflow.models import Case
from workflow.permissions import why_not

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
LATER = DAY + dt.timedelta(days=60)


def supplementing(town: Town) -> Case:
    case = registered(town, service="counter", channel="counter")
    return request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="内容不明确", guidance="请写明", days=15
    )


def notice_served(town: Town) -> Case:
    case = supplementing(town)
    return serve.record_delivery(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), paper_id=case.unserved_papers()[0].pk, channel="counter",
        sent_on=DAY, signed_on=DAY,
    )  # fmt: skip


def served(town: Town) -> Case:
    case = replied(town)
    way = {"channel": "counter", "sent_on": DAY, "signed_on": DAY}
    return serve.serve(seal=SEALED, case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), **way)


#: How to come to a state; a state that is not here is met only through others.
MAKERS: dict[State, Callable[[Town], Case]] = {
    State.SUBMITTED: file_case, State.REGISTERED: registered, State.SUPPLEMENTING: notice_served,
    State.HANDLING: handled, State.REVIEWING: reviewing, State.SIGNING: signing, State.REPLIED: replied,
    State.SERVED: served,
}  # fmt: skip
#: The meetings that matter most: act and act, where the case stands, on which day.
NAMED: dict[str, tuple[str, str, Callable[[Town], Case], dt.date]] = {
    "sign and withdraw": ("sign", "withdraw", signing, DAY),
    "assign and assign": ("assign", "assign", registered, DAY),
    "extend and reply": ("extend", "sign", signing, DAY),
    "supplement and lapse": ("receive_supplement", "lapse", notice_served, LATER),
    "serve and serve": ("serve", "serve", replied, DAY),
}


@pytest.fixture
def town() -> Town:
    found = make_town()
    for role in ("allocator", "intake", "signatory", "head", "archivist"):
        found.people[f"second_{role}"] = add_person(found, role)
    found.people["other_handler"] = add_person(found, "handler", unit=found.other_unit)
    return found


@pytest.fixture
def actors() -> Iterator[Actors | None]:
    """Processes on SQLite, where threads of one process would share its locks; threads on PostgreSQL."""
    with acting_process() if connection.vendor == "sqlite" else nullcontext() as found:
        yield found


def press(act: str, town: Town, case: Case, day: dt.date, not_by: Any = None) -> Press | None:
    """Choose who does an act, another person than the first where there is one; None where nobody can."""
    able = [one for one in town.people.values() if why_not(case, act, by=one, on=day) is None]
    if not able:
        return None
    by = next((one for one in able if one != not_by), able[0])
    return Press(act, by, arguments(act, town, case, on=day, chance=Chance(0, careless=False)))


def meet(
    town: Town, case: Case, acts: tuple[str, str], day: dt.date, actors: Actors | None
) -> list[Answer] | None:
    case = Case.objects.select_related("office", "handler").get(pk=case.pk)
    first = press(acts[0], town, case, day)
    second = press(acts[1], town, case, day, first.by if first else None)
    if first is None or second is None:
        return None
    before = State(case.state)
    answers = race(case, [first, second], day, actors)
    only_one = exclusive(*acts, before)
    assert_one_story(case, before, answers, somebody=only_one)
    if only_one:
        assert [answer.done for answer in answers].count(True) == 1, answers
        loser = next(answer for answer in answers if not answer.done)
        assert loser.code in ("wrong_state", "stale"), loser
    return answers


def told(waits: list[float]) -> str:
    """Write how long people waited, which no test asserts."""
    ordered = statistics.quantiles(waits, n=100) if len(waits) > 1 else waits * 99
    return f"{len(waits)} acts, waited p50 {ordered[49]:.3f} s, p99 {ordered[98]:.3f} s"


def named(
    town: Town, actors: Actors | None, name: str, rounds: int, record: Callable[[str, object], None]
) -> None:
    one, other, make, day = NAMED[name]
    waits: list[float] = []
    for _ in range(rounds):
        answers = meet(town, make(town), (one, other), day, actors)
        assert answers is not None, f"{name}: somebody could not even try"
        waits += [answer.waited for answer in answers]
    assert_no_gap(town)
    record(name, told(waits))


@pytest.mark.parametrize("name", NAMED)
def test_two_who_meet_have_one_outcome(
    town: Town, actors: Actors | None, name: str, record_property: Callable[[str, object], None]
) -> None:
    named(town, actors, name, 3, record_property)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMED)
def test_two_who_meet_thirty_times(
    town: Town, actors: Actors | None, name: str, record_property: Callable[[str, object], None]
) -> None:
    named(town, actors, name, 30, record_property)


#: So many tests share the pairs of a state, that no process is left alone with the longest.
SHARES = 4


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("state", MAKERS)
def test_every_other_pair_that_can_meet(
    town: Town,
    actors: Actors | None,
    state: State,
    share: int,
    record_property: Callable[[str, object], None],
) -> None:
    """Two rounds of each pair of acts, in every state where both can be tried."""
    waits: list[float] = []
    met = 0
    for number, (one, other, where) in enumerate(meetings()):
        if number % SHARES != share:
            continue
        if where != state or (one, other) in {(a, b) for a, b, *_ in NAMED.values()}:
            continue
        for _ in range(2):
            answers = meet(town, MAKERS[state](town), (one, other), DAY, actors)
            if answers is None:
                break
            met += 1
            waits += [answer.waited for answer in answers]
    assert_no_gap(town)
    record_property(str(state), f"{met} meetings, {told(waits) if waits else ''}")


def test_what_meets_is_drawn_from_the_machine() -> None:
    """Every act of a person is in some pair, so that a new act is raced as well."""
    paired = {act for one, other, _ in meetings() for act in (one, other)}
    assert paired == {name for name, row in ACTS.items() if row.by - {"applicant", "system", "consulted"}}

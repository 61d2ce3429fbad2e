"""A decision over many cases and a single act meet on one case: one of them does it, the other is told why."""

from __future__ import annotations

import base64
import pickle
import time
import uuid

import pytest

from office import journal
from office.models import JournalEntry
from tests.workflow.actors_process import Actors, acting_process
from tests.workflow.factories import DAY, Town, add_person, at, make_town, registered
from workflow.bulk import running, starting
from workflow.models import BulkLine, Case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
#: Seconds by which the single act comes later than the bulk, so that it meets another case of it each time.
DELAYS = (0.0, 0.04, 0.08)


@pytest.mark.parametrize("rounds", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_a_bulk_and_a_single_assignment(rounds: int) -> None:
    town = make_town()
    town.people["second_allocator"] = add_person(town, "allocator")
    town.people["other_handler"] = add_person(town, "handler", unit=town.other_unit)
    with acting_process() as actors:
        won = [_meet(town, actors, DELAYS[n % len(DELAYS)]) for n in range(rounds)]
    assert len(won) == rounds
    assert set(won) <= {"bulk", "single"}


def _meet(town: Town, actors: Actors, delay: float) -> str:
    cases = [registered(town) for _ in range(3)]
    wanted = cases[1]
    bulk = starting.start(
        kind="assign", office_id=town.office.pk, case_ids=[case.pk for case in cases],
        given={"unit": town.unit.pk, "handler": town.handler.pk}, by=town.allocator, on=DAY, now=at(DAY),
        act_id=uuid.uuid4(),
    )  # fmt: skip
    other = {"unit_id": town.other_unit.pk, "handler_id": town.people["other_handler"].pk}
    instant = time.time() + 0.1
    actors.send(
        act="assign.assign", case=wanted.pk, by=town.people["second_allocator"].pk, on=DAY.isoformat(),
        start_at=instant + delay, pickled=base64.b64encode(pickle.dumps(other)).decode("ascii"),
    )  # fmt: skip
    time.sleep(max(0.0, instant - time.time()))
    running.run(bulk.pk, now=at(DAY))
    single = actors.answer()
    assert "crashed" not in single, single
    lines = list(bulk.lines.order_by("seq"))
    assert [lines[0].status, lines[2].status] == [BulkLine.Status.DONE] * 2
    by_bulk = lines[1].status == BulkLine.Status.DONE
    assert by_bulk != bool(single.get("done")), (lines[1].status, lines[1].message, single)
    assert single["message"] if by_bulk else lines[1].message
    fresh = Case.objects.get(pk=wanted.pk)
    assert fresh.handler_id == (town.handler.pk if by_bulk else other["handler_id"])
    for case in cases:
        lines_of = JournalEntry.objects.filter(subject=case.subject_ref)
        assert lines_of.filter(key="case.assign").count() == 1
        assert Case.objects.get(pk=case.pk).state == "handling"
        assert list(journal.verify(case.subject_ref)) == []
    return "bulk" if by_bulk else "single"

"""Two people at the same instant, and a power cut at any instant: one outcome, nothing half-done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from letters.models import NumberSeries, Paper
from office import journal
from office.errors import Refusal
from office.models import JournalEntry, OutboxMessage
from tests.workflow.actors_process import Actors, acting_process
from tests.workflow.factories import DAY, Town, add_person, at, make_town, replied, signing
from workflow.actions import sign
from workflow.models import Case, ClockEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
LOSER = {"wrong_state", "stale"}


def sign_command(case: Case, by: Any) -> dict[str, Any]:
    sha = case.current_draft().body_sha256
    return {
        "act": "sign.sign",
        "case": case.pk,
        "by": by.pk,
        "on": DAY.isoformat(),
        "with": {"seen_sha256": sha},
    }


def assert_signed_once(case: Case) -> None:
    fresh = Case.objects.get(pk=case.pk)
    assert fresh.state == "replied"
    assert Paper.objects.filter(subject_ref=case.subject_ref, kind__startswith="reply").count() == 1
    assert JournalEntry.objects.filter(subject=case.subject_ref, key="case.sign").count() == 1
    assert ClockEvent.objects.filter(case=case, type="replied").count() == 1
    assert list(journal.verify(case.subject_ref)) == []


def race_in_processes(rounds: int) -> None:
    town = make_town()
    second = add_person(town, "signatory")
    with acting_process() as actors:
        for _ in range(rounds):
            case = signing(town)
            connection.close()
            answers = actors.race(sign_command(case, town.signatory), sign_command(case, second))
            won = [answer for answer in answers if answer.get("done")]
            lost = [answer for answer in answers if not answer.get("done")]
            assert (len(won), len(lost)) == (1, 1), answers
            assert lost[0].get("refused") in LOSER, answers
            assert lost[0]["message"]
            assert_signed_once(case)
    assert_no_gap(town)


def race_in_threads(rounds: int) -> None:
    town = make_town()
    people = [town.signatory, add_person(town, "signatory")]
    for _ in range(rounds):
        case = signing(town)
        sha = case.current_draft().body_sha256
        barrier, said = threading.Barrier(2), []

        def press(person: Any, case: Case = case, sha: str = sha, barrier: threading.Barrier = barrier,
                  said: list[str] = said) -> None:  # fmt: skip
            try:
                barrier.wait(timeout=10)
                sign.sign(case_id=case.pk, by=person, on=DAY, now=at(DAY), seen_sha256=sha)
                said.append("signed")
            except Refusal as refusal:
                said.append(refusal.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=press, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        said.remove("signed")
        assert len(said) == 1
        assert said[0] in LOSER
        assert_signed_once(case)
    assert_no_gap(town)


def assert_no_gap(town: Town) -> None:
    for series in NumberSeries.objects.filter(office=town.office):
        numbers = Paper.objects.filter(office=town.office, series=series.series, year=series.year)
        assert sorted(numbers.values_list("number", flat=True)) == list(range(1, series.last + 1))
    cases = Case.objects.filter(office=town.office).order_by("seq").values_list("seq", flat=True)
    assert list(cases) == list(range(1, len(cases) + 1))


def test_two_signatories_at_once() -> None:
    """Threads on PostgreSQL, processes on SQLite: one letter, one number, one entry; the loser is told."""
    race_in_threads(3) if connection.vendor == "postgresql" else race_in_processes(3)


@pytest.mark.slow
def test_two_signatories_at_once_many_times() -> None:
    """The same, fifty rounds."""
    race_in_threads(50) if connection.vendor == "postgresql" else race_in_processes(50)


def snapshot(case: Case) -> tuple[Any, ...]:
    """Everything that ``sign`` may touch."""
    fresh = Case.objects.get(pk=case.pk)
    return (
        fresh.state, fresh.version, fresh.replied_on,
        Paper.objects.count(), JournalEntry.objects.count(), ClockEvent.objects.count(),
        OutboxMessage.objects.count(), tuple(NumberSeries.objects.order_by("pk").values_list("series", "last")),
        tuple(open_task_rows(fresh)),
    )  # fmt: skip


def whole(before: tuple[Any, ...]) -> tuple[Any, ...]:
    """What ``sign`` makes of it, done whole: one paper, one entry, one event, one message, the next task."""
    papers, entries, events, messages, series, tasks = before[3:]
    signed = tuple((name, status if name != "sign" else "DONE") for name, status in tasks)
    return (
        "replied", before[1] + 1, DAY, papers + 1, entries + 1, events + 1, messages + 1,
        (*series, ("依复", 1)), (*signed, ("deliver", "NEW")),
    )  # fmt: skip


def open_task_rows(case: Case) -> list[tuple[str, str]]:
    from viewflow.workflow.models import Task

    tasks = Task.objects.filter(process__caseprocess__case=case).order_by("pk")
    return [(task.flow_task.name, task.status) for task in tasks]


def cut_everywhere(actors: Actors, town: Town, step: int) -> int:
    """Cut the power before every ``step``-th statement of ``sign``; return how many statements it has."""
    case = signing(town)
    command, before = sign_command(case, town.signatory), snapshot(case)
    connection.close()
    statement = step
    while True:
        actors.send(die_at=statement, **command)
        answer = actors.answer()
        if not answer.get("killed"):
            assert answer.get("done"), answer
            return statement
        after = snapshot(case)
        if after != before:
            # The cut came after the commit: then the act is done to its last row.
            assert after == whole(before), f"half-done after a cut before statement {statement}"
            return statement
        connection.close()
        statement += step


@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_a_power_cut_leaves_nothing_half_done(step: int) -> None:
    """Killed before any statement, the whole act is as if never begun, and the number goes to the next."""
    town = make_town()
    with acting_process() as actors:
        statements = cut_everywhere(actors, town, step)
        assert statements > 20
    assert_no_gap(town)
    later = replied(town)
    assert_signed_once(later)
    assert_no_gap(town)

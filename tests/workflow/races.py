"""Two people at one instant: pairs of acts that can meet, run in threads on PostgreSQL and in processes on SQLite."""

from __future__ import annotations

import base64
import pickle
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from letters.models import NumberSeries, Paper
from office import journal
from office.errors import Refusal
from office.models import JournalEntry, User
from tests.workflow.actors_process import Actors
from tests.workflow.factories import Town, at
from tests.workflow.model.driver import function_of
from workflow.drawing import ends
from workflow.machine import ACTS, State
from workflow.models import Case


@dataclass(frozen=True)
class Press:
    """One act one person is about to do."""

    act: str
    by: User
    given: dict[str, Any] = field(default_factory=dict)


@dataclass
class Answer:
    """What one of two people was told, and after how many seconds."""

    act: str
    done: bool = False
    code: str = ""
    message: str = ""
    crashed: str = ""
    waited: float = 0.0


def race(case: Case, presses: list[Press], day: Any, actors: Actors | None) -> list[Answer]:
    """Let two people act at the same instant and return what each was told."""
    connection.close()
    return _in_processes(case, presses, day, actors) if actors else _in_threads(case, presses, day)


def _in_threads(case: Case, presses: list[Press], day: Any) -> list[Answer]:
    barrier = threading.Barrier(len(presses))
    answers = [Answer(press.act) for press in presses]

    def go(press: Press, answer: Answer) -> None:
        function, fixed = function_of(press.act)
        try:
            barrier.wait(timeout=30)
            started = time.monotonic()
            try:
                function(case_id=case.pk, by=press.by, on=day, now=at(day), **fixed, **press.given)
                answer.done = True
            except Refusal as refusal:
                answer.code, answer.message = refusal.code, refusal.message
            answer.waited = time.monotonic() - started
        except Exception as error:  # noqa: BLE001 - whatever a thread met is what the test is about
            answer.crashed = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in zip(presses, answers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def _in_processes(case: Case, presses: list[Press], day: Any, actors: Actors) -> list[Answer]:
    commands = []
    for press in presses:
        function, fixed = function_of(press.act)
        module = function.__module__.rpartition(".")[2]
        packed = base64.b64encode(pickle.dumps(fixed | press.given)).decode("ascii")
        commands.append({
            "act": f"{module}.{function.__name__}", "case": case.pk, "by": press.by.pk, "on": day.isoformat(),
            "pickled": packed,
        })  # fmt: skip
    told = actors.race(*commands)
    return [
        Answer(
            press.act, bool(answer.get("done")), answer.get("refused", ""), answer.get("message", ""),
            answer.get("crashed", ""), answer.get("waited", 0.0),
        )
        for press, answer in zip(presses, told, strict=True)
    ]  # fmt: skip


def assert_one_story(case: Case, before: State, answers: list[Answer], *, somebody: bool = True) -> None:
    """Check that what is on record is what one after the other would have left, and that who lost was told why.

    Both may have been done where the second act may follow the first; never both where it may not.
    """
    told = [(answer.act, answer.done, answer.code, answer.crashed) for answer in answers]
    assert not any(answer.crashed for answer in answers), told
    for answer in answers:
        assert answer.done or answer.message, told
    won = [answer for answer in answers if answer.done]
    assert won or not somebody, told
    assert "busy" not in [answer.code for answer in answers], (
        f"a lock was waited for too long, or two locked up: {told}"
    )
    lines = list(
        JournalEntry.objects.filter(subject=case.subject_ref)
        .order_by("-seq")
        .values_list("key", "data")[: len(won)]
    )[::-1]
    assert sorted(key for key, _ in lines) == sorted(f"case.{answer.act}" for answer in won), told
    state = before
    for key, data in lines:
        row = ACTS[key.removeprefix("case.")]
        assert data["before"] == state, told
        assert state in row.source, told
        assert State(data["after"]) in ends(row, state), told
        state = State(data["after"])
    fresh = Case.objects.get(pk=case.pk)
    assert fresh.state == state, told
    assert fresh.version == case.version + len(won), told
    assert list(journal.verify(case.subject_ref)) == []


def exclusive(one: str, other: str, state: State) -> bool:
    """Tell whether the machine itself lets only one of two acts happen from a state, whichever comes first."""
    return all(
        end not in ACTS[second].source
        for first, second in ((one, other), (other, one))
        for end in ends(ACTS[first], state)
    )


def assert_no_gap(town: Town) -> None:
    """Check every number series of an office and its case numbers: from 1 on, each once."""
    for series in NumberSeries.objects.filter(office=town.office):
        numbers = Paper.objects.filter(office=town.office, series=series.series, year=series.year)
        assert sorted(numbers.values_list("number", flat=True)) == list(range(1, series.last + 1))
    cases = Case.objects.filter(office=town.office).order_by("seq").values_list("seq", flat=True)
    assert list(cases) == list(range(1, len(cases) + 1))


def meetings() -> Iterator[tuple[str, str, State]]:
    """Yield every two acts that may both be tried in one state by people, once, in the state where they first meet."""
    seen = set()
    for state in State:
        here = sorted(
            name
            for name, row in ACTS.items()
            if state in row.source and row.by - {"applicant", "system", "consulted"}
        )
        for place, one in enumerate(here):
            for other in here[place:]:
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other, state

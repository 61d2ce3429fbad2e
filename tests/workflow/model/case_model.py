"""A stateful model: random people do random acts on cases over random days, and after each everything must hold."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections import Counter
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from law.clock import evaluate
from letters.models import NumberSeries, Paper
from office import journal
from office.actors import Actor, SystemActor
from office.errors import Refusal
from office.models import JournalEntry
from tests.workflow.factories import DAY, Town, at
from tests.workflow.model.driver import Chance, do
from workflow import jobs, rules
from workflow.actors import ApplicantActor
from workflow.answering import consulted
from workflow.clock import CACHED
from workflow.drawing import ends
from workflow.machine import ACTS, ENDED, State
from workflow.models import Case, CaseProcess
from workflow.permissions import why_not
from workflow.review.quarantine import QUARANTINED

CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
picks = st.integers(0, 2**32)


class World:
    """What all runs of one test share: the town, its people, one case in each of several states."""

    def __init__(self, town: Town, foreign: Town, cases: list[Case]) -> None:
        self.town, self.foreign, self.cases = town, foreign, cases
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def people(self, case: Case) -> list[Actor]:
        """Return whoever may try something on a case: all roles, strangers, applicants, the system."""
        other = next(one for one in self.cases if one.pk != case.pk)
        asked = [row.pk for row in case.open_consultations() if row.office_id == self.foreign.office.pk]
        return [
            *(consulted(self.foreign.intake, letter) for letter in asked),
            *self.town.people.values(), *self.foreign.people.values(), ApplicantActor(case.pk, case.office_id),
            ApplicantActor(other.pk, case.office_id), SystemActor("test"),
        ]  # fmt: skip


class CaseModel(RuleBasedStateMachine):
    """Acts on a few cases of one office within one transaction, undone at the end of each run."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.day = DAY
        self.steps = 0
        self.atomic: Any = transaction.atomic()
        self.atomic.__enter__()
        self.touched: Case | None = None
        self.as_of: dict[int, dt.date] = {}
        self.did: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(first=picks, second=picks)
    def begin(self, first: int, second: int) -> None:
        """Choose two cases, so that numbers of one office are drawn for both in turn."""
        cases = self.world.cases
        first, second = self._stir(first), self._stir(second)
        one = first % len(cases)
        self.cases = [cases[one].pk, cases[(one + 1 + second % (len(cases) - 1)) % len(cases)].pk]

    @rule(which=st.booleans(), pick=picks, careless=st.booleans())
    def somebody_who_may(self, which: bool, pick: int, careless: bool) -> None:
        """Do an act that somebody may do now, mostly with sensible arguments."""
        case, number = self._case(which), self._stir(pick)
        people = self.world.people(case)
        here = [name for name, act in ACTS.items() if State(case.state) in act.source]
        # A run that withdraws or files at once sees little of the machine: such acts are drawn less often.
        often = [
            name
            for name in here
            for _ in range(1 if ACTS[name].target in ENDED or len(ACTS[name].source) > 3 else 5)
        ]
        random.Random(number).shuffle(often)
        often.sort(key=lambda name: name in self.did)  # handing out three copies in a row shows nothing new
        for name in dict.fromkeys(often):
            able = [one for one in people if why_not(case, name, by=one, on=self.day) is None]
            if able:
                self._try(name, case, able[number % len(able)], Chance(number, careless=careless))
                return

    @rule(which=st.booleans(), act=st.sampled_from(sorted(ACTS)), who=picks, pick=picks)
    def anybody(self, which: bool, act: str, who: int, pick: int) -> None:
        """Let anybody try anything with any arguments."""
        case = self._case(which)
        people = self.world.people(case)
        who, pick = self._stir(who), self._stir(pick)
        self._try(act, case, people[who % len(people)], Chance(pick, careless=True))

    @rule(which=st.booleans(), pick=picks)
    def work_goes_on(self, which: bool, pick: int) -> None:
        """Do the next sensible thing, so that a run gets somewhere."""
        self.somebody_who_may(which, pick, careless=False)

    @rule(days=st.sampled_from([1, 1, 2, 5, 9, 16, 25]))
    def days_pass(self, days: int) -> None:
        """Let days pass, and the nightly chore that moves dates which wait for somebody."""
        self.day += dt.timedelta(days=days)
        jobs.move_clocks(at(self.day))
        for case in Case.objects.filter(pk__in=self.cases):
            if case.open_consultations():
                self.as_of[case.pk] = self.day

    def _stir(self, number: int) -> int:
        """Spread the small numbers that are drawn most over all choices, another way at each step."""
        self.steps += 1
        told = hashlib.blake2b(f"{number}/{self.steps}".encode(), digest_size=8).digest()
        return int.from_bytes(told, "big")

    def _case(self, which: bool) -> Case:
        return Case.objects.select_related("office", "handler").get(pk=self.cases[which])

    def _try(self, act: str, case: Case, by: Actor, chance: Chance) -> None:
        on = self.day - dt.timedelta(days=chance.choose([0, 0, 0, 3, 400, -2]))
        before = _record(case)
        self.touched = case
        try:
            after = do(act, self.world.town, case, by=by, on=on, now_on=self.day, chance=chance)
        except Refusal as error:
            refusal = error
        else:
            refusal = None
        if refusal is not None:
            assert CHINESE.search(refusal.message), (act, refusal.code, refusal.message)
            assert _record(case) == before, f"{act} was refused and left something behind"
            self.world.refused[act] += 1
            return
        self.world.done[act] += 1
        self.did.add(act)
        self.as_of[case.pk] = on
        row, was = ACTS[act], State(before[0])
        assert was in row.source, f"{act} from {was}"
        assert State(after.state) in ends(row, was), f"{act}: {was} → {after.state}"
        assert after.version == before[1] + 1
        lines = JournalEntry.objects.filter(subject=case.subject_ref).order_by("seq")
        told = [
            line.key for line in lines[before[2] :] if line.key != QUARANTINED
        ]  # that has a line of its own
        assert len(told) == 1, f"{act} left {told}"
        made = Paper.objects.filter(subject_ref=case.subject_ref).count() - before[3]
        assert made >= len(row.papers), f"{act} without its paper"

    @invariant()
    def everything_holds(self) -> None:
        """Check states, chain, numbers, dates and desk of what was touched last."""
        if self.touched is None:
            return
        case = Case.objects.select_related("office").get(pk=self.touched.pk)
        self.touched = None
        assert case.state in State.values
        assert list(journal.verify(case.subject_ref)) == []
        no_number_twice_and_no_gap(case.office_id)
        self._dates_are_the_clocks(case)
        assert CaseProcess.objects.filter(case=case, open=True).count() <= 1

    def _dates_are_the_clocks(self, case: Case) -> None:
        days, overrides = rules.of(case.office)
        told = [{"type": event.type, "on": event.on, **event.data} for event in case.clock_events()]
        pure = evaluate(
            channel=case.channel, arrived_on=case.arrived_on, confirmed_on=case.confirmed_on, events=told,
            as_of=self.as_of.get(case.pk, DAY), calendar=days, overrides=overrides,
        )  # fmt: skip
        stored = {name: getattr(case, name) for name in CACHED}
        assert stored == {name: getattr(pure, name) for name in CACHED}
        came_to = dict.fromkeys(item.outcome for item in case.items_in_order() if item.outcome)
        assert case.outcomes == (",".join(came_to) if case.replied_on else "")


def no_number_twice_and_no_gap(office_id: int) -> None:
    """Check every number series of an office: as many papers as numbers, each once, from 1 on."""
    for series in NumberSeries.objects.filter(office_id=office_id):
        numbers = Paper.objects.filter(office_id=office_id, series=series.series, year=series.year)
        assert sorted(numbers.values_list("number", flat=True)) == list(range(1, series.last + 1)), (
            series.series
        )


def _record(case: Case) -> tuple[str, int, int, int]:
    """Return what no refused act may change: state, version, journal lines, papers."""
    state, version = Case.objects.filter(pk=case.pk).values_list("state", "version").get()
    return (
        state, version, JournalEntry.objects.filter(subject=case.subject_ref).count(),
        Paper.objects.filter(subject_ref=case.subject_ref).count(),
    )  # fmt: skip

"""Random legal and illegal acts by random people on cases over random days: nothing ever goes wrong."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.review.reviewing import attach, begun
from tests.workflow.factories import (
    DAY,
    SEALED,
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
from tests.workflow.model.case_model import CaseModel, World
from tests.workflow.model.driver import every_parameter_is_known
from workflow.actions import request_supplement, serve
from workflow.machine import ACTS

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def world() -> World:
    """One town, one stranger among towns, and a case in each of several states."""
    town = make_town()
    town.people["other_handler"] = add_person(town, "handler", unit=town.other_unit)
    town.people["second_signatory"] = add_person(town, "signatory")
    waiting = registered(town)
    request_supplement.request_supplement(
        case_id=waiting.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        matters="内容不明确",
        guidance="请写明",
        days=15,
    )
    served = replied(town)
    serve.serve(
        seal=SEALED,
        case_id=served.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="counter",
        sent_on=DAY,
        signed_on=DAY,
    )
    cases = [
        file_case(town, channel="email", service="post"), file_case(town), registered(town, service="post"), waiting,
        handled(town), handled(town, items=("征地批复", "补偿方案")), reviewing(town), signing(town), replied(town), served,
    ]  # fmt: skip
    found, weighed = handled(town), handled(town)
    attach(town, found)
    begun(town, attach(town, weighed))
    return World(town, make_town(), [*cases, found, weighed])


def run(world: World, runs: int, steps: int, *, alike: bool = True) -> None:
    """Let the model act; runs that need not be alike each time are drawn anew, whatever the profile says."""

    def machine() -> CaseModel:
        model = type("Run", (CaseModel,), {"world": world})
        return model()

    run_state_machine_as_test(
        machine,
        settings=settings(
            settings.default, max_examples=runs, stateful_step_count=steps,
            derandomize=alike and settings.default.derandomize,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # runs are short: the steps are told, not made fewer for hours
        ),
    )  # fmt: skip


def test_the_model_knows_every_act(world: World) -> None:
    """A new act joins by itself; one that takes something the model cannot fill is named here."""
    assert every_parameter_is_known(world.town, world.cases[4], DAY) == []


def test_a_hundred_runs_never_go_wrong(world: World) -> None:
    run(world, 100, 10)
    assert len(world.done) >= len(ACTS) // 3, (
        f"the runs hardly get anywhere: {sorted(set(ACTS) - set(world.done))}"
    )
    assert sum(world.refused.values()) > 50


@pytest.mark.slow
@pytest.mark.databases
@pytest.mark.parametrize("share", range(4))
def test_two_thousand_runs_never_go_wrong(world: World, share: int) -> None:
    """1,700 on SQLite and 300 on PostgreSQL, longer ones, in four shares so that two cores divide them.

    Most acts are done in each share, all of them on the roads of `every_act`.
    """
    run(world, 75 if connection.vendor == "postgresql" else 425, 30, alike=False)
    if connection.vendor != "postgresql":
        never = sorted(set(ACTS) - set(world.done))
        assert len(never) <= len(ACTS) // 3, f"the runs hardly get anywhere: {never}"

"""What every act costs the database: so many queries and no more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflow.every_act import ROADS, big_town, missed, walk
from tests.workflow.factories import make_town
from tests.workflow.plain_case import beside, plain
from workflow.machine import ACTS

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WITHOUT_PAPER, WITH_PAPER, JOIN = 35, 55, 55


def test_an_act_keeps_to_its_queries() -> None:
    """At most 35 in all without a paper, 55 at a join or with papers; listed by `./dev bench acts`."""
    town = make_town()
    for _, do in plain(town):  # the first case of a year opens its series of numbers
        do()
    for once in plain(town), beside(town):
        seen = {}
        for name, do in once:
            with CaptureQueriesContext(connection) as queries:
                do()
            seen[name] = len(queries)
        assert {name: count for name, count in seen.items() if count > most(name)} == {}


def test_every_act_of_the_machine_keeps_to_its_queries() -> None:
    """On roads that together pass every act: the same limits."""
    over = {}
    for road in ROADS:
        for name, do in walk(big_town(), road):
            with CaptureQueriesContext(connection) as queries:
                do()
            if len(queries) > most(name):
                over[road, name] = len(queries)
    assert over == {}


def test_the_roads_pass_every_act() -> None:
    """What the plain case does is counted there."""
    assert missed() == {"sign", "serve"}


def most(name: str) -> int:
    """Return how many queries an act may take."""
    act = name.split()[0]
    if name.endswith("(join)") or act == "send_to_review":
        return JOIN
    return WITH_PAPER if act in ACTS and ACTS[act].papers else WITHOUT_PAPER

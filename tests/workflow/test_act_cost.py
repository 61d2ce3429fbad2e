"""What every act costs the database: so many queries and no more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def most(name: str) -> int:
    """Return how many queries an act may take."""
    act = name.split()[0]
    if name.endswith("(join)") or act == "send_to_review":
        return JOIN
    return WITH_PAPER if act in ACTS and ACTS[act].papers else WITHOUT_PAPER

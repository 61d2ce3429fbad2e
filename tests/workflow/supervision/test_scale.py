"""The board at ten thousand cases: as many queries as at ten, served by indexes, whatever has been archived."""

from __future__ import annotations

import datetime as dt
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from office.models import User
from workflow.models import Case
from workflow.notices import reminders
from workflow.selectors import board as boards
from workflow.selectors.board import Scope
from workflow.selectors.boards.views import VIEWS

DAY = dt.date(2026, 11, 20)
PAGES = (
    "/board/",
    "/board/list/?standing=later",
    "/board/list/?standing=paused",
    "/board/list/?standing=all",
)


@pytest.fixture
def supervisor(db: None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> User:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    call_command(
        "makeload", cases=request.param, years=3, seed=3, processes=1, stdout=StringIO(), stderr=StringIO()
    )
    return User.objects.get(username="load-supervisor")


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= 200_000
    return len(seen)


@pytest.mark.slow
@pytest.mark.databases
@pytest.mark.parametrize("supervisor", [10, 10_000], indirect=True)
def test_as_many_queries_at_ten_thousand_cases_as_at_ten(supervisor: User, client: Client) -> None:
    client.force_login(supervisor, "django.contrib.auth.backends.ModelBackend")
    client.get(PAGES[0])  # the first page of a process reads what is in force for all of them
    # An empty list asks nothing of its rows; one question of each page is for whom its reader stands in.
    assert [_queries(client, path) for path in PAGES] in (
        [12, 9, 9, 9], [12, 11, 9, 11], [12, 11, 11, 11]
    )  # fmt: skip


def _plans(run: object) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        run()  # type: ignore[operator]
    plans = []
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        for query in seen.captured_queries:
            if '"workflow_case"' in query["sql"]:
                cursor.execute(f"{explain} {query['sql']}")
                plans.append("\n".join([*(str(row) for row in cursor.fetchall()), query["sql"]]))
    return plans


@pytest.mark.databases
@pytest.mark.parametrize("supervisor", [3000], indirect=True)
def test_lists_and_counts_are_served_by_indexes(supervisor: User) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So small a table is read whole at once; what matters is that an index could serve.
            cursor.execute("SET LOCAL enable_seqscan = off")
    for run in (
        lambda: boards.board(supervisor, on=DAY),
        lambda: boards.case_list(supervisor, on=DAY, standing="overdue"),
        lambda: boards.case_list(supervisor, on=DAY, standing="paused"),
        lambda: list(reminders.find(on=DAY)),
        *(partial(make, supervisor, Scope(), on=DAY) for _, make in VIEWS.values()),
        lambda: boards.case_list(supervisor, on=DAY, ahead=10, pace=True),
        lambda: boards.case_list(supervisor, on=DAY, late="with"),
    ):
        plans = _plans(run)
        assert plans
        for plan in plans:
            if connection.vendor == "sqlite":
                assert "SCAN workflow_case'" not in plan, plan
                assert "SCAN workflow_case USING" not in plan or "COVERING" in plan, plan
            else:
                assert "Seq Scan on workflow_case " not in plan, plan
    assert Case.objects.count() == 3000

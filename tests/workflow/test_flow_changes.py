"""Open cases carried across a changed flow: a node renamed, a node removed, and on to the archive."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from viewflow.workflow.models import Task

from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    at,
    clear,
    handled,
    make_town,
    registered,
    reviewing,
    signing,
)
from workflow import flow_changes
from workflow.actions import archive, assign, propose, record_search, send_to_review, serve, sign
from workflow.flow import CaseFlow
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
NODES = [node.name for node in CaseFlow.instance.nodes()]


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def historical(db: None) -> object:
    """The models as a data migration gets them."""
    loader = MigrationExecutor(connection).loader
    return loader.project_state(loader.graph.leaf_nodes()).apps


def stored(**where: object) -> list[tuple[str, str]]:
    """Read node and status as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT flow_task, status FROM viewflow_task ORDER BY id")
        return [(ref.rpartition(".")[2], status) for ref, status in cursor.fetchall()]


def as_it_was(old: str, new: str, *, active_only: bool = False) -> None:
    """Write the tasks of a node as an earlier flow wrote them."""
    with connection.cursor() as cursor:
        (before,), (after,) = flow_changes.refs(old), flow_changes.refs(new)
        sql = "UPDATE viewflow_task SET flow_task = %s WHERE flow_task = %s"
        if active_only:
            sql += " AND status IN ('NEW', 'ASSIGNED')"
        cursor.execute(sql, [before, after])


def to_the_archive(town: Town, case: Case) -> Case:
    """Take a case in work to its end."""
    a = {"case_id": case.pk, "on": DAY, "now": at(DAY)}
    if case.state == "registered":
        case = assign.assign(**a, by=town.allocator, unit_id=town.unit.pk, handler_id=town.handler.pk)
    if case.state == "handling":
        record_search.record_search(
            **a,
            by=town.handler,
            systems="档案",
            keywords="采薇村",
            period="2025年",
            method="全文",
            result="一份",
            found=True,
        )
        propose.propose(
            **a,
            by=town.handler,
            item_seq=1,
            outcome="disclose",
            grounds=[],
            reason="",
            facts={"provided": "复印件1份"},
        )
        case = send_to_review.send_to_review(**a, by=town.handler)
    if case.state == "reviewing":
        clear(town, case, "secrecy")
        case = clear(town, case, "redaction")
    sign.sign(**a, by=town.signatory, seen_sha256=case.current_draft().body_sha256)
    serve.serve(seal=SEALED, **a, by=town.intake, channel="post", sent_on=DAY, tracking="EX1")
    return archive.archive(**a, by=town.archivist)


def test_a_renamed_node(town: Town, historical: object) -> None:
    """Cases before, at and behind a node that was called otherwise go on, and their history bears the new name."""
    cases = [make(town, service="post") for make in (registered, handled, reviewing, signing)]
    after = stored()
    as_it_was("work", "handle")
    before = stored()
    assert ("work", "ASSIGNED") in before
    with pytest.raises(flow_changes.Left, match=r"work（1）"):
        flow_changes.check(historical, NODES)
    assert flow_changes.rename_node(historical, "work", "handle") == 3
    assert flow_changes.rename_node(historical, "work", "handle") == 0
    flow_changes.check(historical, NODES)
    assert stored() == after
    for case in cases:
        assert to_the_archive(town, case).state == "archived"
    assert {status for _, status in stored()} == {"DONE"}


def test_without_the_migration_the_case_would_stand_still(town: Town) -> None:
    """The reason for the recipe: an act finds no task of a node that is stored under another name."""
    from workflow.errors import WrongState

    case = handled(town)
    as_it_was("work", "handle")
    with pytest.raises(WrongState, match="没有待办的「承办」任务"):
        to_the_archive(town, case)


def test_a_removed_node(town: Town, historical: object) -> None:
    """An earlier flow asked somebody to check a case between 分办 and 承办; open checks become the handling."""
    waiting, beyond = handled(town, service="post"), reviewing(town, service="post")
    owner = Task.objects.get(process__caseprocess__case=waiting, status="ASSIGNED").owner_id
    as_it_was("check_in", "handle", active_only=True)
    finished = Task.objects.filter(process__caseprocess__case=beyond, status="DONE").earliest("pk")
    with connection.cursor() as cursor:  # what was done at the removed node stays on record under its name
        cursor.execute(
            "UPDATE viewflow_task SET flow_task = %s WHERE id = %s",
            [flow_changes.refs("check_in")[0], finished.pk],
        )
    assert flow_changes.remove_node(historical, "check_in", to="handle") == 1
    assert flow_changes.remove_node(historical, "check_in", to="handle") == 0
    flow_changes.check(historical, NODES)
    assert Task.objects.get(process__caseprocess__case=waiting, status="ASSIGNED").owner_id == owner
    assert ("check_in", "DONE") in stored()
    for case in (waiting, beyond):
        assert to_the_archive(town, case).state == "archived"


def test_a_removed_node_beside_its_successor_is_not_doubled(town: Town, historical: object) -> None:
    case = reviewing(town)
    as_it_was("privacy", "redaction", active_only=True)
    assert flow_changes.remove_node(historical, "privacy", to="secrecy") == 0
    assert ("privacy", "CANCELED") in stored()
    assert [pair for pair in stored() if pair[0] == "secrecy"] == [("secrecy", "NEW")]
    assert Case.objects.get(pk=case.pk).state == "reviewing"

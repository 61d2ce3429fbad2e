"""Rename and remove nodes of the desk flow under running cases; used in data migrations.

The recipe stands in CONTRIBUTING under *Change the desk flow*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

#: How viewflow writes the flow of cases and its nodes into the database.
FLOW = "workflow/flow.CaseFlow"
ACTIVE = ("NEW", "ASSIGNED", "STARTED", "SCHEDULED", "ERROR")
#: The kind viewflow stores with a task of a person.
HUMAN = "HUMAN"


class Left(RuntimeError):
    """Raised when open tasks would be left on a node that the new flow does not have."""


def refs(*nodes: str) -> list[str]:
    """Return nodes as the database has them, e.g. "workflow/flow.CaseFlow.handle"."""
    return [f"{FLOW}.{node}" for node in nodes]


def rename_node(apps: Any, old: str, new: str) -> int:
    """Let every task of a node bear its new name, finished ones as well; return how many.

    Call it in a data migration with the migration's ``apps``; running it again changes nothing. It can be
    turned round by the same call with the names exchanged.
    """
    (before,), (after,) = refs(old), refs(new)
    return int(_tasks(apps).filter(flow_task=before).update(flow_task=after))


def remove_node(apps: Any, node: str, *, to: str) -> int:
    """Move the open tasks of a node that goes away to the node that follows it; return how many.

    ``to`` is the node whose task now waits: owner, token and history are kept, so that the case goes on where
    it stood. Finished tasks keep the old name: the history is what happened, and viewflow shows a node it does
    not know as obsolete. Where a case already has an open task of ``to``, the one of the removed node is
    cancelled instead of doubled.
    """
    tasks = _tasks(apps)
    (before,), (after,) = refs(node), refs(to)
    moved = 0
    open_tasks = tasks.filter(flow_task=before, status__in=ACTIVE).order_by("pk")
    for pk, process in list(open_tasks.values_list("pk", "process_id")):
        if tasks.filter(flow_task=after, process_id=process, status__in=ACTIVE).exists():
            tasks.filter(pk=pk).update(status="CANCELED")
        else:
            tasks.filter(pk=pk).update(flow_task=after, flow_task_type=HUMAN)
            moved += 1
    return moved


def check(apps: Any, nodes: Iterable[str]) -> None:
    """Refuse to go on while an open task lies on a node that is not among those of the new flow.

    Raises Left naming the nodes and how many tasks they hold: put it last in every such migration.
    """
    rows = _tasks(apps).filter(status__in=ACTIVE, process__flow_class=FLOW)
    # As text: the field itself would turn each name into a node, and an unknown one into a made-up node.
    stored = rows.order_by().annotate(ref=Cast("flow_task", CharField())).values_list("ref", flat=True)
    left = Counter(stored)
    for ref in refs(*nodes):
        left.pop(ref, None)
    if left:
        raise Left("、".join(f"{ref.rpartition('.')[2]}（{count}）" for ref, count in sorted(left.items())))


def _tasks(apps: Any) -> Any:
    return apps.get_model("viewflow", "Task").objects

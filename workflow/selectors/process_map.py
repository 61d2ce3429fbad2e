"""The desk's flow as a chart, and how many tasks wait at each of its steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Count
from django.utils.safestring import SafeString, mark_safe
from viewflow.workflow import chart
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from office.models import User
from workflow.flow import CaseFlow
from workflow.machine import ACTS
from workflow.selectors.settings_pages import administered

#: The chart's own style sheet: our security policy runs no style inside a page, so ours stands in app.css.
STYLE = re.compile(r"<style.*?</style>| style=\"[^\"]*\"", re.DOTALL)
SIZE = re.compile(r'width="100%" height="100%"')


@dataclass(frozen=True)
class Step:
    """One step of the flow: its title, what ends it, how many wait there, how many of them are nobody's."""

    name: str
    title: str
    acts: str
    waiting: int
    unowned: int


@dataclass(frozen=True)
class ProcessMap:
    """The chart and its steps in order."""

    svg: SafeString
    steps: tuple[Step, ...]


def process_map(user: User) -> ProcessMap:
    """Draw the desk's flow and count the open tasks of the offices a person administers, by step.

    Counts only: an administrator sees no case.
    """
    offices = [office.pk for office in administered(user)]
    open_tasks = Task.objects.filter(
        process__caseprocess__case__office_id__in=offices,
        status__in=[STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED],
    )
    counts: dict[str, tuple[int, int]] = {}
    for node, status, number in (
        open_tasks.order_by().values_list("flow_task", "status").annotate(n=Count("pk"))
    ):
        waiting, unowned = counts.get(node.name, (0, 0))
        counts[node.name] = waiting + number, unowned + (number if status == STATUS.NEW else 0)
    grid = chart.calc_layout_data(CaseFlow)
    cells = sorted(grid.cells, key=lambda cell: (cell.col, cell.row))
    steps = tuple(
        Step(cell.node.name, str(cell.node.task_title), _acts(cell.node.name), *counts.get(cell.node.name, (0, 0)))
        for cell in cells if cell.node.task_type == "HUMAN"
    )  # fmt: skip
    return ProcessMap(mark_safe(_ours(chart.grid_to_svg(grid), grid)), steps)  # noqa: S308 - drawn from our own flow


def _ours(svg: str, grid: chart.Grid) -> str:
    """Take the chart's own styles out and let it keep its size, with a name for those who hear it."""
    size = f'width="{grid.width + 2}" height="{grid.height + 2}" role="img" aria-label="办理流程图，各环节见下表"'
    return SIZE.sub(size, STYLE.sub("", svg), count=1).replace("end-marker", "flow-end-marker")


def _acts(node: str) -> str:
    return "、".join(row.label for row in ACTS.values() if row.finishes == node)

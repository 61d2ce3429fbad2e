"""Follow an act on the desk: finish the task it names, send back, or end the process."""

from __future__ import annotations

import datetime as dt
from typing import Any

from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from office.models import User
from workflow.errors import WrongState
from workflow.machine import Act
from workflow.models import Case, CaseProcess

#: The node whose task belongs to the handler of the case.
HANDLED = "handle"
ACTIVE = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED)


def begin(case: Case) -> None:
    """Start the desk flow over a new case."""
    from workflow.flow import CaseFlow

    CaseFlow.start.run(case=case)


def follow(case: Case, row: Act, *, by: Any, now: dt.datetime) -> None:
    """Bring the desk to where the case now is, inside the act's own transaction."""
    if row.restarts:
        _begin_anew(case, now)
        return
    if not (row.finishes or row.back_to or row.jumps_to or row.ends_flow or row.follows):
        return
    process = CaseProcess.objects.filter(case=case, open=True).first()
    if process is None:
        # Ended without a reply: the desk's process was cancelled then, and only filing remained.
        if row.finishes == "archive" or not (row.finishes or row.back_to or row.jumps_to or row.ends_flow):
            return
        raise WrongState("no_process", "本件没有进行中的办理流程", field=row.name)
    process.case = case
    if row.ends_flow:
        _cancel_to_archive(process, now)
    elif row.back_to:
        _send_back(process, row.back_to, now)
    elif row.jumps_to:
        _jump(process, row.jumps_to, now)
    elif row.finishes:
        _finish(process, row.finishes, by, case)
    if row.follows:
        _own(process, row.follows, case)
        _free(process)


def _begin_anew(case: Case, now: dt.datetime) -> None:
    """End what the desk still had open of the earlier round, and begin the second one at its allocation."""
    from workflow.flow import CaseFlow

    for process in CaseProcess.objects.filter(case=case, open=True):
        _cancel_to_archive(process, now)
    CaseFlow.restart.run(case=case)


def _finish(process: CaseProcess, node: str, by: Any, case: Case) -> None:
    from workflow.flow import CaseFlow

    flow_task = getattr(CaseFlow, node)
    task = Task.objects.filter(process=process, flow_task=flow_task, status__in=ACTIVE).first()
    if task is None:
        raise WrongState("no_task", f"没有待办的「{flow_task.task_title}」任务", field=node)
    task.process = process
    activation = flow_task.activation_class(task)
    activation.process = process
    if task.status == STATUS.NEW:
        activation.assign(by if isinstance(by, User) else None)
    elif isinstance(by, User) and task.owner_id != by.pk:
        activation.reassign(by)
    activation.start(None)
    activation.execute()
    if process.status in (PROCESS.DONE, PROCESS.CANCELED):
        CaseProcess.objects.filter(pk=process.pk).update(open=False)


def _send_back(process: CaseProcess, node: str, now: dt.datetime) -> None:
    """Cancel every open task, the started Join included, and re-create one task with its own root token.

    A Join left started would meet the second round's tokens and raise "Multiple tokens".
    """
    from workflow.flow import CaseFlow

    _cancel_open_tasks(process, now)
    flow_task = getattr(CaseFlow, node)
    last = Task.objects.filter(process=process, flow_task=flow_task, status=STATUS.DONE).latest("pk")
    owner = process.case.handler if node == HANDLED else last.owner
    task = Task.objects.create(
        process=process, flow_task=flow_task, token=last.token, owner=owner,
        status=STATUS.ASSIGNED if owner else STATUS.NEW,
    )  # fmt: skip
    task.previous.add(last)


def _jump(process: CaseProcess, node: str, now: dt.datetime) -> None:
    """Pass over the tasks that an answer on the spot leaves nothing to do for, and open a later one."""
    from workflow.flow import CaseFlow

    _cancel_open_tasks(process, now)
    last = Task.objects.filter(process=process, flow_task=CaseFlow.register, status=STATUS.DONE).latest("pk")
    task = Task.objects.create(
        process=process, flow_task=getattr(CaseFlow, node), token=last.token, status=STATUS.NEW
    )
    task.previous.add(last)


def _own(process: CaseProcess, node: str, case: Case) -> None:
    """Let the open task of a node belong to the case's handler: assigned, reassigned, or of nobody."""
    from workflow.flow import CaseFlow

    flow_task = getattr(CaseFlow, node)
    task = Task.objects.filter(process=process, flow_task=flow_task, status__in=ACTIVE).first()
    if task is None or task.owner_id == case.handler_id:
        return
    task.process = process
    activation = flow_task.activation_class(task)
    activation.process = process
    if case.handler is None:
        activation.unassign()
    elif task.status == STATUS.NEW:
        activation.assign(case.handler)
    else:
        activation.reassign(case.handler)


def _free(process: CaseProcess) -> None:
    """Let the open tasks of people who have left be nobody's again, for whoever holds the duty now."""
    for task in Task.objects.filter(process=process, status=STATUS.ASSIGNED, owner__is_active=False):
        task.process = process
        activation = task.flow_task.activation_class(task)
        activation.process = process
        activation.unassign()


def _cancel_to_archive(process: CaseProcess, now: dt.datetime) -> None:
    """End the work on a case that gets no reply; what remains is to serve its notice and file it."""
    _cancel_open_tasks(process, now)
    CaseProcess.objects.filter(pk=process.pk).update(status=PROCESS.CANCELED, open=False)


def _cancel_open_tasks(process: CaseProcess, now: dt.datetime) -> None:
    Task.objects.filter(process=process, status__in=ACTIVE).update(status=STATUS.CANCELED, finished=now)

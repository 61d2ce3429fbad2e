"""Follow an act on the desk: finish the task it names, send back, or end the process."""

from __future__ import annotations

import datetime as dt
from typing import Any

from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from office.models import User
from office.rows import only
from workflow.errors import WrongState
from workflow.machine import Act
from workflow.models import Case, CaseProcess

#: The node whose task belongs to the handler of the case.
HANDLED = "handle"
ACTIVE = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED)


def begin(case: Case) -> None:
    """Start the desk flow over a new case."""
    from workflow.flow import CaseFlow, holding_the_case

    with holding_the_case():
        CaseFlow.start.run(case=case)


def follow(case: Case, row: Act, *, by: Any, now: dt.datetime) -> None:
    """Bring the desk to where the case now is, inside the act's own transaction."""
    if row.restarts:
        _begin_anew(case, now)
        return
    if not (row.finishes or row.back_to or row.jumps_to or row.ends_flow or row.follows):
        return
    process = only(CaseProcess.objects.filter(case=case, open=True))
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


def _begin_anew(case: Case, now: dt.datetime) -> None:
    """End what the desk still had open of the earlier round, and begin the second one at its allocation."""
    from workflow.flow import CaseFlow, holding_the_case

    for process in CaseProcess.objects.filter(case=case, open=True):
        _cancel_to_archive(process, now)
    with holding_the_case():
        CaseFlow.restart.run(case=case)


def _finish(process: CaseProcess, node: str, by: Any, case: Case) -> None:
    from workflow.flow import CaseFlow

    flow_task = getattr(CaseFlow, node)
    task = only(Task.objects.filter(process=process, flow_task=flow_task, status__in=ACTIVE))
    if task is None:
        raise WrongState("no_task", f"没有待办的「{flow_task.task_title}」任务", field=node)
    task.process = process
    # Taken and finished in one step: the row is written once, when it is finished.
    task.status = STATUS.ASSIGNED
    if isinstance(by, User):
        task.owner = by
    activation = flow_task.activation_class(task)
    activation.process = process
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
    """Let the open task of a node belong to the case's handler: assigned, reassigned, or of nobody.

    The open tasks of people who have left are nobody's again, for whoever holds the duty now.
    """
    for task in Task.objects.filter(process=process, status__in=ACTIVE).select_related("owner").order_by():
        task.process = process
        activation = task.flow_task.activation_class(task)
        activation.process = process
        if task.flow_task.name == node and task.owner_id != case.handler_id:
            _pass_on(activation, case.handler)
        elif task.status == STATUS.ASSIGNED and task.owner is not None and not task.owner.is_active:
            activation.unassign()


def _pass_on(activation: Any, handler: User | None) -> None:
    if handler is None:
        activation.unassign()
    elif activation.task.status == STATUS.NEW:
        activation.assign(handler)
    else:
        activation.reassign(handler)


def _cancel_to_archive(process: CaseProcess, now: dt.datetime) -> None:
    """End the work on a case that gets no reply; what remains is to serve its notice and file it."""
    _cancel_open_tasks(process, now)
    CaseProcess.objects.filter(pk=process.pk).update(status=PROCESS.CANCELED, open=False)


def _cancel_open_tasks(process: CaseProcess, now: dt.datetime) -> None:
    Task.objects.filter(process=process, status__in=ACTIVE).update(status=STATUS.CANCELED, finished=now)

"""The desk's story of a case: who must do what next. It routes people's work and decides no law."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from viewflow import this
from viewflow.workflow import flow

from workflow.case_join import CaseJoin
from workflow.models import Case, CaseProcess
from workflow.task_view import task_view

#: Whether whoever moves the flow holds the case's row already.
_held: ContextVar[bool] = ContextVar("case_row_held", default=False)


@contextmanager
def holding_the_case() -> Iterator[None]:
    """Move the flow as who has the case's row under lock, or has just written it: it is not locked again."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def case_lock(flow_class: Any, process_pk: Any) -> Iterator[None]:
    """Lock the case row behind a process: one lock in the whole system, whoever comes."""
    if _held.get():
        yield
        return
    with transaction.atomic():
        case_id = CaseProcess.objects.filter(pk=process_pk).values_list("case_id", flat=True).first()
        if case_id is not None:
            Case.objects.locked(case_id)
        yield


def needs(kind: str) -> Any:
    """Open a review branch only where the current draft has a review of that kind."""
    return lambda activation: activation.process.case.pending_review(kind) is not None


class CaseFlow(flow.Flow):
    """依申请公开办理"""

    process_class = CaseProcess
    process_title = "依申请公开办理"
    lock_impl = staticmethod(case_lock)

    start = flow.StartHandle(this.open_process).Annotation(title="收到申请").Next(this.register)
    restart = flow.StartHandle(this.open_process).Annotation(title="重新办理").Next(this.assign)
    register = flow.View(task_view).Annotation(title="登记").Next(this.assign)
    assign = flow.View(task_view).Annotation(title="分办").Next(this.handle)
    handle = flow.View(task_view).Annotation(title="承办").Assign(this.handler_of).Next(this.review)
    review = (
        flow.Split()
        .Annotation(title="送审")
        .Next(this.secrecy, case=needs("secrecy"))
        .Next(this.redaction, case=needs("redaction"))
        .Next(this.legal, case=needs("legal"))
    )
    secrecy = flow.View(task_view).Annotation(title="保密审查").Next(this.cleared)
    redaction = flow.View(task_view).Annotation(title="去标识化审查").Next(this.cleared)
    legal = flow.View(task_view).Annotation(title="法制审核").Next(this.cleared)
    cleared = CaseJoin().Annotation(title="审查完毕").Next(this.sign)
    sign = flow.View(task_view).Annotation(title="签发").Next(this.deliver)
    deliver = flow.View(task_view).Annotation(title="送达").Next(this.archive)
    archive = flow.View(task_view).Annotation(title="归档").Next(this.end)
    end = flow.End().Annotation(title="办结")

    def handler_of(self, activation: Any) -> Any:
        """Give the handler's task to whoever handles the case, if anybody does yet."""
        return activation.process.case.handler

    def open_process(self, activation: Any, case: Case) -> Any:
        """Start the process over one case."""
        activation.process.case = case
        return activation.process

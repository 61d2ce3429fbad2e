"""The Join of the desk's flow: viewflow's own, asking the database once for what it asks three times."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from viewflow.workflow import flow
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.status import STATUS


class CaseJoinActivation(JoinActivation):
    """An activation lives for one act under the lock of its case: what it has read cannot change under it."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        """Come to the open Join of the process, or make it; its process is the one at hand, not read again."""
        process = prev_activation.process
        found = Task.objects.filter(
            flow_task=flow_task, process=process, status__in=[STATUS.NEW, STATUS.STARTED]
        )
        tasks = list(found.order_by()[:2])
        if len(tasks) != 1:
            return super().create(flow_task, prev_activation, token, data=data, seed=seed)
        task = tasks[0]
        task.process = process
        task.previous.add(prev_activation.task)
        return cls(task)

    @cached_property
    def _prefixes(self) -> set[str]:
        return super()._join_token_prefixes()

    def _join_token_prefixes(self) -> set[str]:
        return self._prefixes

    @cached_property
    def _done(self) -> bool:
        return super().is_done()

    def is_done(self) -> bool:
        """Tell whether every branch has come."""
        return self._done


class CaseJoin(flow.Join):
    """A Join whose activation reads what it needs once."""

    activation_class = CaseJoinActivation

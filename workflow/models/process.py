"""The desk's process of a case."""

from django.db import models
from viewflow.workflow.models import Process
from viewflow.workflow.status import PROCESS

from workflow.models.case import Case


class CaseProcess(Process):
    """One run of the desk flow over a case; an ordered new reply runs a second one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="processes")
    open = models.BooleanField("进行中", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理流程"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(open=True), name="one_open_process"),
        ]

    @property
    def is_finished(self) -> bool:
        """Tell whether the process ran to its end or was cancelled."""
        return self.status in (PROCESS.DONE, PROCESS.CANCELED)

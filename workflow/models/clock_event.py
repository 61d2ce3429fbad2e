"""What happened to a case's clock."""

from django.db import models

from letters.models import Paper
from office.models import Office
from workflow.kinds import EventType
from workflow.models.case import Case


class ClockEvent(models.Model):
    """One event of the clock; every date of the case is a pure function of these and the calendar."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    # The case's, which never changes; sheets count what happened in a month without reading the cases.
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="机关",
        editable=False,
        db_index=False,
    )
    seq = models.PositiveSmallIntegerField("序号")
    type = models.CharField("类型", max_length=24, choices=EventType.choices)
    on = models.DateField("日期")
    data = models.JSONField("要素", default=dict, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "期限事件"
        # Sheets count what happened in a month.
        indexes = [models.Index(fields=["type", "on", "office"], name="clock_event_of_month")]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="clock_event_seq_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.type} {self.on}"

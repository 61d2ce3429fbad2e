"""One reminder sent to whoever has a case on the table, and what was answered (催办)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from office.models import Office, Unit, User
from office.roles import POST_CHOICES
from workflow.models.case import Case


class Urge(models.Model):
    """催办: to a unit with its handler, or to the desk of a duty; with an answer by a day, where one is wanted.

    It moves no statutory date. An urge that wants an answer is over when it is answered, or when its case has ended.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urges")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被催办科室"
    )
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    #: Whose desk the case lay on where it was at no unit.
    to_role = models.CharField("被催办岗位", max_length=20, choices=POST_CHOICES, blank=True)
    co = models.BooleanField("协办", default=False)
    words = models.TextField("催办的要求")
    urged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="催办人")
    urged_on = models.DateField("催办日")
    answer_due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )

    #: What still wants an answer, whatever became of its case.
    WAITING = Q(answer_due_on__isnull=False, answered_on__isnull=True)

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, to_role="") | (Q(unit__isnull=True) & ~Q(to_role="")),
                name="urge_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on__isnull=True) | Q(answer_due_on__gte=models.F("urged_on")),
                name="urge_days",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", answered_by__isnull=True)
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="urge_answer_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "urged_on"], name="urge_list"),
            models.Index(
                fields=["answer_due_on"],
                name="urge_waiting",
                condition=Q(answer_due_on__isnull=False, answered_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.urged_on}"

    @property
    def waits(self) -> bool:
        """Tell whether an answer is still wanted."""
        return self.answer_due_on is not None and self.answered_on is None

    @property
    def to(self) -> str:
        """Name whom it went to: the unit with its handler, or the duty."""
        if self.unit is None:
            return str(self.get_to_role_display())
        return f"{self.unit.name}（{self.handler.display}）" if self.handler else self.unit.name

"""An attempt to reach the applicant."""

from django.db import models

from office.models import User
from workflow.kinds import Way
from workflow.models.case import Case


class ContactAttempt(models.Model):
    """联系记录: when, how and by whom it was tried, and whether the applicant was reached (条例31)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    tried_on = models.DateField("联系日期")
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    reached = models.BooleanField("联系上", default=False)
    result = models.TextField("经过")
    tried_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="联系人")
    created_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "联系记录"

    def __str__(self) -> str:
        return f"{self.case_id} {self.tried_on} {self.way}"

"""A search for the information asked for."""

from django.db import models

from office.models import User
from workflow.models.case import Case
from workflow.models.item import Item


class SearchRecord(models.Model):
    """检索记录: where, by which words, how, by whom, when, with what result (指导案例101号)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="searches")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="searches")
    systems = models.TextField("检索范围")
    keywords = models.CharField("关键词", max_length=300)
    period = models.CharField("时段", max_length=120)
    method = models.CharField("方法", max_length=300)
    searched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    searched_on = models.DateField("检索日期")
    found = models.BooleanField("检索到", default=False)
    result = models.TextField("结果")

    class Meta:
        verbose_name = verbose_name_plural = "检索记录"

    def __str__(self) -> str:
        return f"{self.case_id} {self.searched_on}"

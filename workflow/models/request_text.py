"""The index by which like requests are found: each wording of an office once, under a few keyed numbers."""

from django.db import models

from office.models import Office


class RequestText(models.Model):
    """One wording of one office's requests, known by a keyed number alone; the words stay with the items."""

    number = models.BigIntegerField("检索值", primary_key=True)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关", db_index=False
    )
    mark = models.CharField("编制标记", max_length=16, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请内容检索值"

    def __str__(self) -> str:
        return str(self.number)


class TextBand(models.Model):
    """One number of a wording's sketch: wordings that share one are compared word by word."""

    pk = models.CompositePrimaryKey("number", "text_id")
    number = models.BigIntegerField("特征值")
    # Read by number only: an index by text would be as large as the table.
    text = models.ForeignKey(RequestText, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = "申请内容特征值"

    def __str__(self) -> str:
        return f"{self.number}/{self.text_id}"

"""How often a door was tried in vain, so that query codes cannot be guessed."""

from django.db import models


class Attempt(models.Model):
    """Failures for one key (a keyed hash of a code or an address) within one window of time."""

    key = models.CharField("键", max_length=120, unique=True)
    since_at = models.DateTimeField("起")
    failures = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "查询尝试"
        verbose_name_plural = "查询尝试"
        indexes = [models.Index(fields=["since_at"], name="intake_attempt_since")]

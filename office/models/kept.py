"""Rows that are kept: deactivated when they are over, never deleted."""

from __future__ import annotations

from typing import Any

from django.db import models

from ..errors import NeverDeleted


class KeptQuerySet(models.QuerySet):
    """A queryset that refuses deletion."""

    def delete(self) -> Any:
        """Refuse: such rows are deactivated."""
        raise NeverDeleted(str(self.model._meta.verbose_name))

    delete.queryset_only = True  # type: ignore[attr-defined]


class Kept(models.Model):
    """A row that refuses deletion."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: such rows are deactivated."""
        raise NeverDeleted(str(self._meta.verbose_name))

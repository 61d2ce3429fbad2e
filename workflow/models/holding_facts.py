"""Questions asked of a case's documents: which there are, which version counts, how far their review is."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch

if TYPE_CHECKING:
    from workflow.models import ClassifiedCard, Holding


class HoldingFacts(models.Model):
    """Read-only questions; the documents are read once and kept on the instance by ``_kept``."""

    class Meta:
        abstract = True

    def all_holdings(self) -> list[Holding]:
        """Return every document in order, each with its versions, and its reviews with their steps and questions."""
        here: Any = self
        return here._kept("holdings", self._read_holdings)

    def _read_holdings(self) -> list[Holding]:
        from workflow.models import HoldingVersion, SecrecyReview

        here: Any = self
        if here.has_none("holdings"):
            return []
        reviews = SecrecyReview.objects.order_by("pk").prefetch_related("steps__by", "referrals__paper")
        unsettled = models.Count("marks", filter=models.Q(marks__status="suggested"))
        versions = HoldingVersion.objects.annotate(marks_open=unsettled)
        rows = here.holdings.select_related("item").prefetch_related(
            Prefetch("versions", versions), Prefetch("secrecy_reviews", reviews)
        )
        return sorted(rows, key=attrgetter("seq"))

    def open_holdings(self) -> list[Holding]:
        """Return the documents that may be worked on."""
        return [holding for holding in self.all_holdings() if holding.status == "open"]

    def quarantined_holdings(self) -> list[Holding]:
        """Return the documents in quarantine."""
        return [holding for holding in self.all_holdings() if holding.status == "quarantined"]

    def holdings_to_clear(self) -> list[Holding]:
        """Return the documents that are to be disclosed, whole or in part, and so must have passed their review."""
        return [holding for holding in self.open_holdings() if holding.plan in ("disclose", "partial")]

    def all_cards(self) -> list[ClassifiedCard]:
        """Return the cards of classified documents."""
        here: Any = self
        if here.has_none("cards"):
            return []
        return here._kept(
            "cards", lambda: sorted(here.classified_cards.select_related("item"), key=attrgetter("pk"))
        )

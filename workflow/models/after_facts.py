"""Questions asked of a case's records after the reply: remedies, changes, complaints, service."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from letters.models import Paper
    from workflow.models import Complaint, Delivery, Remedy, Reopening, ReplyChange, Urge

SENT_BY_MAIL = frozenset({"post", "courier"})


class AfterFacts(models.Model):
    """Read-only questions; each relation is read once and kept on the instance by ``_kept``."""

    class Meta:
        abstract = True

    def _rows(self, name: str) -> list[Any]:
        here: Any = self
        if here.has_none(name):
            return []
        return here._kept(f"after_{name}", lambda: sorted(getattr(self, name).all(), key=attrgetter("pk")))

    def all_remedies(self) -> list[Remedy]:
        """Return every reconsideration and suit in order of arrival."""
        return self._rows("remedies")

    def open_remedies(self) -> list[Remedy]:
        """Return the proceedings without a result."""
        return [remedy for remedy in self.all_remedies() if remedy.is_open]

    def remedies_to_answer(self) -> list[Remedy]:
        """Return the proceedings that wait for the office's answer."""
        return [remedy for remedy in self.all_remedies() if remedy.stage == "received"]

    def orders_to_carry_out(self) -> list[Remedy]:
        """Return the decided proceedings whose order to reply was not taken up yet."""
        done = {row.remedy_id for row in self.all_reopenings()}
        return [remedy for remedy in self.all_remedies() if remedy.order and remedy.pk not in done]

    def advice_to_report(self) -> list[Remedy]:
        """Return the reconsiderations whose opinion waits for the report on it."""
        return [r for r in self.all_remedies() if r.opinion_received_on and r.opinion_reported_on is None]

    def all_reopenings(self) -> list[Reopening]:
        """Return every time the case was taken up again."""
        return self._rows("reopenings")

    def last_reopening(self) -> Reopening | None:
        """Return the round that runs or ran last, or None in the first."""
        rows = self.all_reopenings()
        return rows[-1] if rows else None

    def all_urges(self) -> list[Urge]:
        """Return every reminder that was sent about the case, in order (催办)."""
        here: Any = self
        if self.__dict__.get("has_urges") is False:
            return []
        named = ("unit", "handler", "urged_by", "answered_by")
        return here._kept("urges", lambda: sorted(here.urges.select_related(*named), key=attrgetter("pk")))

    def waiting_urges(self) -> list[Urge]:
        """Return the reminders that want an answer and have none."""
        return [urge for urge in self.all_urges() if urge.waits]

    def all_changes(self) -> list[ReplyChange]:
        """Return every change of the reply that was proposed."""
        return self._rows("reply_changes")

    def pending_change(self) -> ReplyChange | None:
        """Return the proposed change that waits for its signature."""
        return next((row for row in self.all_changes() if row.status == "proposed"), None)

    def all_complaints(self) -> list[Complaint]:
        """Return every complaint about this case, each with its papers and the office it was made to."""
        here: Any = self
        if here.has_none("complaints"):
            return []
        named = ("supervisor", "notice__voiding", "answer__voiding")
        return here._kept(
            "after_complaints",
            lambda: sorted(here.complaints.select_related(*named), key=attrgetter("pk")),
        )

    def open_complaints(self) -> list[Complaint]:
        """Return the complaints without a result."""
        return [row for row in self.all_complaints() if not row.result]

    def rectifications_owed(self) -> list[Complaint]:
        """Return the complaints whose notice went out and whose rectification was not reported yet."""
        return [
            row
            for row in self.all_complaints()
            if row.is_urged and row.rectified_on is None and not row.waits_for_seal
        ]

    def papers_to_seal(self) -> list[Paper]:
        """Return the papers that may not leave the house before a use of the seal is on record."""
        from workflow.selectors.papers import own_papers

        return [paper for paper in own_papers(self) if paper.waits_for_seal]

    def deliveries_unsigned(self) -> list[Delivery]:
        """Return mail on its way: neither signed for nor returned."""
        here: Any = self
        return [
            row
            for row in here.all_deliveries()
            if row.channel in SENT_BY_MAIL and row.signed_on is None and row.returned_on is None
        ]

    def mails_unanswered(self) -> list[Delivery]:
        """Return e-mails of which neither a report of arrival nor a return is on record."""
        here: Any = self
        return [
            row
            for row in here.all_deliveries()
            if row.channel == "email" and row.reported_on is None and row.returned_on is None
        ]

    def returned_mail(self) -> list[Delivery]:
        """Return mail that came back and was not sent anew."""
        here: Any = self
        again = {row.again_of_id for row in here.all_deliveries()}
        return [row for row in here.all_deliveries() if row.returned_on and row.pk not in again]

    def unread_deliveries(self) -> list[Delivery]:
        """Return papers on the portal that the applicant has not opened."""
        here: Any = self
        return [row for row in here.all_deliveries() if row.channel == "portal" and row.read_at is None]

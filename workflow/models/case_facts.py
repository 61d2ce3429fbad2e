"""Questions that conditions, screens and papers ask of a case's own records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models

from letters import sealing
from workflow import rules

if TYPE_CHECKING:
    from law.nature import Finding
    from workflow.models import (
        ApprovalSheet,
        ClockEvent,
        Consultation,
        DraftEdit,
        ExcessInquiry,
        FeeNotice,
        Item,
        Party,
        Referral,
        ReplyDraft,
        Review,
        Share,
    )  # fmt: skip


class CaseFacts(models.Model):
    """Read-only questions about one case; each relation is read once and kept on the instance.

    The few rows of a relation are put in order here: to tell the database costs more than to do it.
    """

    class Meta:
        abstract = True

    def _kept(self, name: str, read: Any) -> Any:
        cache: dict[str, Any] = self.__dict__.setdefault("_facts", {})
        if name not in cache:
            cache[name] = read()
        return cache[name]

    def has_none(self, name: str) -> bool:
        """Tell whether a page that read beside the case which records it has (``selectors.after_reply``) found none."""
        return self.__dict__.get(f"has_{name}") is False

    def all_links(self) -> list[Any]:
        """Return the cases this one is linked to, each with its office."""
        if self.has_none("links"):
            return []
        return self._kept("links", lambda: list(self.links.select_related("other__office").order_by("pk")))

    def know_as_new(self) -> None:
        """Note that a case which was just put on record has no event yet."""
        self.__dict__["_facts"] = {"events": []}

    def forget_facts(self, *, keep: str = "", only: str = "") -> None:
        """Drop what was read, after an act has written new records.

        ``keep`` names what it has not written, ``only`` the one thing it has.
        """
        held: dict[str, Any] = self.__dict__.get("_facts", {})
        self.__dict__["_facts"] = {
            name: rows for name, rows in held.items() if name == keep or (only and name != only)
        }

    def items_in_order(self) -> list[Item]:
        """Return the items of the request in their order."""
        return self._kept("items", lambda: sorted(self.items.all(), key=attrgetter("seq")))

    def all_parties(self) -> list[Party]:
        """Return every party, applicants first."""
        return self._kept("parties", lambda: sorted(self.parties.all(), key=attrgetter("position")))

    def applicants(self) -> list[Party]:
        """Return the applicants alone."""
        return [p for p in self.all_parties() if p.part == "applicant"]

    def all_shares(self) -> list[Share]:
        """Return what every unit was given to do, in the order in which it was given."""
        return self._kept(
            "shares", lambda: sorted(self.shares.select_related("unit", "handler"), key=attrgetter("pk"))
        )

    def lead_share(self) -> Share | None:
        """Return the leading unit's part that is still open, if the case was given to a unit."""
        return next((s for s in reversed(self.all_shares()) if s.part == "lead" and s.is_open), None)

    def open_co_shares(self) -> list[Share]:
        """Return the parts of co-handling units that have not been answered, returned or called off."""
        return [share for share in self.all_shares() if share.part == "co" and share.is_open]

    def clock_events(self) -> list[ClockEvent]:
        """Return the clock's events in the order in which they were recorded."""
        return self._kept("events", lambda: sorted(self.events.all(), key=attrgetter("seq")))

    def events_of(self, kind: str) -> list[ClockEvent]:
        """Return the events of one type."""
        return [event for event in self.clock_events() if event.type == kind]

    def extended_since_start(self) -> bool:
        """Tell whether the running clock has been extended; a restart drops an earlier extension."""
        extended = False
        for event in self.clock_events():
            if event.type == "extension":
                extended = True
            elif event.type in ("supplement_received", "fee_paid", "ordered_rereply"):
                extended = False
        return extended

    def all_consultations(self) -> list[Consultation]:
        """Return every consultation in order of sending; none where the clock knows of none."""
        if not self.events_of("consultation_sent"):
            return []
        return self._kept(
            "consultations",
            lambda: sorted(self.consultations.select_related("item"), key=attrgetter("sent_on", "pk")),
        )

    def open_consultations(self) -> list[Consultation]:
        """Return the consultations that have no answer yet."""
        return [c for c in self.all_consultations() if c.opinion_on is None]

    def bundling(self) -> Any:
        """Return this case's open place in a bundle, with the bundle, if it is a member of one."""
        if not getattr(self, "has_bundling", True):
            return None
        return self._kept(
            "bundling",
            lambda: self.bundlings.filter(left_on__isnull=True).select_related("bundle__lead").first(),
        )

    def leads_bundle(self) -> bool:
        """Tell whether other cases follow this one's decision."""
        if not getattr(self, "has_followers", True):
            return False
        return self._kept(
            "leads",
            lambda: self.bundlings.model.objects.filter(bundle__lead=self, left_on__isnull=True).exists(),
        )

    def office_facts(self) -> dict[str, Any]:
        """Return what the papers of this case tell of its office."""
        return self._kept("office", lambda: rules.facts_of(self.office))

    def seal_practice(self: Any, on: dt.date) -> sealing.Practice:
        """Return how the office uses its seal on a day."""
        return self._kept(f"seal:{on}", lambda: sealing.practice(self.office, on))

    def current_draft(self) -> ReplyDraft | None:
        """Return the newest draft of the reply."""
        return self._kept(
            "draft",
            lambda: max(
                self.drafts.select_related("drafter", "edit"), key=attrgetter("version"), default=None
            ),
        )

    def current_edit(self) -> DraftEdit | None:
        """Return what the office made of the draft in a word processor, where that is in use."""
        return self._kept("edit", lambda: self.edits.select_related("by").filter(status="open").first())

    def keep_drafts(self, drafts: Sequence[ReplyDraft]) -> None:
        """Take the drafts a page has read, newest first with their reviews, so that nothing reads them again."""
        kept = self.__dict__.setdefault("_facts", {})
        kept["draft"] = drafts[0] if drafts else None
        kept["reviews"] = sorted(drafts[0].reviews.all(), key=lambda row: row.pk) if drafts else []

    def current_reviews(self) -> list[Review]:
        """Return the reviews of the newest draft, whatever became of them."""
        draft = self.current_draft()
        if draft is None:
            return []
        return self._kept(
            "reviews", lambda: sorted(draft.reviews.select_related("reviewer"), key=attrgetter("pk"))
        )

    def pending_review(self, kind: str) -> Review | None:
        """Return the open review of one kind, if there is one."""
        return next((r for r in self.current_reviews() if r.kind == kind and r.status == "pending"), None)

    def has_pending_reviews(self) -> bool:
        """Tell whether any review of the current draft is open."""
        return any(review.status == "pending" for review in self.current_reviews())

    def sign_offs_hold(self) -> bool:
        """Tell whether every review is of the very text that would be signed."""
        draft = self.current_draft()
        reviews = self.current_reviews()
        return bool(
            draft
            and reviews
            and all(r.status == "cleared" and r.pinned_sha256 == draft.body_sha256 for r in reviews)
        )

    def entered_sheet(self) -> ApprovalSheet | None:
        """Return the signed sheet that waits for its check."""
        if self.has_none("sheets"):
            return None
        return self._kept("sheet", lambda: self.sheets.filter(status="entered").first())

    def searched(self, item: Item) -> bool:
        """Tell whether a search without result is on record for this item or for the whole request."""
        return any(record.item_id in (None, item.pk) and not record.found for record in self.search_records())

    def search_records(self) -> list[Any]:
        """Return the searches on record."""
        return self._kept(
            "searches",
            lambda: sorted(
                self.searches.select_related("searched_by", "item"), key=attrgetter("searched_on", "pk")
            ),
        )

    def all_deliveries(self) -> list[Any]:
        """Return the deliveries of this case's papers."""
        if self.has_none("deliveries"):
            return []
        return self._kept(
            "deliveries", lambda: sorted(self.deliveries.select_related("paper"), key=attrgetter("pk"))
        )

    def unserved_papers(self) -> list[Any]:
        """Return procedural papers to the applicant whose service is not on record."""
        from workflow.selectors.papers import procedural_papers

        served = {
            delivery.paper_id
            for delivery in self.all_deliveries()
            if delivery.reached_on or delivery.paper_id != self.paper_waited_for()
        }
        return [paper for paper in procedural_papers(self) if paper.pk not in served]

    def paper_waited_for(self) -> int | None:
        """Return the paper from whose receipt a term of the applicant runs now: its day of signature is wanted."""
        if self.state == "supplementing":
            return self.events_of("supplement_notice")[-1].paper_id
        if self.state == "explaining":
            inquiry = self.excess_inquiry()
            return inquiry.paper_id if inquiry else None
        if self.state == "awaiting_fee":
            fee = self.fee_notice()
            return fee.paper_id if fee else None
        return None

    def reached_on(self, paper_id: int | None) -> dt.date | None:
        """Return the day on which a paper was in its recipient's hands, as far as that is on record."""
        days = [d.reached_on for d in self.all_deliveries() if d.paper_id == paper_id and d.reached_on]
        return min(days) if days else None

    @property
    def supplement_due_on(self) -> dt.date | None:
        """Return the last day of the term given to the applicant, counted from service of the notice."""
        notices = self.events_of("supplement_notice")
        if not notices:
            return None
        reached = self.reached_on(notices[-1].paper_id)
        days = int(notices[-1].data["days"])
        return rules.of(self.office).calendar.project(reached, days).date if reached else None

    def excess_inquiry(self) -> ExcessInquiry | None:
        """Return the question for reasons, if it was asked (条例35)."""
        from workflow.models import ExcessInquiry

        if not self.events_of("excess_asked"):
            return None
        found = self._kept("excess", lambda: ExcessInquiry.objects.filter(case_id=self.pk).first())
        if found is not None:
            found.case = self  # what it asks of its case has been read here
        return found

    def fee_notice(self) -> FeeNotice | None:
        """Return the fee notice, if one went out (条例42)."""
        from workflow.models import FeeNotice

        if not self.events_of("fee_notice"):
            return None
        rows = FeeNotice.objects.filter(case_id=self.pk).select_related("paper")
        return self._kept("fee", lambda: rows.first())

    @property
    def fee_due_on(self) -> dt.date | None:
        """Return the last day to pay, counted from the day after service of the notice (109号第六条)."""
        notice = self.fee_notice()
        if notice is None:
            return None
        reached = self.reached_on(notice.paper_id)
        days = rules.number("fees.payment_days", self.office, notice.asked_on)
        return rules.of(self.office).calendar.project(reached, days).date if reached else None

    def nature_of(self, item: Item) -> Finding | None:
        """Return what an item was last found to be, if anybody judged it."""
        from law import nature

        return nature.finding(item.nature) if item.nature else None

    def referral_of(self, item: Item) -> Referral | None:
        """Return where an item was handed over to, if it was; only what is another body's matter ever is."""
        found = self.nature_of(item)
        if found is None or not found.refer:
            return None
        rows = self._kept("referrals", lambda: list(self.referrals.select_related("paper")))
        return next((row for row in rows if row.item_id == item.pk), None)

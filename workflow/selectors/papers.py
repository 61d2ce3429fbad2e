"""The papers of a case."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from letters.models import Paper

#: Papers that end a request without a reply, and may be attacked as one (条例30; 109号第六条).
ENDINGS = ("lapse_notice", "fee_lapse_notice")
TO_APPLICANT = (
    "registration_receipt", "supplement_notice", "extension_notice", "consultation_applicant_notice",
    *ENDINGS, "withdrawal_confirmation", "communication", "excess_notice", "delay_notice", "fee_notice",
    "correction_of_reply", "withdrawal_of_reply", "reading_notice",
)  # fmt: skip
#: Papers by which the office binds itself or the file: they are put right by a further paper, never declared void.
BINDING = ("reply", "correction_of_reply", "withdrawal_of_reply", "archive_", "consultation_", "assistance_letter",
           "disclosure_decision_notice", "remedy_answer", "secrecy_referral", *ENDINGS, "withdrawal_confirmation")  # fmt: skip
NEEDS_PROOF = tuple(kind for kind in TO_APPLICANT if kind != "registration_receipt")


def papers_of(case: Any) -> list[Paper]:
    """Return every paper of a case in order of making.

    What another office wrote about it is in the file once it left that office's house: not before its seal.
    """
    return [
        paper for paper in _made_of(case) if paper.office_id == case.office_id or not paper.waits_for_seal
    ]


def own_papers(case: Any) -> list[Paper]:
    """Return the papers of a case that its own office made: what it seals, and declares void."""
    return [paper for paper in _made_of(case) if paper.office_id == case.office_id]


def unsealed_elsewhere(case: Any) -> list[Paper]:
    """Return the papers about a case that wait for the seal of another office."""
    return [paper for paper in _made_of(case) if paper.office_id != case.office_id and paper.waits_for_seal]


def _made_of(case: Any) -> list[Paper]:
    return case._kept(
        "papers",
        lambda: sorted(
            Paper.objects.filter(subject_ref=case.subject_ref).select_related("voiding"), key=attrgetter("pk")
        ),
    )


def voidable_papers(case: Any) -> list[Paper]:
    """Return the papers that can still be declared void: never served, no reply, and nothing on the clock rests on them."""
    bound = {event.paper_id for event in case.clock_events()} | {
        row.paper_id for row in case.all_deliveries()
    }
    return [
        paper
        for paper in own_papers(case)
        if not paper.is_void and paper.pk not in bound and not paper.kind.startswith(BINDING)
    ]


def procedural_papers(case: Any) -> list[Paper]:
    """Return the papers, other than the reply, whose service on the applicant must be on record."""
    return [paper for paper in papers_of(case) if paper.kind in NEEDS_PROOF and not paper.is_void]


def reply_of(case: Any) -> Paper | None:
    """Return the newest reply of a case."""
    replies = [paper for paper in papers_of(case) if paper.kind.startswith("reply")]
    return replies[-1] if replies else None


def applicant_papers(case: Any) -> list[Paper]:
    """Return the papers an applicant may read: addressed to the applicant and served.

    The receipt decides nothing and starts no term of the applicant's, so it is read as soon as it is there.
    """
    shown = {delivery.paper_id for delivery in case.all_deliveries()}
    shown |= {paper.pk for paper in papers_of(case) if paper.kind == "registration_receipt"}
    return [
        paper
        for paper in papers_of(case)
        if (paper.kind in TO_APPLICANT or paper.kind.startswith("reply"))
        and paper.pk in shown
        and not paper.is_void
    ]

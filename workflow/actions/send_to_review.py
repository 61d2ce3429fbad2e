"""Compose the reply and send it to review (送审)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.gid.art17_review import reviews_needed
from office import keys
from office.models import User
from workflow import practices
from workflow.drafting import next_reply
from workflow.fire import Work, fire
from workflow.frozen_facts import dump_facts
from workflow.models import Case, ReplyDraft, Review


def send_to_review(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Freeze the draft's facts, lint the composed reply, and open the reviews the office keeps (条例17).

    Sign-offs pin the hash of the composed text without number and date. Raises Blocked with the lint's
    findings when the letter would not hold in reconsideration.
    """

    def effect(case: Case, work: Work) -> None:
        reply = next_reply(case, on=on)
        composed = reply.composed
        warnings = reply.stop(case, what="答复书稿")
        earlier = case.current_draft()
        version = earlier.version + 1 if earlier else 1
        draft = ReplyDraft.objects.create(
            case=case, version=version, kind=reply.kind, edit=reply.edit, body_sha256=composed.body_sha256, drafter=by, drafter_for=by.acting_for,
            drafted_on=on, warnings=warnings,
            facts_sealed=keys.data_key(case.subject_ref).seal(dump_facts(reply.facts)), created_at=now,
        )  # fmt: skip
        Review.objects.bulk_create(
            Review(office=case.office, case=case, draft=draft, kind=review) for review in _reviews(case, on)
        )
        work.note.update(draft=version, sha256=composed.body_sha256)
        work.notify("workflow.to_review", f"review:{version}")

    return fire(
        case_id, "send_to_review", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _reviews(case: Case, on: dt.date) -> list[str]:
    legal = practices.value("review.legal", office=case.office, on=on)
    return [str(Review.Kind(kind)) for kind in reviews_needed(on, legal=bool(legal))]

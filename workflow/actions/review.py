"""Clear a draft, or send it back (审查)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.actions.import_draft import take_edit
from workflow.errors import BadRequest, Stale
from workflow.fire import Work, fire
from workflow.models import Case, Review
from workflow.requests import FileData

ACT_OF = {"secrecy": "clear_secrecy", "redaction": "clear_redaction", "legal": "clear_legal"}


def clear(
    *, case_id: int, kind: str, by: User, on: dt.date, now: dt.datetime, opinion: str, seen_sha256: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Clear one review of the draft; the sign-off pins the hash of the text that was seen (条例17).

    ``seen_sha256`` is the hash shown to the reviewer; another draft in the meantime refuses it.
    """
    if not opinion.strip():
        raise BadRequest("no_opinion", "请填写审查意见", field="opinion")

    def effect(case: Case, work: Work) -> None:
        draft, review = case.current_draft(), case.pending_review(kind)
        if draft is None or review is None or draft.body_sha256 != seen_sha256:
            raise Stale("stale_draft", "文稿已有新稿，请重新阅看后再签署意见", field="opinion")
        review.status, review.pinned_sha256 = Review.Status.CLEARED, seen_sha256
        review.opinion, review.reviewer, review.reviewed_on = opinion.strip(), by, on
        review.reviewer_for = by.acting_for
        review.save()
        work.note.update(draft=draft.version, sha256=seen_sha256)
        if not case.has_pending_reviews():
            work.notify("workflow.to_sign", f"sign:{draft.version}")

    return fire(
        case_id, ACT_OF[kind], by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def send_back(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, edited_copy: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send the draft back to its handler with the reason; the other reviews of it are void.

    :param edited_copy: the working copy with the words the reviewer wants: it waits as the case's edit, which the handler
        compares and sends to review, or gives up
    Raises BadRequest without a reason, and whatever is wrong with the copy.
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明退回的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        mine = {str(role) for role in by.roles_in(case.office_id)}
        own = [
            review for review in case.current_reviews() if review.status == "pending" and review.kind in mine
        ]
        review = own[0]
        review.status, review.opinion = Review.Status.RETURNED, reason.strip()
        review.reviewer, review.reviewer_for, review.reviewed_on = by, by.acting_for, on
        review.save()
        _void_others(case)
        if edited_copy is not None:
            take_edit(case, work, edited_copy, by=by)
        work.note["review"] = review.kind
        work.remark(reason)
        _tell_handler(case, work)

    return fire(
        case_id, "send_back", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def decline(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, edited_copy: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Refuse to sign and send the draft back; every sign-off on it is void.

    :param edited_copy: the working copy as the signatory wants it, as in ``send_back``
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明退回修改的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        _void_others(case)
        if edited_copy is not None:
            take_edit(case, work, edited_copy, by=by)
        work.remark(reason)
        sheet = case.entered_sheet()
        if sheet is not None:
            sheet.status = "rejected"
            sheet.save(update_fields=["status"])
        _tell_handler(case, work)

    return fire(
        case_id,
        "decline",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def _void_others(case: Case) -> None:
    draft = case.current_draft()
    if draft is not None:
        draft.reviews.filter(status__in=["pending", "cleared"]).update(status=Review.Status.VOID)


def _tell_handler(case: Case, work: Work) -> None:
    draft = case.current_draft()
    if case.handler_id and draft is not None:
        work.notify("workflow.returned", f"returned:{draft.version}", user=case.handler_id)

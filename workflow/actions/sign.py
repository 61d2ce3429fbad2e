"""Sign the reply: number it, freeze it, answer the request (签发)."""

from __future__ import annotations

import datetime as dt
import uuid

from letters.models import Paper
from office.models import User
from workflow import dossier
from workflow.drafting import reply_of
from workflow.errors import NotNow, Stale
from workflow.fire import Work, fire
from workflow.kinds import Service
from workflow.models import ApprovalSheet, Case, DraftEdit
from workflow.review.disclosing import joining


def sign(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, seen_sha256: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign the very draft that was reviewed and shown; number, frozen text and state together or not at all.

    ``seen_sha256`` is the hash of the preview the signatory saw.
    """

    def effect(case: Case, work: Work) -> None:
        draft = case.current_draft()
        if draft is None or draft.body_sha256 != seen_sha256:
            raise Stale("stale_draft", "文稿已有新稿，请重新阅看后再签发", field="seen_sha256")
        issue(case, work, signer=by, signed_on=on)

    return fire(
        case_id,
        "sign",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def confirm_signed_sheet(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, matches: bool,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Confirm that the scanned sheet bears the leader's approval; it counts on the handwritten day.

    Raises NotNow when the second person finds that the sheet does not match: it must be entered anew.
    """
    if not matches:
        raise NotNow(
            "sheet_does_not_match",
            "签批内容与录入不符的，请点「退回修改」或由录入人重新录入",
            field="matches",
        )

    def effect(case: Case, work: Work) -> None:
        sheet = case.entered_sheet()
        assert sheet is not None  # the machine's condition has just seen it
        draft = case.current_draft()
        if draft is None or draft.body_sha256 != sheet.body_sha256:
            raise Stale("stale_draft", "签批的是旧稿，请重新呈批", field="matches")
        sheet.status, sheet.confirmed_by, sheet.confirmed_on = ApprovalSheet.Status.CONFIRMED, by, on
        sheet.save()
        work.note["sheet"] = sheet.pk
        issue(case, work, signer=sheet.signer, signed_on=sheet.signed_on)

    return fire(
        case_id, "confirm_signed_sheet", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def issue(case: Case, work: Work, *, signer: User, signed_on: dt.date) -> Paper:
    """Seal the reviewed draft as the reply of the day it was signed."""
    draft = case.current_draft()
    assert draft is not None  # both callers have compared its hash
    made = reply_of(draft, on=signed_on)
    made.stop(case, what=f"《{made.composed.title}》")
    again = case.last_reopening()
    reply = work.seal(
        draft.kind, made.facts, on=signed_on, composed=made.composed, expected_body_sha256=draft.body_sha256,
        takes_place_of=again.paper if again else None, approver=signer,
    )  # fmt: skip
    work.event("replied", on=signed_on, paper=reply)
    case.answered(signed_on, (item.outcome for item in case.items_in_order()))
    if copies := joining.join(case, reply):
        work.note["copies"] = copies
    dossier.keep(case, reply, now=work.now)
    if draft.edit is not None:
        draft.edit.status = DraftEdit.Status.SIGNED
        draft.edit.save(update_fields=["status"])
    if again is not None:
        again.answered_by = reply
        again.save(update_fields=["answered_by"])
    work.note.update(draft=draft.version, signer=signer.pk, signed_on=signed_on.isoformat())
    if case.service == Service.PORTAL and not reply.waits_for_seal:
        work.notify("workflow.deliver_reply", f"deliver:{reply.pk}", paper=reply.pk)
    return reply

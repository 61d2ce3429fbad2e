"""Enter a leader's signature on the paper approval sheet (录入纸质签批)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import Post, User
from office.roles import Role
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import ApprovalSheet, Case
from workflow.requests import FileData


def enter_signed_sheet(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, signer_id: int, signed_on: dt.date,
    scan: FileData, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the scan of the signed sheet, who signed it and the handwritten day; another person confirms it."""

    def effect(case: Case, work: Work) -> None:
        draft = case.current_draft()
        assert draft is not None  # a case in 待签发 has one
        post = Post.objects.filter(
            user_id=signer_id, office_id=case.office_id, role=Role.SIGNATORY, user__is_active=True
        ).first()
        if post is None:
            raise BadRequest("not_a_signatory", "所选人员不是本机关的签发人", field="signer")
        if post.user_id == draft.drafter_id:
            raise BadRequest("drafter_signs", "拟稿人不能签发自己拟的文稿", field="signer")
        if not draft.drafted_on <= signed_on <= on:
            raise BadRequest("bad_signed_on", "手写签批日期应在拟稿日与今天之间", field="signed_on")
        file = attach(case, work, FileData(scan.name, scan.content, "signed_sheet"))
        ApprovalSheet.objects.create(
            case=case, draft=draft, body_sha256=draft.body_sha256, scan=file.file, signer=post.user,
            signed_on=signed_on, entered_by=by, entered_on=on,
        )  # fmt: skip
        work.note.update(signer=signer_id, signed_on=signed_on.isoformat())

    return fire(
        case_id, "enter_signed_sheet", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

"""Take an edited working copy as the text of the reply, or give it up again (导入修改稿、放弃修改稿)."""

from __future__ import annotations

import datetime as dt
import uuid

from letters import working_copy
from letters.render_paper import check_layout
from office.models import User
from workflow.drafting import seal_words, system_reply
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, DraftEdit
from workflow.requests import FileData


def import_draft(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, edited_copy: FileData,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Take the words of an edited working copy; the next draft that goes to review is made with them.

    The file itself is not kept: what counts is the system's own text, which is compared, linted and reviewed anew.
    Raises BadWorkingCopy, CannotTypeset, BadRequest for a copy without any change.
    """

    def effect(case: Case, work: Work) -> None:
        take_edit(case, work, edited_copy, by=by)

    return fire(
        case_id, "import_draft", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def take_edit(case: Case, work: Work, edited_copy: FileData, *, by: User) -> None:
    """Take the words of an edited working copy inside another act, in place of an edit in use.

    Raises BadWorkingCopy, CannotTypeset, BadRequest for a copy without any change.
    """
    base = system_reply(case, on=work.on).base
    edited, notices = working_copy.edited_from(working_copy.read(edited_copy.content), base)
    made = working_copy.apply(edited, base)
    if made.body_sha256 == base.body_sha256:
        raise BadRequest(
            "unchanged", "；".join(["文稿与系统稿相同，没有可以导入的修改", *notices]), field="edited_copy"
        )
    check_layout(made.as_draft().blocks, form=made.form)
    DraftEdit.objects.filter(case=case, status=DraftEdit.Status.OPEN).update(status=DraftEdit.Status.DROPPED)
    DraftEdit.objects.create(
        case=case, base_sha256=base.body_sha256, body_sha256=made.body_sha256, words_sealed=seal_words(case, edited),
        notices=notices, by=by, edited_on=work.on, created_at=work.now,
    )  # fmt: skip
    work.note.update(base=base.body_sha256, sha256=made.body_sha256)


def drop_edit(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Give up the edit in use: the system's own draft counts again."""

    def effect(case: Case, work: Work) -> None:
        edit = case.current_edit()
        assert edit is not None  # the machine's condition has just seen it
        edit.status = DraftEdit.Status.DROPPED
        edit.save(update_fields=["status"])
        work.note["sha256"] = edit.body_sha256

    return fire(
        case_id, "drop_edit", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

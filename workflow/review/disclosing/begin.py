"""Ask for the copy of a document: every mark decided, then a worker burns and proves it."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow import practices
from workflow.errors import BadRequest, NotNow
from workflow.models import DisclosedCopy
from workflow.redaction_kinds import LIVE, DiscloseState
from workflow.review.disclosing.hands import accepted, digest, undecided, whole_document
from workflow.review.marking.doing import marking, tell
from workflow.review.redaction.legend import told_pages

ASKED = "redaction.ask_copy"
SECOND_PERSON = "review.second_person"


def ask_for_copy(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> DisclosedCopy:  # fmt: skip
    """Have the copy of a version made from the marks that are accepted.

    A copy that is under way or made from the very same marks is returned as it is.

    :raises NotNow: where marks are undecided, or the whole document is withheld
    """
    with marking(version_id, by=by, on=on, now=now, key=ASKED, act_id=act_id) as work:
        if open_pages := undecided(work.version):
            where = told_pages(open_pages)
            raise NotNow(
                "undecided",
                f"还有{len(open_pages)}处标记没有处理（{where}），请逐处采纳或者不采纳",
                field="copy",
            )
        marks = accepted(work.version)
        if whole_document(marks):
            raise NotNow("withheld", "整份材料不公开，不制作公开副本", field="copy")
        seen = digest(marks)
        live = work.version.disclosed_copies.filter(status__in=LIVE).first()
        if live is not None and live.marks_sha256 == seen:
            return live
        if live is not None:
            raise BadRequest("copy_live", "公开副本已经在制作，请稍后再看", field="copy")
        last = work.version.disclosed_copies.order_by("-number").first()
        made = DisclosedCopy.objects.create(
            office=work.case.office, case=work.case, version=work.version, number=last.number + 1 if last else 1,
            marks=[mark.pk for mark in marks], marks_sha256=seen, page_count=work.copy.page_count,
            changed_pages=sorted({mark.page for mark in marks if mark.page}), made_by=work.by.duty_of, asked_on=on, asked_at=now,
            needs_check=bool(practices.value(SECOND_PERSON, office=work.case.office, on=on)),
            status=DiscloseState.QUEUED,
        )  # fmt: skip
        tell(
            work.case, work.version, ASKED, by=work.by, on=on, now=now, act_id=work.act_id,
            data={"number": made.number, "count": len(marks), "marks": seen},
        )  # fmt: skip
        return made

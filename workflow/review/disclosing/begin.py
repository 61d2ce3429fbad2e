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
from workflow.review.marking.doing import marking, tell, void_copies
from workflow.review.redaction import ocr
from workflow.review.redaction.legend import told_pages

ASKED = "redaction.ask_copy"
OTHERWISE = "改为另一种公开副本（带或者不带可搜索的文字）"
NO_ENGINE = (
    f"本机没有安装文字识别引擎（{ocr.PACKAGES}），不能制作带可搜索文字的副本；请不勾选，或者请管理员安装"
)
SECOND_PERSON = "review.second_person"


def ask_for_copy(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, searchable: bool = False, act_id: uuid.UUID | None = None
) -> DisclosedCopy:  # fmt: skip
    """Have the copy of a version made from the marks that are accepted.

    A copy that is under way or made from the very same marks in the same way is returned as it is.

    :param searchable: with unseen text that is read from the finished, blackened pictures alone
    :raises NotNow: where a searchable copy is asked for and nothing can read pictures here, where marks are undecided, or the whole document is withheld
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
        if searchable and ocr.engine() is None:
            raise NotNow("no_engine", NO_ENGINE, field="searchable")
        seen = digest(marks)
        live = work.version.disclosed_copies.filter(status__in=LIVE).first()
        same = live is not None and live.marks_sha256 == seen
        if live is not None and same and live.searchable == searchable:
            return live
        if live is not None and same and not live.under_way:
            void_copies([work.version.pk], reason=OTHERWISE)
        elif live is not None:
            raise BadRequest("copy_live", "公开副本已经在制作，请稍后再看", field="copy")
        last = work.version.disclosed_copies.order_by("-number").first()
        made = DisclosedCopy.objects.create(
            office=work.case.office, case=work.case, version=work.version, number=last.number + 1 if last else 1,
            marks=[mark.pk for mark in marks], marks_sha256=seen, page_count=work.copy.page_count,
            changed_pages=sorted({mark.page for mark in marks if mark.page}), made_by=work.by.duty_of, asked_on=on, asked_at=now,
            needs_check=bool(practices.value(SECOND_PERSON, office=work.case.office, on=on)),
            status=DiscloseState.QUEUED, searchable=searchable,
        )  # fmt: skip
        tell(
            work.case, work.version, ASKED, by=work.by, on=on, now=now, act_id=work.act_id,
            data={"number": made.number, "count": len(marks), "marks": seen},
        )  # fmt: skip
        return made

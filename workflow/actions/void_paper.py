"""Declare a paper void: it keeps its number and its text, and counts for nothing (作废文书)."""

from __future__ import annotations

import datetime as dt
import uuid

from letters.models import Voiding
from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case
from workflow.selectors.papers import voidable_papers


def void_paper(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, paper_id: int, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Declare void a paper that never left the house and that no term runs from; its number is not given again."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明作废的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        paper = next((row for row in voidable_papers(case) if row.pk == paper_id), None)
        if paper is None:
            raise BadRequest(
                "not_voidable",
                "这份文书不能作废：已经送达、影响期限的文书和答复书，请用「拟自行纠正」另行纠正",
                field="paper",
            )
        Voiding.objects.create(paper=paper, reason=reason.strip(), voided_on=on, by_id=by.pk, created_at=now)
        work.note["paper"] = paper.number_text

    return fire(
        case_id, "void_paper", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip

"""Judge the reasons for an unusual number of requests (认定理由)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, ExcessInquiry


def assess_reasons(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, finding: str, assessment: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Find the reasons reasonable or not, and say why (条例35).

    Unreasonable: the reply may say that the request is not handled. Reasonable: a delay may be set.
    """
    if finding not in ExcessInquiry.Finding.values:
        raise BadRequest("bad_finding", "请选择理由是否合理", field="finding")
    if not assessment.strip():
        raise BadRequest("no_assessment", "请写明作出这一认定的依据", field="assessment")

    def effect(case: Case, work: Work) -> None:
        inquiry = case.excess_inquiry()
        assert inquiry is not None  # the machine's condition has just seen it
        if inquiry.silent_on and finding == ExcessInquiry.Finding.REASONABLE:
            raise BadRequest("no_reasons", "申请人没有说明理由，不能认定理由合理", field="finding")
        inquiry.finding, inquiry.assessment, inquiry.found_by, inquiry.found_on = (
            finding,
            assessment.strip(),
            by,
            on,
        )
        inquiry.save()
        work.note["finding"] = ExcessInquiry.Finding(finding).label

    return fire(
        case_id,
        "assess_reasons",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

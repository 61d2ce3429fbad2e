"""Judge a third party's objection, or decide to disclose in spite of it (理由评估、公开决定)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow import paper_facts_before
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Consultation


def assess_opinion(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, consultation_id: int, sound: bool, assessment: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record whether a third party's reasons are sound and why; refusal alone never decides (条例32)."""
    if not assessment.strip():
        raise BadRequest("not_assessed", "请写明对其理由是否合理的评估", field="assessment")

    def effect(case: Case, work: Work) -> None:
        row = _objection(case, consultation_id)
        if row.decided_on:
            raise BadRequest("decided", "已经告知第三方公开决定，不能再改评估", field="consultation")
        row.reason_sound, row.reason_assessed, row.assessed_by, row.assessed_on = (
            sound,
            assessment.strip(),
            by,
            on,
        )
        row.save()
        work.note.update(consultation=row.pk, finding="合理" if sound else "不合理")

    return fire(
        case_id, "assess_opinion", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def decide_disclosure(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, consultation_id: int, basis: str, content: str,
    reason: str, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Decide to disclose in spite of an objection and tell the third party what and why, in writing (条例32).

    :param basis: "public_interest" overrides a sound objection, "unsound" answers one that is not
    :param content: the information that will be disclosed
    """
    if basis not in Consultation.Decision.values:
        raise BadRequest("bad_basis", "请选择公开决定的依据", field="basis")
    for field, text, word in (("content", content, "决定公开的内容"), ("reason", reason, "公开的理由")):
        if not text.strip():
            raise BadRequest("missing_field", f"请写明{word}", field=field)

    def effect(case: Case, work: Work) -> None:
        row = _objection(case, consultation_id)
        if row.decided_on:
            raise BadRequest("decided", "已经告知过这一第三方公开决定", field="consultation")
        if row.reason_sound is None:
            raise BadRequest("not_assessed", "请先「评估第三方理由」", field="consultation")
        if (basis == Consultation.Decision.UNSOUND) == row.reason_sound:
            word = "合理，只能因公共利益公开" if row.reason_sound else "不合理，不需要以公共利益为依据"
            raise BadRequest("basis_differs", f"对第三方理由的评估为{word}", field="basis")
        row.decision_basis, row.decision_reason, row.decided_on = basis, reason.strip(), on
        facts = paper_facts_before.disclosure_decision(case, row, on=on, content=content)
        row.decision_paper = work.seal("disclosure_decision_notice", facts)
        row.save()
        work.note.update(consultation=row.pk, basis=Consultation.Decision(basis).label)

    return fire(
        case_id, "decide_disclosure", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _objection(case: Case, consultation_id: int) -> Consultation:
    row = next((c for c in case.all_consultations() if c.pk == consultation_id), None)
    if row is None or row.kind != Consultation.Kind.THIRD or not row.objects_to_it:
        raise BadRequest("no_objection", "这一第三方没有提出不同意公开的意见", field="consultation")
    return row

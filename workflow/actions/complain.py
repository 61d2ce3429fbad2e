"""Complaints to the supervising office about how a request was handled (投诉举报)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import Office, Post, User
from office.roles import Role
from workflow import remedy_facts
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Complaint

URGED = (Complaint.Result.RECTIFY, Complaint.Result.CRITICISE)


def record_complaint(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, matters: str, received_on: dt.date,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter a complaint about a case at the supervising office (条例47、51)."""
    if not matters.strip():
        raise BadRequest("no_matters", "请写明投诉举报的事项", field="matters")

    def effect(case: Case, work: Work) -> None:
        if not case.arrived_on <= received_on <= on:
            raise BadRequest("bad_day", "收到投诉的日期应在申请到达之日与今天之间", field="received_on")
        row = Complaint.objects.create(
            case=case, seq=len(case.all_complaints()) + 1, supervisor=_supervisor(case, by), received_on=received_on,
            matters=matters.strip(), by_ref=by.ref, created_at=now,
        )  # fmt: skip
        work.note["complaint"] = row.seq

    return fire(
        case_id, "record_complaint", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def decide_complaint(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, complaint_id: int, result: str, finding: str,
    measures: str = "", rectify_by_on: dt.date | None = None, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Decide a complaint: urge rectification or criticise where it holds (条例47), and tell who complained.

    The notice to the office and the answer are papers of the supervising office.
    """
    if result not in Complaint.Result.values or not result:
        raise BadRequest("no_result", "请选择处理结果", field="result")
    if not finding.strip():
        raise BadRequest("no_finding", "请写明核查的情况", field="finding")
    if result in URGED and (not measures.strip() or rectify_by_on is None):
        raise BadRequest("no_measures", "督促整改的，请写明整改要求和期限", field="measures")
    if result in URGED and rectify_by_on is not None and rectify_by_on < on:
        raise BadRequest("bad_day", "整改期限不能早于今天", field="rectify_by_on")

    def effect(case: Case, work: Work) -> None:
        row = next((row for row in case.open_complaints() if row.pk == complaint_id), None)
        if row is None:
            raise BadRequest("no_complaint", "请选择正在核查的投诉举报", field="complaint")
        if result in URGED and rectify_by_on is not None:
            facts = remedy_facts.rectification(
                case, row, office=row.supervisor, finding=finding, measures=measures, until=rectify_by_on,
                criticised=result == Complaint.Result.CRITICISE,
            )  # fmt: skip
            row.notice = work.seal("rectification_notice", facts, office=row.supervisor)
            row.rectify_by_on = rectify_by_on
        facts = remedy_facts.complaint_answer(
            case, row, office=row.supervisor, finding=finding, result=result
        )
        row.answer = work.seal("complaint_answer", facts, office=row.supervisor)
        row.result, row.finding, row.decided_on = result, finding.strip(), on
        row.save()
        work.note.update(complaint=row.seq, result=Complaint.Result(result).label)

    return fire(
        case_id, "decide_complaint", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def report_rectification(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, complaint_id: int, report: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter what the office put right after it was urged to."""
    if not report.strip():
        raise BadRequest("no_report", "请写明整改情况", field="report")

    def effect(case: Case, work: Work) -> None:
        row = next((row for row in case.rectifications_owed() if row.pk == complaint_id), None)
        if row is None:
            raise BadRequest("no_complaint", "请选择等待整改的督促通知", field="complaint")
        row.rectified_on, row.rectified = on, report.strip()
        row.save()
        work.note["complaint"] = row.seq

    return fire(
        case_id, "report_rectification", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _supervisor(case: Case, by: User) -> Office:
    """Return the nearest office above in which this person supervises."""
    held = set(Post.objects.filter(user=by, role=Role.SUPERVISOR).values_list("office_id", flat=True))
    return next(office for office in case.office.ancestors() if office.pk in held)

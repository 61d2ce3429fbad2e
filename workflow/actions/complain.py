"""Complaints to the supervising office about how a request was handled (投诉举报)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import outbox
from office.actors import Actor
from office.models import Office, User
from workflow import remedy_facts
from workflow.actions._seal_beside import enter_use_beside
from workflow.actions._serve_beside import served_beside
from workflow.actions.use_seal import signer_of
from workflow.beside.step import Doing, take
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Complaint
from workflow.requests import SealData
from workflow.supervising import seats

URGED = Complaint.URGED
#: Somebody of the office complained of is to be told that it is urged.
CAME = "workflow.complaint_came"


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
            case=case, seq=len(case.all_complaints()) + 1, supervisor=_supervisor(case, by, on), received_on=received_on,
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

    The notice to the office and the answer are papers of the supervising office. Where it seals such papers by hand they
    wait in its house for ``seal_complaint``, and the office complained of learns nothing of them.
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
        if row.notice is not None and not row.waits_for_seal:
            work.notify(CAME, f"complaint_came:{row.pk}", complaint=row.pk)
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
        # Meanwhile the supervising office may enter how its answer was served: a column of its own each.
        row.save(update_fields=["rectified_on", "rectified"])
        work.note["complaint"] = row.seq

    return fire(
        case_id, "report_rectification", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def seal_complaint(
    *,
    record_id: int,
    by: User,
    on: dt.date,
    now: dt.datetime,
    seal: SealData,
    act_id: uuid.UUID | None = None,
) -> Complaint:
    """Enter the use of the seal on what was written about a complaint, which then leaves the supervising office.

    Raises BadRequest where nothing waits for a seal, and for who does not keep the seal where one person does.
    """

    def effect(row: Complaint, doing: Doing) -> None:
        approver = signer_of(row.answer) if row.answer else None
        enter_use_beside(seal, *row.papers, office=row.supervisor, approver_id=approver, by=by, doing=doing)
        if row.notice is not None:
            outbox.post(
                kind=CAME, dedupe_key=f"{row.subject_ref}:came", payload={"complaint": row.pk}, now=now
            )

    return take("seal_complaint", Complaint, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def serve_complaint(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, channel: str, sent_on: dt.date, tracking: str = "",
    signed_on: dt.date | None = None, act_id: uuid.UUID | None = None,
) -> Complaint:  # fmt: skip
    """Enter how and when the answer reached whoever complained (235号).

    Raises BadRequest naming the field, also for an answer that waits for its seal or was served before.
    """

    def effect(row: Complaint, doing: Doing) -> None:
        if row.served_on is not None:
            raise BadRequest("served", "告知书已经登记送达", field="record")
        done = served_beside(
            row.answer, office=row.supervisor, since=row.decided_on, on=on, channel=channel, sent_on=sent_on,
            tracking=tracking, signed_on=signed_on,
        )  # fmt: skip
        row.channel, row.tracking, row.served_on = channel, tracking.strip(), done

    return take("serve_complaint", Complaint, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def _supervisor(case: Case, by: User, on: dt.date) -> Office:
    """Return the nearest office above from which this person supervises."""
    held = {office.pk for office in seats(by, on=on)}
    found = next((office for office in case.office.ancestors() if office.pk in held), None)
    if found is None:
        raise BadRequest("no_seat", "请由任监督员的上级机关登记", field="received_on")
    return found

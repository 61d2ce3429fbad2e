"""Correct a record about the person who asks (更正与本人相关的记录, 条例41)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from law.gid.art41_correction import Correction, correction_due, decide
from office import files
from office.actors import Actor
from office.models import Office, User
from office.web.dates import chinese_date
from workflow import rules
from workflow.actions._seal_beside import enter_use_beside
from workflow.actions._serve_beside import served_beside
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.models import CorrectionFile, RecordCorrection
from workflow.requests import FileData, SealData

STAGES = {
    Correction.CORRECT: "corrected",
    Correction.HAND_OVER: "handed_over",
    Correction.DECLINE: "declined",
}
NEEDED = {
    "name": "申请人姓名或者名称", "id_number": "证件号码", "record": "需要更正的记录", "wrong": "记录的内容", "right": "请求更正为",
    "evidence": "申请人提供的证据",
}  # fmt: skip


@dataclass(frozen=True)
class CorrectionData:
    """What a person asks to have corrected, and with what evidence (条例41)."""

    kind: str
    name: str
    id_kind: str
    id_number: str
    record: str
    wrong: str
    right: str
    evidence: str
    received_on: dt.date
    phone: str = ""
    address: str = ""
    files: Sequence[FileData] = ()


def receive_correction(
    *, office_id: int, by: Actor, on: dt.date, now: dt.datetime, given: CorrectionData,
    act_id: uuid.UUID | None = None,
) -> RecordCorrection:  # fmt: skip
    """Enter a request for correction; the office's own term of 20 working days runs from its receipt (R10)."""
    office = _office(office_id)
    for name, label in NEEDED.items():
        if not str(getattr(given, name)).strip():
            raise BadRequest("missing", f"请填写{label}", field=name)
    if given.received_on > on:
        raise BadRequest("in_the_future", "收到日期不能晚于今天", field="received_on")

    def build(doing: Doing) -> RecordCorrection:
        calendar, overrides = rules.of(office)
        year = given.received_on.year
        last = RecordCorrection.objects.filter(office=office, year=year).aggregate(last=Max("seq"))["last"]
        row = RecordCorrection(
            office=office, year=year, seq=(last or 0) + 1, kind=given.kind, name=given.name.strip(),
            id_kind=given.id_kind, id_number=given.id_number.strip(), phone=given.phone.strip(),
            address=given.address.strip(), record=given.record.strip(), wrong=given.wrong.strip(),
            right=given.right.strip(), evidence=given.evidence.strip(), received_on=given.received_on,
            due_on=correction_due(given.received_on, calendar, overrides=overrides).date, by_ref=by.ref, created_at=now,
        )  # fmt: skip
        row.save(force_insert=True)
        for file in given.files:
            stored = files.put(office=office, content=file.content, name=file.name, now=now)
            CorrectionFile.objects.create(correction=row, file=stored, title=file.name[-160:], created_at=now)
        doing.note["due_on"] = chinese_date(row.due_on)
        return row

    return make("receive_correction", office, build, by=by, on=on, now=now, act_id=act_id)


def examine_correction(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, competent: bool, proven: bool, finding: str,
    other_office: str = "", act_id: uuid.UUID | None = None,
) -> RecordCorrection:  # fmt: skip
    """Weigh the evidence: may this office correct the record, and is it proven wrong?"""
    if not finding.strip():
        raise BadRequest("no_finding", "请写明核实的情况", field="finding")
    if not competent and not other_office.strip():
        raise BadRequest("no_office", "无权更正的，请写明有权更正的机关和联系方式", field="other_office")

    def effect(row: RecordCorrection, doing: Doing) -> None:
        row.competent, row.proven, row.finding = competent, proven, finding.strip()
        row.other_office = "" if competent else other_office.strip()
        row.examined_by, row.examined_on = by, on
        row.examine()

    return take(
        "examine_correction", RecordCorrection, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )


def answer_correction(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> RecordCorrection:
    """Answer what the examination came to: corrected, handed over, or told why not; another person signs."""

    def effect(row: RecordCorrection, doing: Doing) -> None:
        if row.examined_by_id == by.pk:
            raise BadRequest("examiner_signs", "核实人不能签发自己核实的答复", field="record")
        decided = decide(proven=bool(row.proven), competent=bool(row.competent))
        # Their own record, in their own words: what it says of them may stand in the answer.
        asked = {"name": row.name, "told": f"{row.record} {row.wrong} {row.right}"}
        row.answer = doing.seal(row.office, row.subject_ref, answer_facts(row, STAGES[decided]), asked=asked)
        row.answered_by, row.answered_on = by, on
        {"corrected": row.correct, "handed_over": row.hand_over, "declined": row.decline}[STAGES[decided]]()
        doing.note["result"] = row.get_stage_display()

    return take(
        "answer_correction", RecordCorrection, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )


def seal_correction(
    *,
    record_id: int,
    by: User,
    on: dt.date,
    now: dt.datetime,
    seal: SealData,
    act_id: uuid.UUID | None = None,
) -> RecordCorrection:
    """Enter the use of the seal on the answer, which may then be served."""

    def effect(row: RecordCorrection, doing: Doing) -> None:
        enter_use_beside(
            seal, row.answer, office=row.office, approver_id=row.answered_by_id, by=by, doing=doing
        )

    return take("seal_correction", RecordCorrection, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def serve_correction(
    *, record_id: int, by: Actor, on: dt.date, now: dt.datetime, channel: str, sent_on: dt.date, tracking: str = "",
    signed_on: dt.date | None = None, act_id: uuid.UUID | None = None,
) -> RecordCorrection:  # fmt: skip
    """Enter how and when the answer was served (235号)."""

    def effect(row: RecordCorrection, doing: Doing) -> None:
        if row.served_on is not None:
            raise BadRequest("served", "答复已经登记送达", field="record")
        done = served_beside(
            row.answer, office=row.office, since=row.answered_on, on=on, channel=channel, sent_on=sent_on, tracking=tracking,
            signed_on=signed_on,
        )  # fmt: skip
        row.channel, row.tracking, row.served_on = channel, tracking.strip(), done

    return take("serve_correction", RecordCorrection, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def answer_facts(row: RecordCorrection, decision: str) -> dict[str, object]:
    """Return the facts of the answer to a request for correction."""
    kind = "natural" if row.kind == "natural" else "org"
    facts: dict[str, object] = {
        "office": rules.facts_of(row.office), "addressee": {"name": row.name, "kind": kind},
        "asked_on": row.received_on.isoformat(), "about_number": row.number, "record": row.record, "wrong": row.wrong,
        "right": row.right, "finding": row.finding, "decision": decision,
    }  # fmt: skip
    return facts | ({"other_office": row.other_office} if decision == "handed_over" else {})


def _office(office_id: int) -> Office:
    office = Office.objects.filter(pk=office_id).first()
    if office is None:
        raise BadRequest("no_office", "没有这个机关", field="office")
    return office

"""Sign for a letter from another office of the platform, and answer it (签收来函、答复来函)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office import journal
from office.actors import Actor
from office.models import Office
from workflow.actions._files import attach
from workflow.actions.serve_consultation import put_delivery
from workflow.answering import consulted
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import AttachmentKind, Service
from workflow.models import Case, Consultation
from workflow.requests import FileData


def sign_for_letter(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, consultation_id: int,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign for a letter that came to the own office: the term for its answer runs from the next day (条例34).

    :param by: a person of the office that was asked
    """

    def effect(case: Case, work: Work) -> None:
        row = _letter(case, work.by, consultation_id)
        _arrived(case, row, on)
        row.save()
        _told(row, work, "letter.sign")

    return fire(
        case_id, "sign_for_letter", by=consulted(by, consultation_id), on=on, now=now, effect=effect,
        expected_version=expected_version, act_id=act_id,
    )  # fmt: skip


def answer_letter(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, consultation_id: int, opinion: str, reason: str = "",
    files: Sequence[FileData] = (), expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Answer a letter that came to the own office: the opinion lands in the asking case on this day (条例11, 34).

    What does not fully agree gives its reasons, in words or by material. A letter nobody had signed for counts as
    received on the day of the answer. An answer after the term is taken too; the clock then counts the term.

    :param by: a person of the office that was asked
    :param opinion: "agree", "disagree" or "partly"
    """
    if opinion not in Consultation.Opinion.values:
        raise BadRequest("bad_opinion", "请选择本机关的意见", field="opinion")
    if opinion != Consultation.Opinion.AGREE and not reason.strip() and not files:
        raise BadRequest("no_reason", "不同意或者部分同意的，请说明理由，或者附上材料", field="reason")

    def effect(case: Case, work: Work) -> None:
        row = _letter(case, work.by, consultation_id)
        if row.delivered_on is None:
            _arrived(case, row, on)
        row.opinion, row.opinion_on = opinion, on
        row.reason = reason.strip() or ("见所附材料" if files else "")
        kind = AttachmentKind.OPINION if row.kind == Consultation.Kind.JOINT else AttachmentKind.SHARE_ANSWER
        for file in files:
            attach(case, work, FileData(file.name, file.content, kind.value))
        work.event("opinion_received", id=str(row.pk))
        row.save()
        work.note["opinion"] = Consultation.Opinion(opinion).label
        work.notify("workflow.letter_answered", f"letter_answered:{row.pk}", user=case.handler_id)
        _told(row, work, "letter.answer", opinion=Consultation.Opinion(opinion).label)

    return fire(
        case_id, "answer_letter", by=consulted(by, consultation_id), on=on, now=now, effect=effect,
        expected_version=expected_version, act_id=act_id,
    )  # fmt: skip


def _letter(case: Case, by: Actor, consultation_id: int) -> Consultation:
    """Return the letter, which the machine's condition has found open; none but the actor's own."""
    if getattr(by, "letter_id", None) != consultation_id:
        raise BadRequest("other_letter", "请打开来函，在它的页面上签收、答复", field="consultation")
    return next(row for row in case.open_consultations() if row.pk == consultation_id)


def _arrived(case: Case, row: Consultation, day: dt.date) -> None:
    if day < row.sent_on:
        raise BadRequest("bad_delivery", "日期不能早于来函发出之日", field="on")
    row.channel, row.returned_on = Service.PORTAL, None
    put_delivery(case, row, day)


def _told(row: Consultation, work: Work, key: str, **more: str) -> None:
    """Tell of it on both sides: in the asking case by its own line, in the chain of the office that was asked here."""
    asked = Office.objects.select_for_update().get(pk=row.office_id)
    number = row.paper.number_text if row.paper else ""
    work.note.update(office=asked.name, number=number)
    journal.write(
        subject=f"office:{asked.pk}", key=key, by=work.by, on=work.on, now=work.now, office_id=asked.pk,
        act_id=work.act_id, data={"office": row.case.office.name, "number": number, **more},
    )  # fmt: skip

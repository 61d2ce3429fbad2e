"""What becomes of a paper on its way: signed for, returned, sent anew, read (签收、退件、再次送达、阅读)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.web.dates import chinese_date
from workflow.actions._files import attach
from workflow.actions.serve import check_service, completion, mail_it, tell_clock
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import ReturnReason, Service
from workflow.models import Case, Delivery
from workflow.requests import FileData


def record_signature(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, delivery_id: int, signed_on: dt.date,
    receiver: str = "", proof: FileData | None = None, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter the day on which mail was signed for; service by post stays complete on the day of posting (235号)."""

    def effect(case: Case, work: Work) -> None:
        row = _one(case.deliveries_unsigned(), delivery_id)
        if not row.sent_on <= signed_on <= on:
            raise BadRequest("bad_day", "签收日期应在交寄日期与今天之间", field="signed_on")
        row.signed_on, row.receiver = signed_on, receiver.strip()
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        row.save()
        work.note.update(paper=row.paper.number_text, signed_on=chinese_date(signed_on))

    return fire(
        case_id, "record_signature", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def record_return(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, delivery_id: int, returned_on: dt.date, reason: str,
    note: str = "", proof: FileData | None = None, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter that mail came back and why; the day of posting stays as it is, and the paper waits to be sent anew."""

    def effect(case: Case, work: Work) -> None:
        row = _one(case.deliveries_unsigned(), delivery_id)
        if reason not in ReturnReason.values:
            raise BadRequest("no_reason", "请选择退回的原因", field="reason")
        if not row.sent_on <= returned_on <= on:
            raise BadRequest("bad_day", "退回日期应在交寄日期与今天之间", field="returned_on")
        row.returned_on, row.return_reason = returned_on, reason
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        row.save()
        work.remark(note)
        work.note.update(paper=row.paper.number_text, returned_on=chinese_date(returned_on), reason=reason)
        work.notify("workflow.returned_mail", f"returned:{row.pk}")

    return fire(
        case_id, "record_return", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def serve_again(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, delivery_id: int, channel: str, sent_on: dt.date,
    address: str = "", tracking: str = "", signed_on: dt.date | None = None, receiver: str = "",
    proof: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send a returned paper anew, by a second address or another way; the first day of posting stays on record."""

    def effect(case: Case, work: Work) -> None:
        first = _one(case.returned_mail(), delivery_id)
        check_service(case, work.on, channel, sent_on, tracking, signed_on, proof)
        if first.returned_on and sent_on < first.returned_on:
            raise BadRequest("before_return", "再次送达的日期不能早于退回日期", field="sent_on")
        if channel == "post" and not address.strip():
            raise BadRequest("no_address", "请填写核实后的送达地址", field="address")
        held = attach(case, work, FileData(proof.name, proof.content, "proof")) if proof else None
        made = Delivery.objects.create(
            case=case, paper=first.paper, channel=channel, sent_on=sent_on, tracking=tracking.strip(),
            address=address.strip(), signed_on=signed_on, receiver=receiver.strip(), again_of=first, proof=held,
            completed_on=completion(channel, sent_on, signed_on, office=case.office), by_ref=work.by.ref,
        )  # fmt: skip
        if first.return_reason == ReturnReason.BOUNCED and first.paper.kind.startswith("reply"):
            # The posting of a returned letter stays; an e-mail that bounced was no service at all.
            signed = {"signed_on": signed_on.isoformat()} if signed_on else {}
            work.event("served", on=sent_on, channel=channel, **signed)
        tell_clock(case, first.paper, made)
        if channel == Service.EMAIL and proof is None:
            mail_it(case, work, made)
        work.note.update(paper=first.paper.number_text, channel=channel)

    return fire(
        case_id, "serve_again", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip


def record_bounce(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, delivery_id: int, returned_on: dt.date, note: str = "",
    proof: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter that an e-mail came back: it never arrived, nothing was completed, and the paper waits to be sent anew."""

    def effect(case: Case, work: Work) -> None:
        row = _one(case.mails_unanswered(), delivery_id)
        if not row.sent_on <= returned_on <= on:
            raise BadRequest("bad_day", "退回日期应在发出日期与今天之间", field="returned_on")
        row.returned_on, row.return_reason, row.completed_on = returned_on, ReturnReason.BOUNCED, None
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        row.save()
        _not_served(case, row, returned_on)
        work.remark(note)
        work.note.update(paper=row.paper.number_text, returned_on=chinese_date(returned_on))
        work.notify("workflow.returned_mail", f"returned:{row.pk}")

    return fire(
        case_id, "record_bounce", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip


def record_report(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, delivery_id: int, reported_on: dt.date,
    proof: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter the report that an e-mail arrived; it is kept with the service as its proof."""

    def effect(case: Case, work: Work) -> None:
        row = _one(case.mails_unanswered(), delivery_id)
        if not row.sent_on <= reported_on <= on:
            raise BadRequest("bad_day", "到达日期应在发出日期与今天之间", field="reported_on")
        row.reported_on = reported_on
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        row.save()
        work.note.update(paper=row.paper.number_text, reported_on=chinese_date(reported_on))

    return fire(
        case_id, "record_report", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip


def _not_served(case: Case, row: Delivery, returned_on: dt.date) -> None:
    """Take a bounced e-mail back from the clock: a reply is not complete, a notice's term has not begun."""
    for event in case.clock_events():
        if (
            event.type == "served"
            and row.paper.kind.startswith("reply")
            and event.data.get("channel") == "email"
        ):
            event.data = {**event.data, "failed_on": returned_on.isoformat()}
        elif event.paper_id == row.paper_id and "delivered_on" in event.data:
            event.data = {name: told for name, told in event.data.items() if name != "delivered_on"}
        else:
            continue
        event.save(update_fields=["data"])


def mark_read(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, paper_id: int, act_id: uuid.UUID | None = None
) -> Case:
    """Leave a receipt that the applicant opened a paper on the portal; the first opening counts."""

    def effect(case: Case, work: Work) -> None:
        row = next((row for row in case.unread_deliveries() if row.paper_id == paper_id), None)
        if row is None:
            raise BadRequest("read_before", "这份文书已经阅读过", field="paper")
        row.read_at = now
        row.save(update_fields=["read_at"])
        work.note["paper"] = row.paper.number_text

    return fire(case_id, "mark_read", by=by, on=on, now=now, effect=effect, act_id=act_id)


def _one(rows: list[Delivery], delivery_id: int) -> Delivery:
    found = next((row for row in rows if row.pk == delivery_id), None)
    if found is None:
        raise BadRequest("no_delivery", "请选择本件的一次邮寄", field="delivery")
    return found

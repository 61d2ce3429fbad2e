"""Record the service of a paper (送达)."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from dataclasses import replace

from django.conf import settings

from law.records.completion import completed_on, on_signature
from letters.models import Paper
from office.actors import Actor
from office.models import Office
from workflow import rules
from workflow.actions._files import attach
from workflow.actions.use_seal import enter_use, refuse_unsealed
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import Service
from workflow.models import Case, Delivery
from workflow.requests import FileData, SealData
from workflow.selectors.papers import reply_of


def serve(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, channel: str, sent_on: dt.date,
    tracking: str = "", signed_on: dt.date | None = None, receiver: str = "", proof: FileData | None = None,
    seal: SealData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record how and when the reply was served; the day of completion follows from the channel (C6).

    :param seal: the use of the seal, where it was not entered before; without one nothing leaves the house
    """

    def effect(case: Case, work: Work) -> None:
        reply = reply_of(case)
        if reply is None:
            raise BadRequest("no_reply", "本件没有可送达的答复书", field="paper")
        if case.replied_on and sent_on < case.replied_on:
            raise BadRequest("before_signature", "送达日期不能早于签发日期", field="sent_on")
        if reply.waits_for_seal and seal is not None:
            use = enter_use(case, work, reply, replace(seal, used_on=seal.used_on or sent_on))
            work.note["seal"] = use.pk
        if reply.sealed_on and sent_on < reply.sealed_on:
            raise BadRequest("before_seal", "送达日期不能早于用印日期", field="sent_on")
        delivery = _deliver(case, work, reply, channel, sent_on, tracking, signed_on, receiver, proof)
        signed = {"signed_on": delivery.signed_on.isoformat()} if delivery.signed_on else {}
        work.event("served", on=sent_on, channel=channel, **signed)

    return fire(
        case_id,
        "serve",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def record_delivery(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, paper_id: int, channel: str, sent_on: dt.date,
    tracking: str = "", signed_on: dt.date | None = None, receiver: str = "", proof: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the service of a procedural paper, from which the applicant's own term may run."""

    def effect(case: Case, work: Work) -> None:
        paper = next((p for p in case.unserved_papers() if p.pk == paper_id), None)
        if paper is None:
            raise BadRequest("no_paper", "这份文书已登记送达或者不属于本件", field="paper")
        delivery = _deliver(case, work, paper, channel, sent_on, tracking, signed_on, receiver, proof)
        tell_clock(case, paper, delivery)
        work.note["paper"] = paper.number_text

    return fire(
        case_id, "record_delivery", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def tell_clock(case: Case, paper: Paper, delivery: Delivery) -> None:
    """Let the notice's own event know when it arrived, since the applicant's term runs from then."""
    for event in case.clock_events():
        if (
            event.paper_id == paper.pk
            and event.type in ("supplement_notice", "fee_notice")
            and delivery.reached_on
        ):
            event.data = {**event.data, "delivered_on": max(delivery.reached_on, event.on).isoformat()}
            event.save(update_fields=["data"])


def _deliver(
    case: Case, work: Work, paper: Paper, channel: str, sent_on: dt.date, tracking: str,
    signed_on: dt.date | None, receiver: str, proof: FileData | None,
) -> Delivery:  # fmt: skip
    refuse_unsealed(paper)
    check_service(case, work.on, channel, sent_on, tracking, signed_on, proof)
    attachment = attach(case, work, FileData(proof.name, proof.content, "proof")) if proof else None
    work.note["channel"] = channel
    existing = Delivery.objects.filter(case=case, paper=paper, channel=channel, signed_on=None).first()
    if existing is not None and signed_on is not None and existing.sent_on <= signed_on:
        existing.signed_on = signed_on
        existing.completed_on = completion(channel, existing.sent_on, signed_on, office=case.office)
        existing.proof = attachment or existing.proof
        existing.save(update_fields=["signed_on", "completed_on", "proof"])
        return existing
    if (
        channel == Service.PORTAL
        and (shown := Delivery.objects.filter(case=case, paper=paper).first()) is not None
    ):
        return shown
    if channel == Service.COURIER:
        work.note["breach"] = "courier"
    made = Delivery.objects.create(
        case=case, paper=paper, channel=channel, sent_on=sent_on, tracking=tracking.strip(), signed_on=signed_on,
        completed_on=completion(channel, sent_on, signed_on, office=case.office), receiver=receiver.strip(),
        proof=attachment, by_ref=work.by.ref,
    )  # fmt: skip
    if channel == Service.EMAIL and proof is None:
        mail_it(case, work, made)
    return made


def mail_it(case: Case, work: Work, delivery: Delivery) -> None:
    """Let the outbox send a paper to the address the applicant left; without one it was sent by hand."""
    if any(party.email for party in case.applicants()):
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
        delivery.mail_id = f"<paper.{delivery.pk}.{secrets.token_hex(8)}@{domain}>"
        delivery.save(update_fields=["mail_id"])
        work.notify("workflow.email_paper", f"email:{delivery.pk}", delivery=delivery.pk)


def check_service(
    case: Case, on: dt.date, channel: str, sent_on: dt.date, tracking: str, signed_on: dt.date | None,
    proof: FileData | None,
) -> None:  # fmt: skip
    """Refuse a service that lacks what proves it: EMS number, signature, for a courier proof of actual receipt."""
    if channel not in Service.values:
        raise BadRequest("bad_channel", "请选择送达方式", field="channel")
    if sent_on > on or (signed_on and not sent_on <= signed_on <= on):
        raise BadRequest("bad_day", "送达日期不能晚于今天，签收日期不能早于交寄日期", field="signed_on")
    if channel == Service.POST and not tracking.strip():
        raise BadRequest("no_tracking", "邮寄送达请填写 EMS 邮件号", field="tracking")
    if signed_on is None and on_signature(channel, sent_on, rules.of(case.office).overrides):
        raise BadRequest("no_signature", "请填写签收日期", field="signed_on")
    if channel == Service.COURIER and proof is None:
        raise BadRequest(
            "no_proof", "用其他快递的，完成之日以实际收到的证明为准，请上传签收证明", field="proof"
        )


def completion(
    channel: str, sent_on: dt.date, signed_on: dt.date | None, *, office: Office
) -> dt.date | None:
    """Return the day on which service is complete: handed to the post, arrived, or signed for (235号)."""
    return completed_on(channel, sent_on, signed_on, overrides=rules.of(office).overrides)

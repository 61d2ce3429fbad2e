"""Send a paper by e-mail as its service, and take note when the mail server refuses its address at once."""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

import letters
from letters.models import SealUse
from office import files, mail
from office.actors import SystemActor
from workflow.actions.follow_mail import record_bounce
from workflow.models import Delivery

#: Answers of a mail server that mean never, not later (RFC 5321).
NEVER = range(550, 555)
FOOT = "本邮件由系统发出，请勿直接回复。"


def email_paper(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a paper to every address its applicants left, with the sealed copy where one was scanned.

    An address that the server refuses for good is a bounce: it is entered at once, and the paper waits to be served
    another way.
    """
    delivery = Delivery.objects.select_related("case__office", "paper").get(pk=payload["delivery"])
    if delivery.mailed_at is not None or delivery.returned_on is not None:
        return
    case, paper = delivery.case, delivery.paper
    name = f"{paper.title}（{paper.number_text}）.pdf"
    text = f"您的申请（登记编号 {case.number}）的《{paper.title}》见附件。\n\n{case.office.name}\n\n{FOOT}"
    addresses = dict.fromkeys(party.email.reveal() for party in case.applicants() if party.email)
    try:
        for address in addresses:
            mail.send(
                to=address, subject=f"〔政府信息公开〕{case.number} {paper.title}", text=text, message_id=delivery.mail_id,
                attached=[(name, _content(delivery), "application/pdf")],
            )  # fmt: skip
    except smtplib.SMTPRecipientsRefused as refused:
        if not all(code in NEVER for code, _ in refused.recipients.values()):
            raise
        bounce(delivery, now, by=SystemActor("mail"))
        return
    delivery.mailed_at = now
    delivery.save(update_fields=["mailed_at"])


def bounce(delivery: Delivery, now: dt.datetime, *, by: SystemActor) -> None:
    """Enter that a mail came back, once."""
    on = localdate(now)
    record_bounce(
        case_id=delivery.case_id, by=by, on=on, now=now, delivery_id=delivery.pk, returned_on=max(on, delivery.sent_on),
        act_id=uuid.uuid5(uuid.NAMESPACE_OID, f"bounce:{delivery.pk}"),
    )  # fmt: skip


def _content(delivery: Delivery) -> bytes:
    uses = SealUse.objects.filter(paper_id=delivery.paper_id, voided_on__isnull=True, scan__isnull=False)
    use = uses.select_related("scan").order_by("pk").last()
    if use is not None and use.scan is not None and use.scan.content_type == "application/pdf":
        return files.read(use.scan)
    return letters.render(delivery.paper)

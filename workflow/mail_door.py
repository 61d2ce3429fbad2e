"""The door through which the mail server's reports come in."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.timezone import localdate

from office import mail_report
from office.actors import SystemActor
from workflow.actions.follow_mail import record_report
from workflow.errors import BadRequest
from workflow.models import Delivery
from workflow.notices.paper_mail import bounce
from workflow.requests import FileData


def take_report(raw: bytes, *, now: dt.datetime) -> str:
    """Enter what a report says of a paper sent by e-mail, once; return what was done, without a name.

    Raises Refusal for what is no report, and for a message this system never sent.
    """
    told = mail_report.read(raw)
    delivery = Delivery.objects.filter(mail_id=told.message_id).exclude(mail_id="").first()
    if delivery is None:
        raise BadRequest("unknown_mail", "没有发出过这一封邮件，没有登记")
    if told.outcome == mail_report.WAITING:
        return f"送达 {delivery.pk}：邮件还在途中（{told.status}），没有登记"
    if delivery.returned_on is not None:
        return f"送达 {delivery.pk}：已经登记过退信"
    if told.outcome == mail_report.FAILED:
        bounce(delivery, now, by=SystemActor("mail"))
        return f"送达 {delivery.pk}：已登记退信（{told.status}）"
    if delivery.reported_on is None:
        on = localdate(now)
        record_report(
            case_id=delivery.case_id, by=SystemActor("mail"), on=on, now=now, delivery_id=delivery.pk,
            reported_on=max(on, delivery.sent_on), proof=FileData("到达报告.txt", _plain(raw), "proof"),
            act_id=uuid.uuid5(uuid.NAMESPACE_OID, f"report:{delivery.pk}"),
        )  # fmt: skip
    return f"送达 {delivery.pk}：已登记到达报告"


def _plain(raw: bytes) -> bytes:
    """Keep a report as plain text that any editor opens."""
    text = raw.decode("utf-8", "replace")
    return "".join(c for c in text if c.isprintable() or c in "\n\t").encode() or b"-"

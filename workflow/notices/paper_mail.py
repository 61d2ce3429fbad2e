"""Send a paper by e-mail as its service, with the documents that go with it, and take note when the mail server refuses its address at once."""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.timezone import localdate

import letters
from letters.models import SealUse
from office import files, journal, mail
from office.actors import SystemActor
from workflow.actions.follow_mail import record_bounce
from workflow.locking import one_transaction
from workflow.models import Case, Delivery, DisclosedCopy
from workflow.review.disclosing import joining

#: Answers of a mail server that mean never, not later (RFC 5321).
NEVER = range(550, 555)
FOOT = "本邮件由系统发出，请勿直接回复。"
ENCLOSED = "随答复书提供的信息共{count}个文件，一并见附件。"
#: Bytes of enclosed documents beyond which mail servers are likely to refuse a message: then they are downloaded.
MOST_ENCLOSED = 15 * 1024 * 1024
TOO_LARGE = "随答复书提供的信息共{count}个文件，较大，没有放进邮件；请在本机关的申请网站上，凭查询码和证件号码后四位在「查询进度」中下载。"


def email_paper(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a paper to every address its applicants left, with the sealed copy where one was scanned, and what goes with it.

    Documents too large for a mail are named in it as waiting for their applicant on the portal. An address that the
    server refuses for good is a bounce: it is entered at once, and the paper waits to be served another way.
    """
    delivery = Delivery.objects.select_related("case__office", "paper").get(pk=payload["delivery"])
    if delivery.mailed_at is not None or delivery.returned_on is not None:
        return
    case, paper = delivery.case, delivery.paper
    name = f"{paper.title}（{paper.number_text}）.pdf"
    enclosed = {copy: joining.files_of(copy) for copy in joining.going_with([paper.pk])}
    found = [file for files_ in enclosed.values() for file in files_]
    fits = sum(len(file.content) for file in found) <= MOST_ENCLOSED
    about = (ENCLOSED if fits else TOO_LARGE).format(count=len(found)) if found else ""
    said = f"您的申请（登记编号 {case.number}）的《{paper.title}》见附件。{about}"
    text = f"{said}\n\n{case.office.name}\n\n{FOOT}"
    attached = [(name, _content(delivery), "application/pdf")]
    attached += [(file.name, file.content, file.content_type.partition(";")[0]) for file in found if fits]
    addresses = dict.fromkeys(party.email.reveal() for party in case.applicants() if party.email)
    try:
        for address in addresses:
            mail.send(
                to=address, subject=f"〔政府信息公开〕{case.number} {paper.title}", text=text, message_id=delivery.mail_id,
                attached=attached,
            )  # fmt: skip
    except smtplib.SMTPRecipientsRefused as refused:
        if not all(code in NEVER for code, _ in refused.recipients.values()):
            raise
        bounce(delivery, now, by=SystemActor("mail"))
        return
    with one_transaction():
        delivery.mailed_at = now
        delivery.save(update_fields=["mailed_at"])
        if fits and enclosed:
            _tell(case, enclosed, now)


def _tell(
    case: Case, enclosed: Mapping[DisclosedCopy, Sequence[joining.GivenFile]], now: dt.datetime
) -> None:
    """Write into the trail which documents left by mail."""
    Case.objects.locked(case.pk)
    for copy, files_ in enclosed.items():
        journal.write(
            subject=case.subject_ref, key=joining.MAILED, by=SystemActor("mail"), on=localdate(now), now=now,
            office_id=case.office_id, act_id=uuid.uuid4(), data={**joining.told_of(copy), "count": len(files_)},
        )  # fmt: skip


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

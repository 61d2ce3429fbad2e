"""Papers sent by e-mail: sent by the outbox, reported, bounced, served another way; and what completes service by each channel."""

from __future__ import annotations

import datetime as dt
import io
import smtplib
import sys
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from office import mail_report, outbox
from office.errors import Refusal
from tests.workflow.factories import APPLICANT, DAY, SEALED, Town, at, make_town, registered, replied
from workflow.actions import follow_mail, hand_out, request_supplement, serve
from workflow.actions.hand_out import read_materials
from workflow.errors import BadRequest
from workflow.mail_door import take_report
from workflow.models import Case, Delivery, Handout
from workflow.requests import FileData
from workflow.selectors.duties import duties_of, waiting_for
from workflow.selectors.manifest import manifest
from workflow.selectors.papers import papers_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LATER = dt.date(2026, 3, 5)
WITH_MAIL = {"parties": (APPLICANT.__class__(**{**APPLICANT.__dict__, "email": "wang@applicant.example"}),)}
LIST = FileData("清单.txt", "申请人签名的材料清单".encode(), "materials")


def mailed(town: Town, **changes: Any) -> Delivery:
    """Serve a reply by e-mail and let the outbox send it."""
    case = replied(town, service="email", **(WITH_MAIL | changes))
    serve.serve(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="email", sent_on=DAY, seal=SEALED
    )
    outbox.deliver(at(DAY, 11))
    return Delivery.objects.get(case=case, channel="email")


def report(message_id: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return what a mail server says of a message (RFC 3464)."""
    return "\r\n".join((
        "From: MAILER-DAEMON@mail.example", "To: no-reply@localhost", "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"', "",
        "--b1", "Content-Type: text/plain; charset=utf-8", "", "The mail system could not deliver your message.",
        "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.example", "",
        "Final-Recipient: rfc822; wang@applicant.example", f"Action: {action}", f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown", "",
        "--b1", "Content-Type: message/rfc822", "", f"Message-ID: {message_id}", "Subject: =?utf-8?b?5paH5Lmm?=", "",
        "text", "--b1--", "",
    )).encode()  # fmt: skip


def fresh(row: Delivery) -> Case:
    return Case.objects.select_related("office").get(pk=row.case_id)


def test_the_outbox_sends_the_paper_itself_once() -> None:
    town = make_town()
    row = mailed(town)
    sent = [one for one in mail.outbox if one.to == ["wang@applicant.example"] and one.attachments]
    assert len(sent) == 1
    name, content, kind = sent[0].attachments[0]
    assert (name.endswith(".pdf"), kind, content[:5]) == (True, "application/pdf", b"%PDF-")
    assert sent[0].extra_headers["Message-ID"] == row.mail_id
    assert "王䶮" not in sent[0].body + sent[0].subject
    assert row.mailed_at is not None
    outbox.deliver(at(DAY, 12))
    assert len([one for one in mail.outbox if one.attachments]) == 1


def test_a_bounce_undoes_the_service_and_another_way_completes_it() -> None:
    town = make_town()
    row = mailed(town)
    assert (fresh(row).completed_on, fresh(row).clock_status) == (DAY, "met")
    assert "已登记退信（5.1.1）" in take_report(report(row.mail_id), now=at(LATER))
    row.refresh_from_db()
    case = fresh(row)
    assert (row.returned_on, row.return_reason, row.completed_on) == (LATER, "bounced", None)
    assert (case.state, case.completed_on) == ("served", None)
    assert "已经登记过退信" in take_report(report(row.mail_id), now=at(LATER))
    labels = [duty.label for duty in duties_of(town.intake, on=LATER) if case in waiting_for([duty])]
    assert "再次送达" in labels
    case = follow_mail.serve_again(
        case_id=case.pk, by=town.intake, on=LATER, now=at(LATER), delivery_id=row.pk, channel="post", sent_on=LATER,
        tracking="EX990130007CN", address="云岫县采薇巷3号",
    )  # fmt: skip
    assert (case.completed_on, case.returned_mail()) == (LATER, [])


def test_a_bounced_notice_starts_no_term() -> None:
    town = make_town()
    case = registered(town, service="email", **WITH_MAIL)
    request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="未写明地块", guidance="请写明地块位置"
    )
    case = Case.objects.get(pk=case.pk)
    notice = next(paper for paper in papers_of(case) if paper.kind == "supplement_notice")
    serve.record_delivery(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), paper_id=notice.pk, channel="email", sent_on=DAY
    )
    row = Delivery.objects.get(paper=notice)
    assert fresh(row).supplement_due_on is not None
    follow_mail.record_bounce(
        case_id=case.pk, by=town.intake, on=LATER, now=at(LATER), delivery_id=row.pk, returned_on=LATER
    )
    assert fresh(row).supplement_due_on is None
    follow_mail.serve_again(
        case_id=case.pk, by=town.intake, on=LATER, now=at(LATER), delivery_id=row.pk, channel="counter",
        sent_on=LATER, signed_on=LATER, receiver="本人",
    )  # fmt: skip
    assert fresh(row).reached_on(notice.pk) == LATER


def test_a_report_of_arrival_is_kept_as_proof() -> None:
    town = make_town()
    row = mailed(town)
    assert "已登记到达报告" in take_report(report(row.mail_id, "delivered", "2.0.0"), now=at(LATER))
    row.refresh_from_db()
    assert (row.reported_on, row.completed_on) == (LATER, DAY)
    assert row.proof is not None
    line = next(one for one in manifest(fresh(row)) if one["title"].startswith("送达记录（电子邮件"))
    assert line["sha256"] == row.proof.file.sha256


def test_a_server_that_refuses_the_address_at_once_is_a_bounce(monkeypatch: pytest.MonkeyPatch) -> None:
    town = make_town()
    case = replied(town, service="email", **WITH_MAIL)
    serve.serve(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="email", sent_on=DAY, seal=SEALED
    )

    def refuse(*_: Any, **__: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({"wang@applicant.example": (550, b"no such user")})

    monkeypatch.setattr("office.mail.EmailMessage.send", refuse)
    outbox.deliver(at(DAY, 11))
    assert Delivery.objects.get(case=case).return_reason == "bounced"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "no_report"), (b"Subject: out of office\r\n\r\nback on Monday", "no_report"),
        (report("", "failed"), "no_original"), (report("<x@y>", ""), "no_status"), (report("<x@y>"), "unknown_mail"),
        ("Content-Type: multipart/report; report-type=delivery-status\r\n\r\n文".encode("gb18030"), "no_status"),
    ],
)  # fmt: skip
def test_what_is_no_report_of_ours_changes_nothing(raw: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        take_report(raw, now=at(DAY))
    assert refused.value.code == code
    assert not Delivery.objects.exists()


def test_a_delayed_mail_is_still_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    row = mailed(make_town())
    assert "还在途中" in take_report(report(row.mail_id, "delayed", "4.4.1"), now=at(LATER))
    row.refresh_from_db()
    assert (row.returned_on, row.reported_on) == (None, None)
    assert mail_report.read(report("<a@b>", "relayed", "2.1.9")).outcome == "waiting"
    stdin = io.TextIOWrapper(io.BytesIO(report(row.mail_id)))
    monkeypatch.setattr(sys, "stdin", stdin)
    call_command("mail", "bounced")
    row.refresh_from_db()
    assert row.return_reason == "bounced"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hello")))
    with pytest.raises(CommandError, match="不是邮件系统的送达报告"):
        call_command("mail", "bounced")


# -- what completes service (law.md C6) ---------------------------------------------------------------
SENT, SIGNED = dt.date(2026, 3, 27), dt.date(2026, 4, 1)
PROOF = FileData("证明.txt", "快件签收证明的说明".encode(), "proof")


@pytest.mark.parametrize(
    ("channel", "more", "completed"),
    [
        ("portal", {}, SENT), ("email", {}, SENT), ("post", {"tracking": "EX990130007CN"}, SENT),
        ("post", {"tracking": "EX990130007CN", "signed_on": SIGNED}, SENT), ("counter", {"signed_on": SENT}, SENT),
        ("courier", {"signed_on": SIGNED, "proof": PROOF}, SIGNED),
    ],
)  # fmt: skip
def test_each_channel_completes_on_its_day(channel: str, more: dict[str, Any], completed: dt.date) -> None:
    town = make_town()
    case = replied(town, service="post")
    case = serve.serve(
        case_id=case.pk,
        by=town.intake,
        on=SIGNED,
        now=at(SIGNED),
        channel=channel,
        sent_on=SENT,
        seal=SEALED,
        **more,
    )
    assert case.completed_on == completed
    assert case.clock_status == ("met" if completed <= dt.date(2026, 3, 30) else "late")
    assert bool(Delivery.objects.get(case=case).breach) is (channel == "courier")


# -- materials ------------------------------------------------------------------------------------------
def test_materials_are_listed_signed_for_and_in_the_file() -> None:
    town = make_town()
    case = replied(town, service="counter")
    hand_out.hand_out(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), way="copies", carrier="纸质复制件", receiver="王䶮",
        materials=read_materials("补偿安置方案，12\n用地批复, 共3页\n\n"), signed_on=DAY, proof=LIST,
    )  # fmt: skip
    row = Handout.objects.get()
    assert (row.lines, row.pages) == (
        [{"name": "补偿安置方案", "pages": 12}, {"name": "用地批复", "pages": 3}], 15,
    )  # fmt: skip
    assert row.proof is not None
    line = next(one for one in manifest(Case.objects.get(pk=case.pk)) if one["title"].startswith("材料清单"))
    assert (line["title"], line["sha256"]) == ("材料清单（提供复制件，2份15页）", row.proof.file.sha256)


@pytest.mark.parametrize("text", ["", "补偿安置方案", "方案，0", "方案，12\n批复"])
def test_a_list_of_materials_names_the_line_in_error(text: str) -> None:
    with pytest.raises(BadRequest, match="名称和页数"):
        read_materials(text)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"way": "pigeon"}, "bad_way"), ({"receiver": " "}, "no_receiver"), ({"carrier": ""}, "no_carrier"),
        ({"materials": []}, "bad_materials"), ({"signed_on": DAY - dt.timedelta(days=1)}, "bad_day"),
        ({"signed_on": DAY + dt.timedelta(days=1)}, "bad_day"),
    ],
)  # fmt: skip
def test_a_handing_over_says_what_is_wrong(wrong: dict[str, Any], code: str) -> None:
    town = make_town()
    case = replied(town, service="counter")
    given: dict[str, Any] = {
        "way": "copies", "carrier": "光盘1张", "receiver": "王䶮", "materials": [("方案", 12)], "signed_on": DAY,
    } | wrong  # fmt: skip
    with pytest.raises(BadRequest) as refused:
        hand_out.hand_out(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), **given)
    assert refused.value.code == code

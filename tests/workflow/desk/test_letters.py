"""Letters from other offices of the platform: who sees them, signing, answering, and where the answer lands."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office import journal, outbox
from office.models import JournalEntry, User
from tests.workflow.factories import DAY, Town, at, handled, make_town
from tests.workflow.test_delegation import lend
from workflow.actions import answer_letter, consult, consult_office, withdraw
from workflow.actors import ApplicantActor
from workflow.answering import consulted
from workflow.errors import BadRequest, NotNow, NotYourRole, WrongState
from workflow.models import Case, Consultation
from workflow.selectors import inbox
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LATER = dt.date(2026, 3, 5)


@pytest.fixture
def other(town: Town) -> Town:
    """Give a second office of the platform."""
    return make_town()


def asked(town: Town, other: Town, how: str = "ask_assistance") -> Consultation:
    """Send a letter to the other office."""
    case = handled(town)
    getattr(consult_office, how)(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), office_id=other.office.pk, subject="补偿安置方案附件三"
    )  # fmt: skip
    return Consultation.objects.select_related("paper").get(case=case)


def answer(letter: Consultation, by: Any, day: dt.date = LATER, **more: Any) -> Case:
    given: dict[str, Any] = {"opinion": "agree"} | more
    return answer_letter.answer_letter(
        case_id=letter.case_id, consultation_id=letter.pk, by=by, on=day, now=at(day), **given
    )


def page(client: Any, letter: Consultation, tail: str = "") -> Any:
    return client.get(f"/desk/letters/{letter.pk}/{tail}")


@pytest.mark.parametrize("who", ["intake", "allocator", "head"])
def test_those_who_answer_see_the_letter_and_nothing_of_the_applicant(town, other, as_, who):
    letter = asked(town, other)
    client = as_(other.people[who])
    for text in (client.get("/desk/letters/").content.decode(), page(client, letter).content.decode()):
        assert letter.paper.number_text in text
        assert "补偿安置方案附件三" in text
        assert town.office.name in text
        for sealed in (
            "王䶮",
            "002X",
            "0000",
            "采薇巷",
            letter.case.number,
            letter.case.title,
            town.handler.name,
        ):
            assert sealed not in text, sealed
    assert page(client, letter, "paper.pdf").content.startswith(b"%PDF")
    assert client.get(f"/desk/case/{letter.case_id}/").status_code == 404
    assert client.get(f"/desk/case/{letter.case_id}/paper/{letter.paper_id}.pdf").status_code == 404


@pytest.mark.parametrize(
    "who", ["handler", "secrecy", "signatory", "archivist", "supervisor", "admin", "unit_head"]
)
def test_no_other_duty_of_the_office_reads_letters(town, other, as_, who):
    letter, client = asked(town, other), as_(other.people[who])
    assert letter.paper.number_text not in client.get("/desk/letters/").content.decode()
    nobody_there(client, letter)


@pytest.mark.parametrize("who", ["intake", "allocator", "head", "handler"])
def test_neither_a_third_office_nor_the_one_that_asked_is_at_this_inbox(town, other, as_, who):
    letter = asked(town, other)
    for person in (make_town().people[who], town.people[who]):
        nobody_there(as_(person), letter)
        with pytest.raises(NotYourRole):
            answer(letter, person)


def nobody_there(client: Any, letter: Consultation) -> None:
    before = JournalEntry.objects.count()
    assert page(client, letter).status_code == 404
    assert page(client, letter, "paper.pdf").status_code == 404
    assert client.post(f"/desk/letters/{letter.pk}/sign/").status_code == 404
    assert client.post(f"/desk/letters/{letter.pk}/", {"opinion": "agree"}).status_code == 404
    assert JournalEntry.objects.count() == before


def test_a_third_party_letter_is_in_nobodys_inbox(town, as_):
    case = handled(town)
    consult.consult(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), party_name="岚泽建材有限公司", subject="附件三"
    )
    letter = Consultation.objects.get(case=case)
    Consultation.objects.filter(pk=letter.pk).update(office=town.government)
    assert not inbox.visible_letters(town.intake).exists()


def test_signing_starts_the_term_and_the_answer_lands_in_the_asking_case(town, other, as_, monkeypatch):
    letter, client = asked(town, other, "consult_joint"), as_(other.intake)
    assert "待签收" in client.get("/desk/letters/").content.decode()
    assert client.post(f"/desk/letters/{letter.pk}/sign/").status_code == 302
    letter.refresh_from_db()
    assert (letter.delivered_on, letter.channel, letter.silence_ends_on) == (
        DAY,
        "portal",
        dt.date(2026, 3, 23),
    )
    text = page(client, letter).content.decode()
    assert "2026年3月23日" in text
    assert "逾期不答复的，视为同意公开" in text
    monkeypatch.setenv("DEMO_TODAY", LATER.isoformat())
    bare = client.post(f"/desk/letters/{letter.pk}/", {"opinion": "disagree", "reason": " "})
    assert "不同意或者部分同意的，请说明理由" in bare.content.decode()
    sent = client.post(f"/desk/letters/{letter.pk}/", {"opinion": "partly", "reason": "第三章系我局会议记录"})
    assert sent.status_code == 302
    letter.refresh_from_db()
    assert (letter.opinion, letter.opinion_on, letter.reason) == ("partly", LATER, "第三章系我局会议记录")
    case = Case.objects.get(pk=letter.case_id)
    # three working days of waiting, from 03-03 to 03-05, do not count
    assert case.due_on == dt.date(2026, 4, 2)
    assert [event.on for event in case.events_of("opinion_received")] == [LATER]
    told = [line.title for line in trail_of(case)][-2:]
    assert all(other.office.name in line and letter.paper.number_text in line for line in told)
    theirs = JournalEntry.objects.filter(subject=f"office:{other.office.pk}", key__startswith="letter.")
    assert [line.key for line in theirs.order_by("seq")] == ["letter.sign", "letter.answer"]
    assert {line.by_ref for line in theirs} == {other.intake.ref}
    for subject in (case.subject_ref, f"office:{other.office.pk}"):
        assert list(journal.verify(subject)) == []
    assert "已经答复" in str(refused(letter, other.intake))


def refused(letter: Consultation, by: Any) -> Any:
    with pytest.raises(NotNow) as told:
        answer(letter, by)
    return told.value


def test_an_unsigned_letter_is_received_with_its_answer_and_material_stands_for_words(
    town, other, as_, monkeypatch
):
    letter = asked(town, other)
    monkeypatch.setenv("DEMO_TODAY", LATER.isoformat())
    file = SimpleUploadedFile("复函.txt", "盖章的复函".encode())
    client = as_(other.head)
    assert (
        client.post(f"/desk/letters/{letter.pk}/", {"opinion": "disagree", "file": file}).status_code == 302
    )
    letter.refresh_from_db()
    assert (letter.delivered_on, letter.reason) == (LATER, "见所附材料")
    row = letter.case.attachments.get(kind="share_answer")
    assert (row.title, row.file.office_id) == ("复函.txt", town.office.pk)
    assert "复函.txt" in as_(town.handler).get(f"/desk/case/{letter.case_id}/").content.decode()


def test_an_answer_after_the_term_is_taken_and_the_clock_counts_the_term_only(town, other):
    letter, late = asked(town, other, "consult_joint"), dt.date(2026, 3, 26)
    answer_letter.sign_for_letter(
        case_id=letter.case_id, consultation_id=letter.pk, by=other.intake, on=DAY, now=at(DAY)
    )
    case = answer(letter, other.intake, late)
    # fifteen working days, to 03-23
    assert case.due_on == dt.date(2026, 4, 21)


def test_a_case_that_is_over_needs_no_answer(town, other, as_):
    letter = asked(town, other)
    me = ApplicantActor(letter.case_id, town.office.pk)
    withdraw.withdraw(case_id=letter.case_id, by=me, on=DAY, now=at(DAY))
    with pytest.raises(WrongState):
        answer(letter, other.intake)
    text = page(as_(other.intake), letter).content.decode()
    assert "不需要再答复" in text
    assert "答复来函机关</button>" not in text
    assert inbox.waiting_letters(other.intake) == "0"


def test_a_stand_in_answers_for_whom_they_stand_in_for(town, other, as_):
    letter = asked(town, other)
    lend(other, other.intake, other.handler)
    assert as_(other.handler).post(f"/desk/letters/{letter.pk}/", {"opinion": "agree"}).status_code == 302
    line = JournalEntry.objects.get(subject=letter.case.subject_ref, key="case.answer_letter")
    assert (line.by_ref, line.data["acting_for"]) == (other.handler.ref, other.intake.ref)


def test_the_waiting_are_counted_on_the_tab_and_come_first(town, other, as_):
    answered, waiting = asked(town, other), asked(town, other)
    answer(answered, other.intake, DAY)
    lines = inbox.inbox(other.intake, on=DAY)
    assert [(line.id, line.open) for line in lines] == [(waiting.pk, True), (answered.pk, False)]
    assert '来函 <span class="count">1</span>' in as_(other.intake).get("/desk/letters/").content.decode()


def test_those_who_answer_letters_are_told_by_mail(town, other, mailoutbox):
    for who in ("intake", "allocator", "head", "handler"):
        User.objects.filter(pk=other.people[who].pk).update(email=f"{who}@asked.example")
    letter = asked(town, other)
    for _ in range(2):
        outbox.deliver(at(DAY))
    told = [mail for mail in mailoutbox if f"/desk/letters/{letter.pk}/" in mail.body]
    assert sorted(mail.to[0].split("@")[0] for mail in told) == ["allocator", "head", "intake"]
    for mail in told:
        assert letter.paper.number_text in mail.body
        assert town.office.name in mail.subject
        assert letter.case.number not in mail.subject + mail.body


def test_signing_and_answering_are_two_acts_of_one_page(town, other, as_, monkeypatch):
    """Whoever signs, goes back and answers from the page that was still open has answered."""
    monkeypatch.setenv("DEMO_TODAY", LATER.isoformat())
    letter = asked(town, other)
    client = as_(other.people["intake"])
    for_signing, for_answering = re.findall(
        r'name="act_id" value="([^"]+)"', page(client, letter).content.decode()
    )
    client.post(f"/desk/letters/{letter.pk}/sign/", {"act_id": for_signing})
    client.post(f"/desk/letters/{letter.pk}/", {"act_id": for_answering, "opinion": "agree"})
    letter.refresh_from_db()
    assert (letter.delivered_on, letter.opinion) == (LATER, "agree")


def test_whoever_answers_one_letter_answers_no_other(town, other, as_):
    letter = asked(town, other)
    case = Case.objects.get(pk=letter.case_id)
    third = {"party_name": "岚泽建材有限公司", "subject": "附件三"}
    consult.consult(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), **third)
    theirs = case.consultations.get(kind="third")
    with pytest.raises(BadRequest, match="请打开来函"):
        answer(theirs, consulted(other.intake, letter.pk))
    theirs.refresh_from_db()
    assert theirs.opinion == ""

"""Reminders to an office that was asked by letter: of the letter, not of the case behind it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core import mail

from office import outbox
from office.models import User
from tests.workflow.factories import DAY, at, handled, make_town
from tests.workflow.supervision.test_reminders import drop_notices, posted
from workflow.actions import accept, answer_letter, consult_office
from workflow.answering import consulted
from workflow.jobs import remind

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_it_hears_of_a_letter_nobody_signs_for_and_of_the_end_of_its_term() -> None:
    """The registrar on the third working day, its head two later, and again near the end; of the letter, not of the case."""
    town, asked = make_town(), make_town()
    case = handled(town)
    accept.accept(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    for role, person in asked.people.items():
        User.objects.filter(pk=person.pk).update(email=f"asked-{role}@zr.example")
    consult_office.ask_assistance(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), office_id=asked.office.pk, subject="方案附件三"
    )
    letter = case.consultations.get()
    registrar, head, allocator = asked.intake.pk, asked.head.pk, asked.allocator.pk

    remind(at(dt.date(2026, 3, 4)))
    assert posted("letter_unsigned") == Counter()
    for day in (dt.date(2026, 3, 5), dt.date(2026, 3, 5), dt.date(2026, 3, 6)):
        remind(at(day))
    assert posted("letter_unsigned") == Counter({("letter_unsigned", registrar): 1})
    remind(at(dt.date(2026, 3, 9)))
    assert posted("letter_unsigned") == Counter(
        {("letter_unsigned", registrar): 1, ("letter_unsigned", head): 1}
    )
    drop_notices()
    mail.outbox.clear()
    outbox.deliver(at(dt.date(2026, 3, 9)))
    ours = [one for one in mail.outbox if one.to[0].startswith("asked-")]
    assert {one.to[0] for one in ours} == {"asked-intake@zr.example", "asked-head@zr.example"}
    for one in ours:
        assert case.number not in one.subject + one.body
        assert f"/letters/{letter.pk}/" in one.body
        assert "还没有签收" in one.subject

    signed = dt.date(2026, 3, 9)
    actor = consulted(asked.intake, letter.pk)
    answer_letter.sign_for_letter(
        case_id=case.pk, by=actor, on=signed, now=at(signed), consultation_id=letter.pk
    )
    letter.refresh_from_db()
    last = letter.silence_ends_on
    assert last == dt.date(2026, 3, 30)
    remind(at(dt.date(2026, 3, 24)))
    assert posted("letter_ending") == Counter()
    for _ in range(2):
        remind(at(dt.date(2026, 3, 25)))
    assert posted("letter_ending") == Counter(
        {("letter_ending", person): 1 for person in (registrar, head, allocator)}
    )
    remind(at(dt.date(2026, 3, 31)))
    assert len(posted("letter_ending")) == 3
    # nothing is sent of what was done while it waited
    mail.outbox.clear()
    done = dt.date(2026, 3, 25)
    answer_letter.answer_letter(
        case_id=case.pk,
        by=actor,
        on=done,
        now=at(done),
        consultation_id=letter.pk,
        opinion="agree",
        reason="",
        files=(),
    )
    outbox.deliver(at(done))
    assert [one for one in mail.outbox if "期限将满" in one.subject and one.to[0].startswith("asked-")] == []

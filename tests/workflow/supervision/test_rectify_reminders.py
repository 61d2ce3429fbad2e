"""The term of a notice to rectify: told before, on the day, when it is over, then up; each once, also after an outage."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.core import mail

from office import outbox, tick
from office.models import OutboxMessage, User
from tests.workflow.factories import DAY, SEALED, Town, at
from tests.workflow.supervision.test_sealed_notices import practise
from tests.workflow.supervision.test_supervision_acts import UNTIL, criticised, give, issued
from workflow.actions import rectify
from workflow.jobs import OWED, remind_offices
from workflow.models import Rectification
from workflow.notices import digests, owed
from workflow.selectors import own_days

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
#: Three working days before the Friday on which the term ends, and the days after it.
NEAR, SATURDAY, MONDAY, TUESDAY = (dt.date(2026, 3, day) for day in (17, 21, 23, 24))


def told() -> list[tuple[str, int]]:
    """Return (kind, person) of every reminder of a notice that was queued, in order."""
    rows = OutboxMessage.objects.filter(kind=owed.KIND, payload__has_key="record").order_by("pk")
    return [(row.payload["what"], row.payload["user"]) for row in rows]


def nightly(first: dt.date, last: dt.date) -> dict[tuple[str, int], dt.date]:
    """Run the reminders of every night; return on which day each was queued."""
    found: dict[tuple[str, int], dt.date] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        remind_offices(at(day))
        found |= {one: day for one in told() if one not in found}
    return found


def everybody(town: Town) -> dict[tuple[str, int], dt.date]:
    """Return who is to be told what of a notice on which nothing is reported, and when."""
    return {
        ("rectify_due", town.intake.pk): NEAR, ("rectify_due", town.head.pk): NEAR,
        ("rectify_today", town.intake.pk): UNTIL, ("rectify_today", town.head.pk): UNTIL,
        ("rectify_late", town.intake.pk): SATURDAY, ("rectify_late", town.head.pk): SATURDAY,
        ("rectify_late", town.watcher.pk): SATURDAY, ("rectify_late", town.signatory.pk): MONDAY,
        ("rectify_late", town.supervisor.pk): TUESDAY,
    }  # fmt: skip


@pytest.mark.parametrize("make", [issued, criticised])
def test_everybody_is_told_once_on_their_day(town: Town, make: Any) -> None:
    make(town)
    assert nightly(DAY, dt.date(2026, 4, 2)) == everybody(town)
    assert max(Counter(told()).values()) == 1


def test_it_is_the_same_whether_the_notice_was_signed_for(town: Town) -> None:
    row = issued(town)
    rectify.receive_rectification(record_id=row.pk, by=town.head, **give())
    assert nightly(DAY, TUESDAY) == everybody(town)


@pytest.mark.parametrize(("back", "expected"), [(MONDAY, 4), (TUESDAY, 5), (dt.date(2026, 4, 2), 5)])
def test_after_an_outage_all_whose_turn_has_come_are_told_and_nothing_that_is_past(
    town: Town, back: dt.date, expected: int
) -> None:
    issued(town)
    remind_offices(at(dt.date(2026, 3, 16)))
    assert told() == []
    remind_offices(at(back))
    late = [user for what, user in told() if what == "rectify_late"]
    assert len(told()) == len(late) == len(set(late)) == expected
    remind_offices(at(back, 14))
    remind_offices(at(back + dt.timedelta(days=1)))
    assert Counter(told()) == Counter(
        (what, user) for what, user in everybody(town) if what == "rectify_late"
    )


def test_the_tick_sends_them_by_mail_with_a_number_and_days_alone(town: Town) -> None:
    row = issued(town)
    outbox.deliver(at(DAY))
    outbox.deliver(at(DAY, 12))
    mail.outbox.clear()
    assert tick.run(at(NEAR))[OWED] == 2
    for hour in (12, 14):
        outbox.deliver(at(NEAR, hour))
    sent = [message for message in mail.outbox if "整改期限将满" in message.subject]
    assert sorted(message.to[0] for message in sent) == ["head@zr.example", "intake@zr.example"]
    for message in sent:
        assert f"督促整改（{row.paper.number_text}）" in message.body
        assert "还剩3个工作日" in message.body
        assert f"/desk/beside/rectification/{row.pk}/" in message.body
        assert row.finding not in message.body
        assert row.measures not in message.body


@pytest.mark.parametrize(("what", "queued", "sent_on", "goes"), [
    ("rectify_due", NEAR, NEAR, True), ("rectify_due", NEAR, UNTIL, False), ("rectify_today", UNTIL, UNTIL, True),
    ("rectify_today", UNTIL, SATURDAY, False), ("rectify_late", SATURDAY, TUESDAY, True),
])  # fmt: skip
def test_one_that_waited_past_its_truth_is_not_sent(
    town: Town, what: str, queued: dt.date, sent_on: dt.date, goes: bool
) -> None:
    issued(town)
    remind_offices(at(queued))
    payload = OutboxMessage.objects.filter(kind=owed.KIND, payload__what=what).first().payload
    mail.outbox.clear()
    owed.send(payload | {"user": town.head.pk}, at(sent_on))
    assert bool(mail.outbox) is goes


def test_nothing_is_said_of_what_was_reported_and_a_new_term_is_told_anew(town: Town) -> None:
    row = issued(town)
    first = nightly(DAY, UNTIL)
    waiting = OutboxMessage.objects.filter(kind=owed.KIND, payload__what="rectify_today").first()
    rectify.receive_rectification(record_id=row.pk, by=town.head, **give(UNTIL))
    rectify.report_rectified(record_id=row.pk, by=town.head, report="已改。", **give(UNTIL))
    mail.outbox.clear()
    owed.send(waiting.payload, at(UNTIL))
    assert mail.outbox == []
    assert nightly(SATURDAY, dt.date(2026, 3, 31)) == dict.fromkeys(first, SATURDAY)
    until = dt.date(2026, 4, 10)
    rectify.return_rectified(
        record_id=row.pk,
        by=town.watcher,
        verdict="没有学习",
        rectify_by_on=until,
        **give(dt.date(2026, 3, 31)),
    )
    owed.send(waiting.payload, at(UNTIL))
    assert mail.outbox == []
    before = len(told())
    nightly(dt.date(2026, 4, 1), until)
    assert Counter(told()[before:]) == Counter(
        (what, user.pk) for what in ("rectify_due", "rectify_today") for user in (town.intake, town.head)
    )


def test_one_that_waits_for_its_seal_is_reminded_of_by_nobody(town: Town) -> None:
    practise(town)
    row = issued(town)
    assert nightly(NEAR, TUESDAY) == {}
    rectify.seal_notice(record_id=row.pk, by=town.people["gov_seal"], seal=SEALED, **give(NEAR))
    Rectification.objects.filter(pk=row.pk).update(rectify_by_on=MONDAY)
    remind_offices(at(TUESDAY))
    assert {what for what, _ in told()} == {"rectify_late"}


def test_the_summary_and_the_calendar_say_it(town: Town) -> None:
    row = issued(town)
    (day,) = own_days.days_of(town.head, on=DAY)
    assert (day.number, day.what, day.on) == (row.paper.number_text, "整改期限届满", UNTIL)
    said: dict[User, tuple[str, str]] = {
        person: (
            digests.write("daily", own_days.summary(person, on=UNTIL), UNTIL),
            digests.write("daily", own_days.summary(person, on=SATURDAY), SATURDAY),
        )
        for person in (town.head, town.handler)
    }
    assert "通报批评：1份" in said[town.head][0]
    assert "其中" not in said[town.head][0]
    assert "1份（其中1份已过整改期限）" in said[town.head][1]
    assert "整改" not in said[town.handler][1]

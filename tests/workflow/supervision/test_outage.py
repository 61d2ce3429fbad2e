"""Nine days without a tick: every reminder, reminder of an urge and summary once, in the right order, none lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core import mail

from office import outbox, tick
from office.models import OutboxMessage
from tests.workflow.factories import DAY, Town, at, handled, make_town, registered, replied, with_mail
from workflow.actions import accept, answer_urge, urge
from workflow.jobs import DIGESTS, REMINDERS
from workflow.models import Case, Urge
from workflow.notices import digests, reminders, watching
from workflow.notices.escalation import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
#: Monday to the Tuesday after: nothing ran on the nine days before the last tick.
LAST_TICK, BACK = dt.date(2026, 3, 22), dt.date(2026, 3, 31)
OUTAGE = [LAST_TICK + dt.timedelta(days=n) for n in range(1, 10)]


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", BACK.isoformat())
    return with_mail(make_town())


def busy(town: Town) -> dict[str, Case]:
    """Leave a case at every point a reminder speaks of, and tick until the outage."""
    found = {}
    for name, n in (("late", 0), ("today", 1), ("soon", 3), ("near", 9)):
        day = DAY + dt.timedelta(days=n)
        case = handled(town, arrived_on=day, on=day)
        found[name] = accept.accept(case_id=case.pk, by=town.handler, on=day, now=at(day))
    found["unserved"] = replied(town, service="post", on=dt.date(2026, 3, 20))
    found["unallocated"] = registered(town)
    for name, until in (
        ("late", dt.date(2026, 3, 24)),
        ("soon", dt.date(2026, 4, 1)),
        ("near", dt.date(2026, 3, 25)),
    ):
        day = dt.date(2026, 3, 20)
        urge.urge(
            case_id=found[name].pk,
            by=town.supervisor,
            on=day,
            now=at(day),
            words="请说明情况。",
            answer_due_on=until,
        )
    tick.run(at(LAST_TICK))
    while tick.run(at(LAST_TICK, 12))["outbox"]:
        pass
    return found


def run_all(day: dt.date, hour: int = 10) -> tuple[int, int]:
    """Tick until nothing is left to send; return how many reminders and summaries the first tick queued."""
    done = tick.run(at(day, hour))
    for later in range(1, 12):
        if not OutboxMessage.objects.filter(sent_at__isnull=True, gave_up_at__isnull=True).exists():
            return done[REMINDERS], done[DIGESTS]
        outbox.deliver(at(day, hour) + dt.timedelta(hours=later))
    raise AssertionError("the outbox does not empty")


def test_an_outage_of_nine_days(town: Town) -> None:
    cases = busy(town)
    # What happened while nothing ran: one urge was answered, so that nothing more is to be said of it.
    answered = dt.date(2026, 3, 24)
    answer_urge.answer_urge(
        case_id=cases["near"].pk, by=town.handler, on=answered, now=at(answered), answer="已检索。"
    )
    before = set(OutboxMessage.objects.values_list("dedupe_key", flat=True))
    nightly = {one.key: one for day in OUTAGE for one in reminders.find(on=day) if one.key not in before}
    mail.outbox.clear()

    run_all(BACK)
    fresh = OutboxMessage.objects.exclude(dedupe_key__in=before).order_by("pk")
    told = list(fresh.filter(kind=reminders.KIND))
    assert told

    # None lost: what a nightly run would have said and still holds is said in the very same words ...
    keys = {message.dedupe_key for message in told}
    held = {case.pk: case for case in Case.objects.all()}
    still = {key for key, one in nightly.items() if watching.still_due(held[one.case], one.what, BACK)}
    due_now = {one.key for one in reminders.find(on=BACK)}
    assert still & due_now <= keys
    assert {one.what for key, one in nightly.items() if key in keys} >= {"overdue", "unserved", "urge_late"}
    # ... and of every case and person it would have told, the person is told what is true today, but for the answered urge.
    spoken = {(message.payload["case"], message.payload["user"]) for message in told}
    moot = {
        one.key for one in nightly.values() if one.mark == f"urge{Urge.objects.get(case=cases['near']).pk}"
    }
    assert {(one.case, one.user) for key, one in nightly.items() if key not in moot} <= spoken
    assert not moot & keys

    # Each once: no key, no mail twice; a second tick has nothing more to say.
    assert len(keys) == len(told)
    sent = Counter((message.to[0], message.subject) for message in mail.outbox)
    assert [pair for pair, count in sent.items() if count > 1] == []
    assert {message.sent_at is not None for message in fresh} == {True}
    mail.outbox.clear()
    assert run_all(BACK, 14) == (0, 0)
    assert mail.outbox == []

    # In the right order: the most urgent kind first, within a kind the earliest day first, and so also the mails.
    order = {what: place for place, what in enumerate(kinds())}
    places = [order[message.payload["what"]] for message in told]
    assert places == sorted(places)
    late = [held[message.payload["case"]].due_on for message in told if message.payload["what"] == "overdue"]
    assert late == sorted(late)
    assert [message.sent_at for message in told] == sorted(message.sent_at for message in told)


def test_the_urge_reaches_everybody_whose_turn_has_come(town: Town) -> None:
    """Due on the 24th: by the 31st the handler, who urged, the unit's head and the office's head had their turns."""
    cases = busy(town)
    run_all(BACK)
    row = Urge.objects.get(case=cases["late"])
    told = OutboxMessage.objects.filter(kind=reminders.KIND, dedupe_key__contains=f":urge{row.pk}:").order_by(
        "pk"
    )
    late = [message.payload["user"] for message in told if message.payload["what"] == "urge_late"]
    assert sorted(late) == sorted(
        person.pk for person in (town.handler, town.supervisor, town.unit_head, town.head)
    )
    due = [message.payload for message in told if message.payload["what"] == "urge_due"]
    assert due == [], "the day before it was due nothing ran, and it is past"
    near = Urge.objects.get(case=cases["soon"])
    keys = OutboxMessage.objects.filter(dedupe_key__contains=f":urge{near.pk}:").values_list(
        "payload", flat=True
    )
    assert [(one["what"], one["user"]) for one in keys] == [("urge_due", town.handler.pk)]


def test_of_nine_days_summaries_only_the_ones_of_today_are_sent(town: Town) -> None:
    busy(town)
    mail.outbox.clear()
    run_all(BACK)
    got = [
        message.subject
        for message in mail.outbox
        if message.to == ["handler@zr.example"] and "汇总" in message.subject
    ]
    assert sorted(got) == ["〔依申请公开〕每周汇总（3月31日）", "〔依申请公开〕每日汇总（3月31日）"]
    periods = OutboxMessage.objects.filter(
        kind=digests.KIND, payload__user=town.handler.pk, created_at=at(BACK)
    )
    assert sorted(message.payload["period"] for message in periods) == ["2026-03-31", "2026-W14"]
    run_all(dt.date(2026, 4, 1))
    weekly = [
        message
        for message in mail.outbox
        if message.to == ["handler@zr.example"] and "每周" in message.subject
    ]
    assert len(weekly) == 1

"""Reminders: once each, none lost after an outage, none while the clock stands still, nothing personal in a mail."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.core import mail

from office import outbox, tick
from office.models import OutboxMessage, User
from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    add_person,
    at,
    clear,
    file_case,
    make_town,
    registered,
    replied,
    reviewing,
    signing,
    with_mail,
)  # fmt: skip
from tests.workflow.factories import handled as only_handled
from workflow.actions import (
    accept,
    assign,
    consult,
    record_opinion,
    request_supplement,
    review,
    serve,
    share,
    use_seal,
)
from workflow.handing import Asked
from workflow.jobs import REMINDERS, remind
from workflow.models import Case, Delivery
from workflow.notices import reminders, watching
from workflow.notices.escalation import kinds
from workflow.selectors import timeliness

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DUE = dt.date(2026, 3, 30)


@pytest.fixture
def town() -> Town:
    return with_mail(make_town())


def handled(town: Town, **more: Any) -> Case:
    """Bring a case to its handler, who has accepted it."""
    case = only_handled(town, **more)
    day = more.get("on", DAY)
    return accept.accept(case_id=case.pk, by=town.handler, on=day, now=at(day))


def posted(what: str | None = None) -> Counter[tuple[str, int]]:
    rows = OutboxMessage.objects.filter(kind=reminders.KIND).values_list("payload", flat=True)
    # What the applicant has not opened is the matter of one test alone.
    told = [row for row in rows if what or row["what"] != "unread_letter"]
    return Counter((row["what"], row["user"]) for row in told if what in (None, row["what"]))


def drop_notices() -> None:
    OutboxMessage.objects.exclude(kind=reminders.KIND).delete()


def test_the_chore_is_registered() -> None:
    assert REMINDERS in tick.jobs()


def test_reminded_once_at_each_level_of_the_own_term(town: Town) -> None:
    """Ten, five, three and one working day before, and on the day: once each, to the person, then further up."""
    handled(town)
    assert dt.date(2026, 3, 30) == DUE
    assert remind(at(dt.date(2026, 3, 13))) == 0
    handler, unit_head, head = town.handler.pk, town.unit_head.pk, town.head.pk
    expected = {
        16: [("due_10", handler)], 23: [("due_5", handler)], 25: [("due_3", handler)],
        27: [("due_1", handler), ("due_1", unit_head)],
        30: [("due_today", handler), ("due_today", unit_head), ("due_today", head)],
        31: [("overdue", handler), ("overdue", unit_head), ("overdue", head)],
    }  # fmt: skip
    told: Counter[tuple[str, int]] = Counter()
    for number in range(16, 32):
        for _ in range(2):
            remind(at(dt.date(2026, 3, number)))
        told.update(expected.get(number, []))
        assert posted() == told, number


def test_an_overdue_case_goes_up_to_the_supervisor(town: Town) -> None:
    handled(town)
    for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 1)):
        remind(at(day))
    assert set(posted()) == {("overdue", person.pk) for person in (town.handler, town.unit_head, town.head)}
    remind(at(dt.date(2026, 4, 2)))
    assert posted()["overdue", town.supervisor.pk] == 1
    assert set(posted().values()) == {1}


def test_without_an_own_supervisor_the_one_above_is_told(town: Town) -> None:
    from office.models import Post

    Post.objects.filter(user=town.supervisor).update(to_on=DAY)
    above = User.objects.create(username="above", name="县监督员")
    Post.objects.create(user=above, office=town.government, role="supervisor", from_on=DAY)
    handled(town)
    remind(at(dt.date(2026, 4, 9)))
    assert posted()["overdue", above.pk] == 1


def test_an_office_sets_its_own_steps(town: Town) -> None:
    from office.models import OfficeParameter

    OfficeParameter.objects.create(
        office=town.office, key="escalation.overdue", from_on=DAY, reason="本机关规定", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
        value=[{"to": "person", "after": 0}, {"to": "allocator", "after": 1}],
    )  # fmt: skip
    handled(town)
    remind(at(dt.date(2026, 3, 31)))
    assert set(posted()) == {("overdue", town.handler.pk)}
    remind(at(dt.date(2026, 4, 1)))
    assert set(posted()) == {("overdue", town.handler.pk), ("overdue", town.allocator.pk)}


def test_whoever_acts_for_somebody_away_is_told_as_well(town: Town) -> None:
    from office import delegations

    other = add_person(town, "archivist")
    last = dt.date(2026, 3, 31)
    delegations.grant(
        office_id=town.office.pk, delegator_id=town.handler.pk, delegate_id=other.pk, from_on=DAY, to_on=last,
        reason="年休假", by=town.handler, on=DAY, now=at(DAY),
    )  # fmt: skip
    handled(town)
    remind(at(dt.date(2026, 3, 25)))
    assert set(posted()) == {("due_3", town.handler.pk), ("due_3", other.pk)}


def test_what_nobody_accepts_goes_up(town: Town) -> None:
    """Given on Monday: told on Thursday to the person, on Friday to the unit's head, then to the head."""
    helper = add_person(town, "handler", unit=town.other_unit)
    case = registered(town)
    assign.assign(
        case_id=case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.unit.pk, handler_id=town.handler.pk,
        co=[Asked(town.other_unit.pk, matter="提供会议纪要", days=4)],
    )  # fmt: skip
    remind(at(dt.date(2026, 3, 4)))
    assert posted("unaccepted") == {}
    remind(at(dt.date(2026, 3, 5)))
    assert posted("unaccepted") == {("unaccepted", town.handler.pk): 1, ("unaccepted", helper.pk): 1}
    remind(at(dt.date(2026, 3, 6)))
    assert posted("unaccepted")["unaccepted", town.unit_head.pk] == 1
    assert posted("unaccepted")["unaccepted", town.head.pk] == 1, (
        "a unit without a head of its own has the head"
    )
    accept.accept(case_id=case.pk, by=town.handler, on=dt.date(2026, 3, 6), now=at(dt.date(2026, 3, 6)))
    accept.accept_share(case_id=case.pk, by=helper, on=dt.date(2026, 3, 6), now=at(dt.date(2026, 3, 6)))
    before = posted("unaccepted")
    remind(at(dt.date(2026, 3, 20)))
    assert posted("unaccepted") == before
    assert posted("part_late")["part_late", helper.pk] == 1
    share.answer_share(
        case_id=case.pk, by=helper, answer="纪要一份。", on=dt.date(2026, 3, 20), now=at(dt.date(2026, 3, 20))
    )
    late = posted("part_late")
    remind(at(dt.date(2026, 3, 25)))
    assert posted("part_late") == late


def test_a_letter_whose_service_nobody_records(town: Town) -> None:
    case = handled(town, service="post")
    request_supplement.request_supplement(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), matters="名称不明确", guidance="请写明文号"
    )
    remind(at(dt.date(2026, 3, 4)))
    assert posted("unserved_letter") == {}
    remind(at(dt.date(2026, 3, 5)))
    assert posted("unserved_letter") == {("unserved_letter", town.intake.pk): 1}
    remind(at(dt.date(2026, 3, 10)))
    assert posted("unserved_letter")["unserved_letter", town.head.pk] == 1


def test_a_letter_on_the_portal_that_nobody_opens(town: Town) -> None:
    """Handed over on Monday, told after five working days; opened in the meantime, nothing is said."""
    case = handled(town)
    request_supplement.request_supplement(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), matters="名称不明确", guidance="请写明文号"
    )
    remind(at(dt.date(2026, 3, 9)))
    assert posted("unread_letter") == {}
    remind(at(dt.date(2026, 3, 10)))
    assert posted("unread_letter") == {("unread_letter", town.intake.pk): 1}
    other = handled(town)
    request_supplement.request_supplement(
        case_id=other.pk, by=town.handler, on=DAY, now=at(DAY), matters="名称不明确", guidance="请写明文号"
    )
    Delivery.objects.filter(case=other).update(read_at=at(DAY, 12))
    remind(at(dt.date(2026, 3, 11)))
    assert posted("unread_letter") == {("unread_letter", town.intake.pk): 1}


def test_every_kind_has_its_look_and_its_words() -> None:
    assert set(watching.watched()) == set(kinds())
    for row in kinds().values():
        assert row.subject
        assert row.steps[0].after == 0


def test_nine_days_without_a_tick_lose_nothing_and_repeat_nothing(town: Town) -> None:
    cases = [
        handled(town, arrived_on=DAY + dt.timedelta(days=n), on=DAY + dt.timedelta(days=n))
        for n in (0, 1, 2, 3, 7, 8)
    ]
    daily: set[str] = set()
    for n in range(9):
        on = dt.date(2026, 3, 23) + dt.timedelta(days=n)
        daily |= {reminder.key for reminder in reminders.find(on=on)}
    last = dt.date(2026, 3, 31)
    remind(at(last))
    first_run = list(
        OutboxMessage.objects.filter(kind=reminders.KIND).order_by("pk").values_list("payload", "dedupe_key")
    )
    # Every case that a nightly run would have spoken of is spoken of, each in the words that are true today.
    assert {row["case"] for row, _ in first_run} == {int(key.split(":")[1]) for key in daily}
    order = {what: place for place, what in enumerate(kinds())}
    places = [order[row["what"]] for row, _ in first_run]
    assert places == sorted(places)
    due = {case.pk: case.due_on for case in cases}
    spoken = [due[row["case"]] for row, _ in first_run if row["what"] == "overdue"]
    assert spoken == sorted(spoken)
    assert remind(at(last)) == 0
    assert len(first_run) == len({key for _, key in first_run})


def test_quiet_while_paused_and_heard_when_silence_ends(town: Town) -> None:
    case = handled(town)
    sent = dt.date(2026, 3, 9)
    consult.consult(
        case_id=case.pk, by=town.handler, on=sent, now=at(sent), party_name="采薇村民委员会", subject="补偿清单",
        delivered_on=None,
    )  # fmt: skip
    remind(at(dt.date(2026, 4, 1)))
    assert posted() == {}
    row = Case.objects.get(pk=case.pk).all_consultations()[0]
    told = dt.date(2026, 4, 1)
    record_opinion.record_opinion(
        case_id=case.pk,
        by=town.handler,
        on=told,
        now=at(told),
        consultation_id=row.pk,
        delivered_on=dt.date(2026, 3, 11),
    )
    after = dt.date(2026, 4, 2)
    assert timeliness.standing(Case.objects.get(pk=case.pk), on=after) in timeliness.RUNNING
    remind(at(after))
    assert posted("silent") == {("silent", town.handler.pk): 1}


def test_the_applicants_term_to_supplement(town: Town) -> None:
    case = handled(town)
    on = dt.date(2026, 3, 4)
    request_supplement.request_supplement(
        case_id=case.pk, by=town.handler, on=on, now=at(on), matters="名称不明确", guidance="请写明文号"
    )
    last = Case.objects.get(pk=case.pk).supplement_due_on
    assert last == dt.date(2026, 3, 25)
    for day in (18, 20, 23, 25, 26, 27):
        remind(at(dt.date(2026, 3, day)))
    assert posted() == {("supplement_ending", town.handler.pk): 1, ("supplement_over", town.handler.pk): 1}


def test_a_signed_reply_that_lies_about(town: Town) -> None:
    case = replied(town, service="post")
    remind(at(dt.date(2026, 3, 3)))
    assert posted() == {}
    remind(at(dt.date(2026, 3, 4)))
    assert posted() == {("unserved", town.intake.pk): 1}
    drop_notices()
    serve.serve(seal=SEALED,
        case_id=case.pk, by=town.intake, on=dt.date(2026, 3, 5), now=at(dt.date(2026, 3, 5)), channel="post",
        sent_on=dt.date(2026, 3, 5), tracking="EX123456789CN",
    )  # fmt: skip
    outbox.deliver(at(dt.date(2026, 3, 5)))
    assert mail.outbox == []


def test_mails_say_a_number_and_a_link_and_nothing_else(town: Town) -> None:
    second = add_person(town, "intake")
    User.objects.filter(pk=second.pk).update(email="second@zr.example")
    gone = add_person(town, "intake")
    User.objects.filter(pk=gone.pk).update(email="gone@zr.example", is_active=False)
    case = file_case(town)
    for _ in range(3):
        outbox.deliver(at(DAY))
    assert sorted(message.to[0] for message in mail.outbox) == ["intake@zr.example", "second@zr.example"]
    for message in mail.outbox:
        text = message.subject + message.body
        assert case.number in text
        assert f"/desk/case/{case.pk}/" in text
        for secret in ("王䶮", "11010519491231002X", "13800000000", "采薇", case.title):
            assert secret not in text


def sent_for(kind: str) -> list[str]:
    OutboxMessage.objects.exclude(kind=f"workflow.{kind}").delete()
    mail.outbox.clear()
    for _ in range(2):
        outbox.deliver(at(DAY, 12))
    assert not OutboxMessage.objects.filter(sent_at__isnull=True).exists()
    return sorted(message.to[0] for message in mail.outbox)


def test_each_step_tells_the_one_whose_turn_it_is(town: Town) -> None:
    handled(town)
    assert sent_for("assigned") == ["handler@zr.example"]
    case = reviewing(town)
    assert sent_for("to_review") == ["redaction@zr.example", "secrecy@zr.example"]
    clear(town, case, "secrecy")
    review.send_back(case_id=case.pk, by=town.redaction, on=DAY, now=at(DAY), reason="还有身份证号码")
    assert sent_for("returned") == ["handler@zr.example"]
    signing(town)
    assert sent_for("to_sign") == ["signatory@zr.example"]


def test_a_reply_for_the_portal_is_served_by_the_system_once(town: Town) -> None:
    case = replied(town)
    assert not OutboxMessage.objects.filter(
        kind="workflow.deliver_reply"
    ).exists()  # nothing leaves without its seal
    use_seal.use_seal(case_id=case.pk, by=town.seal, on=DAY, now=at(DAY), seal=SEALED)
    message = OutboxMessage.objects.get(kind="workflow.deliver_reply")
    OutboxMessage.objects.exclude(pk=message.pk).delete()
    outbox.deliver(at(DAY, 12))
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.completed_on, case.clock_status) == ("served", DAY, "met")
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=None)
    version = case.version
    outbox.deliver(at(DAY, 13))
    message.refresh_from_db()
    assert message.sent_at is not None
    assert Case.objects.get(pk=case.pk).version == version


def test_a_whole_tick(town: Town) -> None:
    registered(town)
    done = tick.run(at(dt.date(2026, 3, 31)))
    assert done[REMINDERS] == 2
    assert tick.run(at(dt.date(2026, 3, 31)))[REMINDERS] == 0
    assert {message.to[0] for message in mail.outbox} >= {"allocator@zr.example", "head@zr.example"}

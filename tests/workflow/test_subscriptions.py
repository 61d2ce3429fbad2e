"""Calendar links and summaries by e-mail: secret, one's own, once, nothing personal, and to be switched off."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

from office import journal, outbox, tick
from office.models import Office, OutboxMessage, Post, User
from tests.workflow.factories import DAY, Town, add_person, at, handled, make_town, registered, with_mail
from workflow.actions import subscribe, urge, withdraw
from workflow.actions.subscribe import hashed
from workflow.errors import BadRequest
from workflow.jobs import DIGESTS, sum_up
from workflow.models import Case, Subscription
from workflow.notices import digests
from workflow.selectors import own_days

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
SECRET = "s" * 43
SECRETS = ("王䶮", "11010519491231002X", "13800000000", "采薇", "补偿安置方案")


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return with_mail(make_town())


def feed(secret: str) -> tuple[int, list[str]]:
    answer = Client().get(f"/desk/calendar/{secret}.ics")
    if answer.status_code != 200:
        return answer.status_code, []
    text = answer.content.decode()
    for words in SECRETS:
        assert words not in text
    assert "no-store" in answer["Cache-Control"]
    return 200, [str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")]


def link(user: User, secret: str = SECRET) -> None:
    subscribe.link_calendar(by=user, on=DAY, now=at(DAY), secret=secret)


def test_a_calendar_shows_ones_own_days(town: Town) -> None:
    mine, free = handled(town), registered(town)
    other = add_person(town, "handler", unit=town.other_unit)
    link(town.handler)
    link(other, "o" * 43)
    link(town.head, "h" * 43)
    assert feed(SECRET) == (200, [f"{mine.number} 答复期限届满"])
    assert feed("o" * 43) == (200, [])
    assert feed("h" * 43)[1] == [f"{case.number} 答复期限届满" for case in (mine, free)]
    urge.urge(
        case_id=mine.pk,
        by=town.head,
        on=DAY,
        now=at(DAY),
        words="请抓紧。",
        answer_due_on=dt.date(2026, 3, 4),
    )
    assert feed(SECRET)[1] == [f"{mine.number} 答复催办", f"{mine.number} 答复期限届满"]


def test_whoever_works_for_two_offices_is_told_whose_case_it_is(town: Town) -> None:
    case, there = handled(town), make_town()
    urged = handled(there)
    Post.objects.create(
        user=town.handler, office=there.office, unit=there.unit, role="handler", from_on=dt.date(2020, 1, 1)
    )
    urge.urge(
        case_id=urged.pk,
        by=there.head,
        on=DAY,
        now=at(DAY),
        words="请抓紧。",
        answer_due_on=dt.date(2026, 3, 4),
    )
    link(town.handler)
    assert feed(SECRET)[1] == [
        f"{there.office.name}{urged.number} 答复催办", f"{town.office.name}{case.number} 答复期限届满",
    ]  # fmt: skip


def test_a_calendar_is_what_programs_take(town: Town) -> None:
    """RFC 5545: lines end with CRLF and are folded at 75 octets, text is escaped, moments are in UTC, days are days."""
    case = handled(town)
    Office.objects.filter(pk=town.office.pk).update(name="云岫县自然资源局,林业和草原局;不动产登记\\中心" * 2)
    there = make_town()
    handled(there)
    Post.objects.create(user=town.head, office=there.office, role="head", from_on=dt.date(2020, 1, 1))
    link(town.head)
    raw = Client().get(f"/desk/calendar/{SECRET}.ics").content
    lines = raw.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines)
    text = raw.replace(b"\r\n ", b"").decode()
    assert "局\\,林业和草原局\\;不动产登记\\\\中心" in text
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == 2
    assert len(re.findall(r"DTSTAMP:\d{8}T\d{6}Z", text)) == 2
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}" in text


def test_what_is_done_is_gone_from_the_calendar(town: Town) -> None:
    case = registered(town)
    link(town.head)
    assert len(feed(SECRET)[1]) == 1
    withdraw.withdraw(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), reason="申请人自愿撤回。")
    assert feed(SECRET) == (200, [])


def test_days_that_may_move_are_marked(town: Town) -> None:
    case = handled(town)
    Case.objects.filter(pk=case.pk).update(due_provisional=True)
    link(town.handler)
    text = Client().get(f"/desk/calendar/{SECRET}.ics").content.decode()
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == (
        "TENTATIVE",
        f"〔暂定〕{case.number} 答复期限届满",
    )
    assert event["DTSTART"].dt == case.due_on


def test_a_link_ends_when_it_is_renewed_withdrawn_or_its_person_leaves(town: Town) -> None:
    handled(town)
    link(town.handler)
    link(town.handler, "n" * 43)
    assert (feed(SECRET)[0], feed("n" * 43)[0]) == (404, 200)
    subscribe.unlink_calendar(by=town.handler, on=DAY, now=at(DAY))
    assert feed("n" * 43)[0] == 404
    with pytest.raises(BadRequest, match="没有正在使用"):
        subscribe.unlink_calendar(by=town.handler, on=DAY, now=at(DAY))
    link(town.handler)
    User.objects.filter(pk=town.handler.pk).update(is_active=False)
    assert feed(SECRET)[0] == 404
    with pytest.raises(BadRequest, match="太短"):
        link(town.head, "abc")


def test_a_post_that_ended_takes_its_days_out_of_the_calendar(town: Town) -> None:
    handled(town)
    link(town.head)
    assert feed(SECRET)[1]
    town.head.posts.update(to_on=dt.date(2026, 3, 1))
    assert feed(SECRET) == (200, [])


def test_only_the_hash_is_kept_and_the_journal_knows(town: Town) -> None:
    link(town.handler)
    row = Subscription.objects.get()
    assert row.secret_hash == hashed(SECRET)
    assert SECRET not in str(Subscription.objects.values())
    assert list(journal.verify(f"subscription:{town.handler.pk}")) == []


def test_through_the_page(town: Town) -> None:
    client = Client()
    client.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    page = "/desk/subscription/"
    assert "还没有日历订阅链接" in client.get(page).content.decode()
    shown = client.post(page, {"what": "link"}).content.decode()
    secret = re.search(r"/desk/calendar/([\w-]{43})\.ics", shown).group(1)
    assert feed(secret)[0] == 200
    assert secret not in client.get(page).content.decode()
    client.post(page, {"what": "unlink"})
    assert feed(secret)[0] == 404
    client.post(page, {"what": "digests", "weekly": "on"})
    row = Subscription.objects.get()
    assert (row.daily, row.weekly) == (False, True)
    idle = User.objects.create(username="idle", name="无岗")
    client.force_login(idle, "django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 403
    assert Client().get(page).status_code == 302


# ------------------------------------------------------------------------------------------- summaries


def sent(user: str) -> list[str]:
    return [message.subject for message in mail.outbox if message.to == [f"{user}@zr.example"]]


def run(day: dt.date, hour: int = 10) -> None:
    """Run what a tick does of summaries, and send them."""
    OutboxMessage.objects.exclude(kind=digests.KIND).delete()
    sum_up(at(day, hour))
    outbox.deliver(at(day, hour))


def test_once_a_day_and_once_a_week_however_often_the_tick_runs(town: Town) -> None:
    handled(town)
    friday, monday = dt.date(2026, 3, 20), dt.date(2026, 3, 23)
    for hour in (8, 9, 17):
        run(friday, hour)
    assert sent("handler") == ["〔依申请公开〕每日汇总（3月20日）", "〔依申请公开〕每周汇总（3月20日）"]
    for hour in (8, 12):
        run(monday, hour)
    assert sent("handler")[2:] == ["〔依申请公开〕每日汇总（3月23日）", "〔依申请公开〕每周汇总（3月23日）"]


def test_nothing_on_days_off_and_the_week_begins_on_its_first_working_day(town: Town) -> None:
    handled(town)
    run(dt.date(2026, 4, 4))  # 清明, a Saturday off
    run(dt.date(2026, 4, 6))  # the Monday after it, off as well
    assert sent("handler") == []
    run(dt.date(2026, 4, 7))
    assert sent("handler") == ["〔依申请公开〕每日汇总（4月7日）", "〔依申请公开〕每周汇总（4月7日）"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 3, 23), dt.date(2026, 3, 16), dt.date(2026, 3, 22)),
        (dt.date(2026, 3, 27), dt.date(2026, 3, 16), dt.date(2026, 3, 22)),
        (dt.date(2026, 4, 7), dt.date(2026, 3, 30), dt.date(2026, 4, 5)),
        # No week's summary between 9 and 24 February: the spring festival took one whole week.
        (dt.date(2026, 2, 24), dt.date(2026, 2, 9), dt.date(2026, 2, 22)),
    ],
)
def test_each_day_is_in_one_weeks_summary(day: dt.date, first: dt.date, last: dt.date) -> None:
    assert digests._last_week(day) == (first, last)


def test_each_may_switch_off(town: Town) -> None:
    handled(town)
    day = dt.date(2026, 3, 23)
    subscribe.choose_digests(by=town.handler, on=DAY, now=at(DAY), daily=False, weekly=True)
    subscribe.choose_digests(by=town.head, on=DAY, now=at(DAY), daily=False, weekly=False)
    run(day)
    assert sent("handler") == ["〔依申请公开〕每周汇总（3月23日）"]
    assert sent("head") == []
    assert len(sent("allocator")) == 2


def test_switched_off_while_it_waited(town: Town) -> None:
    handled(town)
    day = dt.date(2026, 3, 23)
    sum_up(at(day))
    subscribe.choose_digests(by=town.handler, on=day, now=at(day), daily=False, weekly=False)
    OutboxMessage.objects.exclude(kind=digests.KIND).delete()
    outbox.deliver(at(day))
    assert sent("handler") == []


def test_one_that_waited_too_long_is_not_sent(town: Town) -> None:
    handled(town)
    sum_up(at(dt.date(2026, 3, 20)))
    OutboxMessage.objects.exclude(kind=digests.KIND).delete()
    outbox.deliver(at(dt.date(2026, 3, 23)))
    assert sent("handler") == []
    assert not OutboxMessage.objects.filter(sent_at__isnull=True).exists()


def test_what_a_summary_says(town: Town) -> None:
    cases = [handled(town) for _ in range(3)]
    Case.objects.filter(pk=cases[0].pk).update(due_on=dt.date(2026, 3, 20))
    Case.objects.filter(pk=cases[1].pk).update(due_on=dt.date(2026, 3, 23), due_provisional=True)
    day = dt.date(2026, 3, 23)
    urge.urge(case_id=cases[2].pk, by=town.head, on=day, now=at(day), words="请抓紧。", answer_due_on=day)
    run(day)
    text = next(message.body for message in mail.outbox if message.to == ["handler@zr.example"])
    for words in (
        "已逾期：1件", "今天到期：1件", "4—10个工作日内到期：1件", "等待您答复的催办：1件",
        f"{cases[1].number}　届满日3月23日（暂定）　今天到期", "/desk/subscription/",
    ):  # fmt: skip
        assert words in text
    for message in mail.outbox:
        for words in SECRETS:
            assert words not in message.subject + message.body
    weekly = next(
        message.body
        for message in mail.outbox
        if "每周" in message.subject and message.to == ["head@zr.example"]
    )
    assert "过去一周新收0件，办结0件。" in weekly


def test_nobody_is_written_to_about_nothing(town: Town) -> None:
    run(dt.date(2026, 3, 23))
    assert mail.outbox == []


def test_a_tick_sends_them(town: Town) -> None:
    handled(town)
    assert tick.run(at(dt.date(2026, 3, 23)))[DIGESTS] > 0
    assert tick.run(at(dt.date(2026, 3, 23), 12))[DIGESTS] == 0
    assert "〔依申请公开〕每日汇总（3月23日）" in sent("handler")


def test_a_summary_names_twenty_and_counts_the_rest(town: Town) -> None:
    for _ in range(22):
        handled(town)
    found = own_days.summary(User.objects.get(pk=town.handler.pk), on=dt.date(2026, 3, 23))
    assert (len(found.named), found.more, sum(found.counts.values())) == (20, 2, 22)

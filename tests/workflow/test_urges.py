"""Reminders that want an answer (催办): who may urge and answer, the day, the reminders of it, the lists."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from office import delegations, journal, outbox
from office.models import OutboxMessage, Post, User
from tests.workflow.factories import (
    DAY,
    Town,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    signing,
    with_mail,
)
from workflow.actions import answer_urge, share, urge, withdraw
from workflow.errors import BadRequest, NotNow, NotYourRole, WrongState
from workflow.handing import Asked
from workflow.jobs import remind
from workflow.models import Case, Urge
from workflow.notices import reminders
from workflow.selectors import urges as pages
from workflow.selectors.worklists import my_work

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DUE = dt.date(2026, 3, 4)


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return with_mail(make_town())


def urged(
    town: Town, case: Case, *, by: User | None = None, on: dt.date = DAY, due: dt.date | None = DUE
) -> Case:
    return urge.urge(
        case_id=case.pk, by=by or town.head, on=on, now=at(on), words="请说明办理情况。", answer_due_on=due
    )


def answered(town: Town, case: Case, by: User, *, on: dt.date = DAY, **more: Any) -> Case:
    return answer_urge.answer_urge(
        case_id=case.pk, by=by, on=on, now=at(on), answer="已检索完毕，3月10日前答复。", **more
    )


#: On whose table a case lies: how it got there, and who may answer for it.
TABLES = [
    ("submitted", lambda town: file_case(town, channel="fax"), "intake"),
    ("registered", registered, "allocator"),
    ("handling", handled, "handler"),
    ("handling", handled, "unit_head"),
    ("handling", handled, "head"),
    ("signing", signing, "signatory"),
    ("signing", signing, "handler"),
]


@pytest.mark.parametrize(
    ("state", "make", "role"), TABLES, ids=[f"{state}-{role}" for state, _, role in TABLES]
)
def test_whoever_has_the_case_answers(town: Town, state: str, make: Any, role: str) -> None:
    case = make(town)
    assert case.state == state
    urged(town, case, by=town.supervisor)
    case = answered(town, case, town.people[role], on=dt.date(2026, 3, 3))
    row = Urge.objects.get(case=case)
    assert (row.answered_on, row.answered_by, row.waits) == (dt.date(2026, 3, 3), town.people[role], False)
    assert list(journal.verify(case.subject_ref)) == []
    with pytest.raises(NotNow, match="没有等待您答复的催办"):
        answered(town, case, town.people[role])


@pytest.mark.parametrize(
    "role", ["supervisor", "archivist", "secrecy", "redaction", "legal", "seal", "admin"]
)
def test_nobody_else_answers(town: Town, role: str) -> None:
    case = handled(town)
    urged(town, case)
    with pytest.raises(NotYourRole, match="答复催办」须由"):
        answered(town, case, town.people[role])


@pytest.mark.parametrize("role", ["intake", "signatory", "archivist", "seal", "admin"])
def test_who_may_not_urge(town: Town, role: str) -> None:
    with pytest.raises(NotYourRole, match="催办」须由"):
        urged(town, handled(town), by=town.people[role])


def test_nobody_answers_the_own_reminder_nor_that_of_another_desk(town: Town) -> None:
    case = handled(town)
    urged(town, case, by=town.head)
    for person in (town.head, town.intake):
        with pytest.raises(NotNow, match="没有等待您答复的催办"):
            answered(town, case, person)
    stranger = add_person(town, "handler", unit=town.other_unit)
    with pytest.raises(NotNow, match="其他科室"):
        answered(town, case, stranger)


def test_who_stands_in_answers_for_the_one_away(town: Town) -> None:
    case, other = handled(town), add_person(town, "archivist")
    urged(town, case)
    delegations.grant(
        office_id=town.office.pk, delegator_id=town.handler.pk, delegate_id=other.pk, from_on=DAY, to_on=DUE,
        reason="年休假", by=town.handler, on=DAY, now=at(DAY),
    )  # fmt: skip
    answered(town, case, other.standing_in_for(town.handler, town.office.pk))
    assert Urge.objects.get().answered_by_id == other.pk


def test_a_unit_that_takes_part_is_urged_and_answers_for_itself(town: Town) -> None:
    helper = add_person(town, "handler", unit=town.other_unit)
    case = handled(town)
    share.ask_units(
        case_id=case.pk,
        by=town.handler,
        on=DAY,
        now=at(DAY),
        asked=[Asked(town.other_unit.pk, "提供纪要", None, 5)],
    )
    urged(town, case)
    assert {(row.unit_id, row.co) for row in Urge.objects.all()} == {
        (town.unit.pk, False),
        (town.other_unit.pk, True),
    }
    answered(town, case, helper)
    assert [row.unit_id for row in Case.objects.get(pk=case.pk).waiting_urges()] == [town.unit.pk]
    mine = Urge.objects.get(unit=town.unit)
    with pytest.raises(BadRequest, match="请选择等待您答复的催办"):
        answered(town, case, town.handler, urge_id=mine.pk + 1000)
    answered(town, case, town.handler, urge_id=mine.pk)


def test_bad_input_says_what_to_do(town: Town) -> None:
    case = handled(town)
    with pytest.raises(BadRequest, match="请写明催办的要求"):
        urge.urge(case_id=case.pk, by=town.head, on=DAY, now=at(DAY), words=" \u200b")
    with pytest.raises(BadRequest, match="不能早于今天"):
        urged(town, case, due=dt.date(2026, 3, 1))
    with pytest.raises(BadRequest, match="核对年份"):
        urged(town, case, due=dt.date(2126, 3, 4))
    assert not Urge.objects.exists()
    urged(town, case)
    with pytest.raises(NotNow, match="今天已经催办过"):
        urged(town, case)
    with pytest.raises(BadRequest, match="请写明办理情况"):
        answer_urge.answer_urge(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), answer="\u200b ")


def test_a_case_without_a_unit_is_urged_once_a_day(town: Town) -> None:
    case = registered(town)
    urged(town, case)
    with pytest.raises(NotNow, match="今天已经催办过"):
        urged(town, case, by=town.supervisor)


def test_the_database_holds_whole_rows_only(town: Town) -> None:
    urged(town, handled(town))
    for broken in (
        {"answer": "有话无日"},
        {"answered_on": DAY},
        {"to_role": "intake"},
        {"answer_due_on": dt.date(2026, 3, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Urge.objects.update(**broken)


def told(*kinds: str) -> list[tuple[str, int]]:
    found = OutboxMessage.objects.filter(kind=reminders.KIND).order_by("pk").values_list("payload", flat=True)
    return [(row["what"], row["user"]) for row in found if row["what"] in kinds]


def test_the_answer_is_reminded_of_and_goes_up(town: Town) -> None:
    """Urged on Monday for Wednesday: told on Tuesday, late on Thursday to both sides, then up."""
    case = handled(town)
    urged(town, case, by=town.supervisor)
    remind(at(DAY))
    assert told("urge_due", "urge_late") == []
    expected = {
        dt.date(2026, 3, 3): [("urge_due", town.handler.pk)],
        dt.date(2026, 3, 4): [],
        dt.date(2026, 3, 5): [("urge_late", town.handler.pk), ("urge_late", town.supervisor.pk)],
        dt.date(2026, 3, 6): [("urge_late", town.unit_head.pk)],
        dt.date(2026, 3, 9): [("urge_late", town.head.pk)],
        dt.date(2026, 3, 20): [],
    }
    so_far: list[tuple[str, int]] = []
    for day, new in expected.items():
        for _ in range(2):
            remind(at(day))
        so_far += new
        assert sorted(told("urge_due", "urge_late")) == sorted(so_far), day


def test_nothing_is_said_of_what_was_answered_or_has_ended(town: Town) -> None:
    case, other = handled(town), handled(town)
    urged(town, case)
    urged(town, other)
    answered(town, case, town.handler)
    withdraw.withdraw(case_id=other.pk, by=town.intake, on=DAY, now=at(DAY))
    remind(at(dt.date(2026, 3, 9)))
    assert told("urge_due", "urge_late") == []


def test_the_mails_name_a_number_a_day_and_nothing_else(town: Town) -> None:
    case = handled(town)
    OutboxMessage.objects.all().delete()
    urged(town, case)
    for _ in range(2):
        outbox.deliver(at(DAY))
    assert [(message.to, "请于2026年3月4日前在系统中答复" in message.body) for message in mail.outbox] == [
        (["handler@zr.example"], True)
    ]
    answered(town, case, town.handler)
    mail.outbox.clear()
    outbox.deliver(at(DAY, 12))
    assert [message.to for message in mail.outbox] == [["head@zr.example"]]
    for message in mail.outbox:
        assert "检索完毕" not in message.body
        assert "王䶮" not in message.subject + message.body


def test_lists_by_how_they_stand(town: Town) -> None:
    cases = [handled(town) for _ in range(4)]
    urged(town, cases[0])
    urged(town, cases[1], due=dt.date(2026, 3, 9))
    urged(town, cases[2], due=None)
    urged(town, cases[3])
    answered(town, cases[3], town.handler, on=dt.date(2026, 3, 5))
    on = dt.date(2026, 3, 6)
    head = User.objects.get(pk=town.head.pk)
    assert pages.counted(head, on=on) == {"waiting": 2, "late": 1, "answered": 1, "all": 4}
    lines, following = pages.listed(head, on=on, shown="all")
    assert following == 0
    assert {line.number: line.status for line in lines} == {
        cases[0].number: "逾期未答复", cases[1].number: "等待答复", cases[2].number: "不要求答复",
        cases[3].number: "逾期答复",
    }  # fmt: skip
    rows = pages.exported(head, on=on)
    assert len(rows) == 5
    assert "王䶮" not in str(rows)
    elsewhere = make_town()
    assert pages.counted(User.objects.get(pk=elsewhere.head.pk), on=on)["all"] == 0


def test_what_is_owed_stands_in_the_own_work(town: Town) -> None:
    case = signing(town)
    urged(town, case, by=town.supervisor)
    for person, waits in ((town.signatory, True), (town.intake, False), (town.supervisor, False)):
        rows = my_work(User.objects.get(pk=person.pk), on=DAY).rows
        assert any("答复催办" in row.todo for row in rows) is waits, person


def test_the_file_is_the_list(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order and as far, texts as texts, days as days; what does not fit is told."""
    later, sooner = handled(town), handled(town)
    urge.urge(
        case_id=later.pk, by=town.head, on=DAY, now=at(DAY), words="请说明。",
        answer_due_on=dt.date(2026, 3, 9),
    )  # fmt: skip
    urged(town, sooner)
    Urge.objects.filter(case=later).update(words="=1+1\x0b请说明。")  # as they were kept before
    client = Client()
    client.force_login(town.supervisor, "django.contrib.auth.backends.ModelBackend")
    sheet = load_workbook(io.BytesIO(client.get("/board/urges.xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == [sooner.number, later.number]
    assert (rows[1][3], sheet["D4"].data_type, sheet["D4"].quotePrefix) == ("=1+1\n请说明。", "s", True)
    assert (sheet["G3"].value, sheet["G3"].is_date) == (dt.datetime(2026, 3, 4), True)
    assert "请说明办理情况。" in client.get("/board/urges/").content.decode()
    plain = b"".join(client.get("/board/urges/?shown=waiting&file=csv").streaming_content).decode()
    assert plain.startswith("\ufeff案件编号,")
    assert "'=1+1" in plain
    assert plain.index(sooner.number) < plain.index(later.number)
    assert client.get("/board/urges/?file=pdf").status_code == 404
    monkeypatch.setattr(pages, "MOST", 1)
    found = pages.exported(User.objects.get(pk=town.supervisor.pk), on=DAY, shown="waiting")
    assert (len(found), found[1][0], found[2][0]) == (3, sooner.number, "只列前1条，另有1条没有列出")


def test_a_mail_names_the_day_of_the_reminder_it_is_about(town: Town) -> None:
    case = handled(town)
    urged(town, case, due=dt.date(2026, 3, 20))
    on = dt.date(2026, 3, 3)
    urged(town, case, on=on, due=dt.date(2026, 3, 5))
    for _ in range(2):
        outbox.deliver(at(on, 12))
    said = [message.body for message in mail.outbox if "催办" in message.subject]
    assert said
    assert all("请于2026年3月5日前" in body for body in said)


def test_through_the_pages(town: Town) -> None:
    case = handled(town)
    above = User.objects.create(username="above", name="县监督员")
    Post.objects.create(user=above, office=town.government, role="supervisor", from_on=DAY)
    supervisor, handler = Client(), Client()
    supervisor.force_login(above, "django.contrib.auth.backends.ModelBackend")
    handler.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    page = supervisor.get(f"/desk/case/{case.pk}/do/urge/").content.decode()
    assert 'value="2026-03-04"' in page
    sent = {
        "words": "请说明办理情况。",
        "answer_due_on": "2026-03-05",
        "version": case.version,
        "step": "confirm",
    }
    supervisor.post(f"/desk/case/{case.pk}/do/urge/", sent)
    assert Urge.objects.get().answer_due_on == dt.date(2026, 3, 5)
    listed = supervisor.get("/board/urges/").content.decode()
    assert case.number in listed
    assert case.applicant_name not in listed
    assert supervisor.get("/board/urges.xlsx?shown=late").status_code == 200
    assert supervisor.get("/board/urges/?shown=nonsense").status_code == 404
    assert handler.get("/board/urges/").status_code == 403
    page = handler.get(f"/desk/case/{case.pk}/do/answer_urge/").content.decode()
    assert "请说明办理情况。" in page
    version = Case.objects.get(pk=case.pk).version
    sent = {"urge": Urge.objects.get().pk, "answer": "明日送审。", "version": version, "step": "confirm"}
    handler.post(f"/desk/case/{case.pk}/do/answer_urge/", sent)
    assert Urge.objects.get().answer == "明日送审。"
    assert "明日送审。" in handler.get(f"/desk/case/{case.pk}/").content.decode()
    with pytest.raises(WrongState):
        answered(town, Case(pk=archived(town).pk), town.handler)


def archived(town: Town) -> Case:
    from tests.workflow.after import served
    from workflow.actions import archive

    case = served(town)
    return archive.archive(
        case_id=case.pk, by=town.archivist, on=dt.date(2026, 3, 20), now=at(dt.date(2026, 3, 20))
    )

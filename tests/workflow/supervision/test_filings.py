"""Sheets are closed with their figures, confirmed, corrected beside, never altered; whoever has not confirmed is reminded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from office import journal, outbox
from office.models import JournalEntry, Office, OfficeParameter, OutboxMessage, User
from tests.emptying import lifted
from tests.workflow.factories import at
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County, person
from workflow.actions.file_sheet import confirm_sheet, file_sheet
from workflow.annual.statistics import Months, Statistics, digest, of_kept
from workflow.errors import CaseRefusal
from workflow.guard import FILINGS
from workflow.models import AnnualReport, Case, StatisticsFiling
from workflow.notices import owed
from workflow.selectors import filings
from workflow.selectors.annual_report import assembled

pytestmark = [pytest.mark.django_db]
MAY = Months(2026, 5, 5)
ON = dt.date(2026, 6, 3)
WHEN: dict[str, Any] = {"on": ON, "now": at(ON)}


@pytest.fixture
def filled(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", ON.isoformat())
    for place, office in enumerate(county.offices):
        fill(office, 60, seed=80 + place)
    return county


def file_it(county: County, by: User | None = None, **more: Any) -> StatisticsFiling:
    given = {"office_id": county.offices[0].pk, "scope": "own", "period": "2026-05", "by": by or county.head}
    return file_sheet(**{**given, **WHEN, **more})


def as_it_stands(county: County) -> Statistics:
    office = county.offices[0]
    return filings.measured_now([office], MAY, layout=filings.Terms(on=ON).layout(office.pk))


@pytest.mark.databases
def test_what_was_filed_stays_and_what_changed_stands_beside(filled: County) -> None:
    office = filled.offices[0]
    row = file_it(filled)
    assert confirm_sheet(record_id=row.pk, by=filled.head, **WHEN).stage == "confirmed"
    frozen = dict(row.figures)
    case = Case.objects.filter(office=office, received_on__range=("2026-05-01", "2026-05-31")).first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(received_on=dt.date(2026, 6, 1))
    row = StatisticsFiling.objects.get(pk=row.pk)
    assert row.figures == frozen
    told = filings.filed(row, as_it_stands(filled))
    assert told.intact
    label = {one.line.label: place for place, one in enumerate(told.sheet.told)}
    new = next(one for one in told.changes if one.place == label["新收"])
    assert (new.filed - new.now, new.filed_year - new.now_year) == (1, 1)
    with pytest.raises(CaseRefusal, match="须写明理由"):
        file_it(filled)
    again = file_it(filled, reason="一件的收到日登记有误")
    assert (again.seq, again.stage) == (2, "filed")
    assert of_kept(again.figures).told[label["新收"]].period == new.now
    row = StatisticsFiling.objects.get(pk=row.pk)
    assert row.figures == frozen
    with pytest.raises(CaseRefusal, match="不用更正"):
        file_it(filled, reason="再报一次")
    with pytest.raises(CaseRefusal, match="不能「确认统计表」"):
        confirm_sheet(record_id=row.pk, by=filled.head, **WHEN)
    keys = list(JournalEntry.objects.filter(subject=row.subject_ref).values_list("key", flat=True))
    assert keys == ["beside.file_sheet", "beside.confirm_sheet"]
    assert list(journal.verify(row.subject_ref)) == []


@pytest.mark.databases
def test_a_filed_sheet_never_changes(filled: County) -> None:
    """The database refuses to change what was filed, to remove it and to put another in its place; it is confirmed once."""
    row = file_it(filled)
    rows = StatisticsFiling.objects.filter(pk=row.pk)
    before = rows.values().get()
    changes: list[dict[str, Any]] = [
        {"figures": {**row.figures, "lines": []}}, {"sha256": "0" * 64}, {"year": 2025}, {"first": 4}, {"seq": 2, "reason": "另报"},
        {"reason": "别的"}, {"missing": ["甲"]}, {"filed_at": at(dt.date(2026, 1, 1))}, {"filed_by": filled.handler},
        {"office": filled.offices[1]}, {"scope": "whole"},
    ]  # fmt: skip
    assert {name for change in changes for name in change} == {
        field.name for field in StatisticsFiling._meta.fields
    } - {"id", "last", "stage", "confirmed_by", "confirmed_at"}
    changes.append({"last": 6})

    def refused() -> None:
        for change in changes:
            with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            rows.delete()
        table = StatisticsFiling._meta.db_table
        whole = {
            "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            # What the test's own transaction still has to check would keep the table from being emptied, too.
            "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE",
        }[connection.vendor]
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            connection.cursor().execute(whole)

    refused()
    confirm_sheet(record_id=row.pk, by=filled.head, **WHEN)
    changes.extend([{"stage": "filed", "confirmed_by": None, "confirmed_at": None}, {"confirmed_at": at(ON)}])
    refused()
    after = rows.values().get()
    confirmed = {"stage": "confirmed", "confirmed_by_id": filled.head.pk, "confirmed_at": at(ON)}
    assert after == before | confirmed


@pytest.mark.databases
def test_triggers_that_are_gone_are_told_and_come_back(filled: County) -> None:
    FILINGS.remove(connection)
    fault = next(iter(journal.verify()))
    assert "触发器" in fault.message
    assert all(name in fault.message for name in FILINGS.triggers(connection.vendor))
    call_command("migrate", verbosity=0)
    assert list(journal.verify()) == []


def test_a_filed_figure_that_was_tampered_with_is_told(filled: County) -> None:
    """Whoever may take the triggers away may change a figure; the journal's hash still tells."""
    row = file_it(filled)
    figures = dict(row.figures)
    figures["lines"] = [{**line, "period": [99]} for line in figures["lines"]]
    with lifted():
        StatisticsFiling.objects.filter(pk=row.pk).update(figures=figures)
    row = StatisticsFiling.objects.get(pk=row.pk)
    assert not filings.filed(row, as_it_stands(filled)).intact
    with lifted():
        StatisticsFiling.objects.filter(pk=row.pk).update(sha256=digest(figures))
    row = StatisticsFiling.objects.get(pk=row.pk)
    assert not filings.filed(row, as_it_stands(filled)).intact


def test_an_older_one_cannot_be_confirmed_after_a_correction(filled: County) -> None:
    row = file_it(filled)
    Case.objects.filter(office=filled.offices[0]).update(applicant_kind="research")
    file_it(filled, reason="申请人类别登记有误")
    with pytest.raises(CaseRefusal, match="已经更正报送"):
        confirm_sheet(record_id=row.pk, by=filled.head, **WHEN)


def test_who_files_when(filled: County) -> None:
    clerk = person("dengji", filled.offices[0], "intake")
    other = person("bie", filled.offices[1], "head")
    for by in (other, filled.handler, filled.supervisor):
        with pytest.raises(CaseRefusal, match="须由"):
            file_it(filled, by=by)
    with pytest.raises(CaseRefusal, match="还没有结束"):
        file_it(filled, period="2026-06")
    with pytest.raises(CaseRefusal, match="不是统计期"):
        file_it(filled, period="五月")
    row = file_it(filled, by=clerk)
    with pytest.raises(CaseRefusal, match="须由"):
        confirm_sheet(record_id=row.pk, by=clerk, **WHEN)
    whole = {"office_id": filled.government.pk, "scope": "whole"}
    with pytest.raises(CaseRefusal, match="须由"):
        file_it(filled, by=filled.head, **whole)
    made = file_it(filled, by=filled.supervisor, **whole)
    assert made.missing == [filled.government.name, *in_order(filled)]
    assert len(made.figures["offices"]) == 3


def in_order(county: County) -> list[str]:
    """Name the departments as lists do, by their codes."""
    return [office.name for office in sorted(county.offices, key=lambda one: one.code)]


def parameter(county: County, key: str, value: Any, office: Any = None) -> None:
    admin, second = (User.objects.create(username=f"{key}{n}", name=f"管理员{n}") for n in "甲乙")
    OfficeParameter.objects.create(
        office=office or county.government, key=key, value=value, from_on=dt.date(2026, 1, 1), reason="本地要求",
        entered_by=admin, entered_at=at(ON), confirmed_by=second, confirmed_at=at(ON),
    )  # fmt: skip


def test_the_county_sees_who_is_missing(filled: County) -> None:
    row = file_it(filled)
    listed = filings.owed(filled.supervisor, MAY, on=ON)
    assert [one.office for one in listed if one.is_missing] == [
        filled.government.name, *in_order(filled)
    ]  # fmt: skip
    confirm_sheet(record_id=row.pk, by=filled.head, **WHEN)
    missing = [one.office for one in filings.owed(filled.supervisor, MAY, on=ON) if one.is_missing]
    assert filled.offices[0].name not in missing
    assert filled.offices[1].name in missing
    parameter(filled, "statistics.rhythm", "quarter", filled.offices[1])
    listed = filings.owed(filled.supervisor, MAY, on=ON)
    assert [one.office for one in listed if one.is_missing] == [filled.government.name]
    assert filled.offices[1].name in filings.missing(filled.offices, Months(2026, 1, 3), filings.Terms(on=ON))
    assert {one.office for one in filings.owed(filled.head, MAY, on=ON)} == {filled.offices[0].name}


def test_an_office_that_was_closed_still_counts(filled: County) -> None:
    """What it handled stays in the roll-up, so that the months add up to the year's report; it owes nothing any more."""
    year = Months(2025, 1, 12)
    closed = filled.offices[1]
    Office.objects.create(
        code="qy-none", name="清源县从未收件的局", doc_code="清无", kind="department", level="county",
        parent=filled.government, is_active=False,
    )  # fmt: skip
    Office.objects.filter(pk=closed.pk).update(is_active=False)
    offices = filings.offices_in(filled.government, "whole")
    assert {one.name for one in offices} == {filled.government.name, *(one.name for one in filled.offices)}
    told = filings.measured_now(offices, year, layout="standard").told
    new = sum(one.period for one in told if one.line.measure.what == "new" and one.line.label == "新收")
    report = assembled(filled.government, 2025, "whole", on=ON)
    assert new == report.figures.total("new") > 0
    assert closed.name not in filings.missing(offices, MAY, filings.Terms(on=ON))


def test_an_office_chooses_its_layout(filled: County) -> None:
    assert as_it_stands(filled).layout == "standard"
    parameter(filled, "statistics.layout", "brief")
    assert as_it_stands(filled).layout == "brief"
    assert file_it(filled).figures["layout"] == "brief"


def send_all(day: dt.date, about: str = "统计表") -> list[str]:
    mail.outbox.clear()
    owed.post_new(on=day, now=at(day))
    outbox.deliver(at(day, 11))
    told = sorted(f"{one.to[0].partition('@')[0]} {one.subject.partition('〕')[2]}" for one in mail.outbox)
    return [line for line in told if about in line]


def test_whoever_has_not_confirmed_is_reminded_once(filled: County) -> None:
    """The sheet of May is due on the fifth working day of June; two days before, the office hears of it."""
    office = filled.offices[0].name
    assert send_all(dt.date(2026, 6, 2)) == []
    told = send_all(dt.date(2026, 6, 3))
    assert [line for line in told if office in line] == [f"tou {office}2026年5月统计表的报送期限将满"]
    assert send_all(dt.date(2026, 6, 4)) == []
    late = send_all(dt.date(2026, 6, 9))
    assert f"tou {office}2026年5月统计表逾期没有确认" in late
    assert f"du {office}2026年5月统计表逾期没有确认" in late
    assert send_all(dt.date(2026, 6, 10)) == []


def test_what_is_confirmed_is_not_spoken_of(filled: County) -> None:
    day = dt.date(2026, 6, 9)
    owed.post_new(on=day, now=at(day))
    row = file_it(filled)
    confirm_sheet(record_id=row.pk, by=filled.head, **WHEN)
    mail.outbox.clear()
    outbox.deliver(at(day, 11))
    told = [one.subject for one in mail.outbox if "统计表" in one.subject]
    assert not [subject for subject in told if filled.offices[0].name in subject]
    assert [subject for subject in told if filled.offices[1].name in subject]


def test_a_missed_week_is_caught_up(filled: County) -> None:
    before = send_all(dt.date(2026, 6, 20))
    assert len(before) == len(set(before)) > 0
    assert all("逾期" in line for line in before)
    assert OutboxMessage.objects.filter(kind=owed.KIND).count() >= len(before)


def test_the_annual_report_is_reminded_of_and_its_publication_ends_it(filled: County) -> None:
    office = filled.offices[0]

    def told(day: dt.date) -> list[str]:
        return [line for line in send_all(day, "年度报告") if office.name in line]

    assert told(dt.date(2026, 1, 10)) == []
    assert told(dt.date(2026, 1, 19)) == [f"tou {office.name}2025年度年度报告的公布期限将满"]
    AnnualReport.objects.create(
        office=office, year=2025, scope="own", published={}, published_on=dt.date(2026, 1, 28), stage="published",
        created_at=at(ON), updated_at=at(ON),
    )  # fmt: skip
    assert told(dt.date(2026, 2, 3)) == []


def test_the_report_of_a_whole_government_is_reminded_of_where_only_its_offices_were_asked(
    filled: County,
) -> None:
    """Nobody asked the government itself; who supervises its offices makes the report and is told, ten working days before."""
    name = filled.government.name
    assert not Case.objects.filter(office=filled.government).exists()
    told = [line for line in send_all(dt.date(2026, 3, 16), "年度报告") if name in line]
    assert told == []
    told = [line for line in send_all(dt.date(2026, 3, 20), "年度报告") if name in line]
    assert told == [f"du {name}2025年度年度报告的公布期限将满"]
    assert [line for line in send_all(dt.date(2026, 3, 23), "年度报告") if name in line] == []


def page(client: Client, user: User, *path: Any, **query: str) -> Any:
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(path[0], args=path[1:]), query)


def test_pages_and_their_cost(filled: County, client: Client) -> None:
    office = filled.offices[0]
    where = [office.pk, "own", "2026-05"]
    for row in (False, True):
        if row:
            file_it(filled)
        for path, user in (
            (["board:statistics"], filled.supervisor),
            (["board:statistics_sheet", *where], filled.head),
            (["board:statistics_sheet", filled.government.pk, "whole", "2026-05"], filled.supervisor),
            (["board:statistics_cases", *where], filled.head),
            (["board:measures"], filled.supervisor),
        ):
            assert page(client, user, *path).status_code == 200, path
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse(path[0], args=path[1:]))
            assert len(seen) <= 25, (path, [query["sql"][-170:] for query in seen.captured_queries])


def test_pages_say_no(filled: County, client: Client) -> None:
    office, other = filled.offices
    head = filled.head
    assert page(client, filled.handler, "board:statistics").status_code == 403
    assert page(client, head, "board:statistics_sheet", other.pk, "own", "2026-05").status_code == 404
    assert page(client, head, "board:statistics_sheet", office.pk, "whole", "2026-05").status_code == 404
    for wrong in ("2026-13", "2099-01", "x"):
        assert page(client, head, "board:statistics_sheet", office.pk, "own", wrong).status_code == 404
    where = [office.pk, "own", "2026-05"]
    assert page(client, head, "board:statistics_cases", *where, what="nothing").status_code == 404
    assert page(client, head, "board:statistics_file", *where, "pdf").status_code == 404
    assert page(client, head, "board:statistics_step", *where, "confirm").status_code == 403
    assert page(client, head, "board:statistics_step", office.pk, "own", "2026-06", "file").status_code == 403


def test_as_known_on_a_day(filled: County, client: Client) -> None:
    where = ["board:statistics_sheet", filled.offices[0].pk, "own", "2026-05"]
    shown = page(client, filled.head, *where, known_on="2026-06-02")
    assert "按2026年6月2日（周二）日终已经登记的情况" in shown.content.decode()
    later = page(client, filled.head, *where, known_on="2026-07-30")
    assert "这一天还没有到" in later.content.decode()
    answer = page(client, filled.head, "board:statistics_file", *where[1:], "json", known_on="2026-06-02")
    assert answer["Content-Type"].startswith("application/json")

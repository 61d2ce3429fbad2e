"""Reports are filled in, published only when they add up, kept as published, compared with the year before, and written as files."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from law.annual.layout import layout
from law.annual.read_file import read_bytes
from law.annual.rules import check
from office.models import JournalEntry
from tests.law.annual_tables import TABLES, made
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County, person
from workflow.actions import annual_report as acts
from workflow.annual.forms import FORMATS, as_file
from workflow.errors import CaseRefusal
from workflow.models import AnnualReport, Case
from workflow.requests import FileData
from workflow.selectors import annual_report as pages

pytestmark = [pytest.mark.django_db]
ON = dt.date(2026, 1, 20)
NOW = dt.datetime(2026, 1, 20, 4, tzinfo=dt.UTC)
TEXTS = {"5": "（一）主要问题。公开的时效还要提高。"}


def hand(year: int = 2025, value: str = "0") -> dict[str, dict[str, str]]:
    return {
        row: dict.fromkeys(table.columns, value) for table in layout().hand_tables(year) for row in table.rows
    }


def filled(county: County, **more: Any) -> AnnualReport:
    given = {
        "office_id": county.offices[0].pk, "year": 2025, "scope": "own", "by": county.head, "on": ON, "now": NOW,
        "hand": hand(), "texts": TEXTS,
    }  # fmt: skip
    return acts.fill_report(**{**given, **more})


def published(county: County, report: AnnualReport) -> AnnualReport:
    return acts.publish_report(record_id=report.pk, by=county.head, on=ON, now=NOW, published_on=ON)


def test_the_figures_stand_in_the_text(county: County) -> None:
    fill(county.offices[0], 40, seed=7)
    office = county.offices[0]
    filled(county, texts={"1": "新收{新收}件，办结{办结}件，行政复议{行政复议}件。", **TEXTS})
    report = pages.assembled(office, 2025, "own", on=ON)
    new, done = report.figures.total("new"), report.figures.total("total")
    assert report.parts[0].paragraphs == (
        f"新收{new}件，办结{done}件，行政复议{report.figures.remedy('reconsideration', 'all').value}件。",
    )
    assert "收取信息处理费0件，共0元" in report.parts[5].paragraphs[0]
    assert [finding for finding in report.findings if finding.blocks] == []
    assert report.blocked == ()


@pytest.mark.parametrize(
    ("year", "told"), [(2019, "本年新制作规范性文件4件，新公开4件"), (2021, "本年制发行政规范性文件4件")]
)
def test_the_standard_words_speak_of_the_years_own_tables(county: County, year: int, told: str) -> None:
    """The old form counts what was made and published, and there was no fee yet."""
    numbers = {
        row: dict.fromkeys(table.columns, "4") for table in layout().hand_tables(year) for row in table.rows
    }
    filled(county, year=year, hand=numbers, texts={"5": "无。"})
    report = pages.assembled(county.offices[0], year, "own", on=ON)
    words = "".join(line for part in report.parts for line in part.paragraphs)
    assert told in words
    assert "未填写" not in words
    assert ("信息处理费" in words) is (year >= 2021)
    assert report.figures.narrative["done"].value == report.figures.total("total") == 0


def test_a_number_typed_against_the_table_is_told(county: County) -> None:
    fill(county.offices[0], 20, seed=8)
    filled(county, texts={"1": "全年收到政府信息公开申请9999件。", **TEXTS})
    findings = pages.assembled(county.offices[0], 2025, "own", on=ON).findings
    assert [finding.rule for finding in findings if finding.rule == "R9"] == ["R9"]


def test_what_is_missing_keeps_it_from_publication(county: County) -> None:
    report = filled(county, hand={}, texts={})
    with pytest.raises(CaseRefusal, match="表二“规章·本年制发件数”没有填写"):
        published(county, report)
    report = filled(county, version=report.version, texts={})
    with pytest.raises(CaseRefusal, match="存在的主要问题及改进情况”还没有写"):
        published(county, report)
    report = filled(county, version=report.version)
    assert published(county, report).stage == "published"


def test_what_was_published_stays_and_what_changed_is_shown(county: County) -> None:
    office = county.offices[0]
    fill(office, 60, seed=9)
    before = pages.assembled(office, 2025, "own", on=ON).figures
    report = published(county, filled(county))
    case = Case.objects.filter(office=office, received_on__year=2025).first()
    assert case is not None
    assert case.received_on is not None
    Case.objects.filter(pk=case.pk).update(received_on=case.received_on.replace(year=2026))
    shown = pages.assembled(office, 2025, "own", on=ON)
    assert shown.figures.total("new") == before.total("new")
    assert any("公布后有变动：一、本年新收" in note for note in shown.notes)
    with pytest.raises(CaseRefusal):
        filled(county, version=report.version)
    again = acts.take_back_report(record_id=report.pk, by=county.head, on=ON, now=NOW, reason="表三有误")
    assert (again.stage, again.published_on) == ("draft", None)
    assert pages.assembled(office, 2025, "own", on=ON).figures.total("new") == (before.total("new") or 0) - 1
    keys = list(JournalEntry.objects.filter(subject=report.subject_ref).values_list("key", flat=True))
    assert keys == ["beside.begin_report", "beside.publish_report", "beside.take_back_report"]


def test_last_years_published_carry_over(county: County) -> None:
    """R4 compares with what was published, whatever the cases say, and keeps a report from being published."""
    office = county.offices[0]
    fill(office, 60, seed=10)
    now = pages.assembled(office, 2025, "own", on=ON).figures
    old = made(3, 2024)
    labels = {column.id: column.label for column in layout().columns}
    old["table3"]["四、结转下年度继续办理"] = {
        labels[column]: cell.value for column, cell in now.table3["carried_in"].items()
    }
    enter = {
        "office_id": office.pk, "year": 2024, "scope": "own", "by": county.head, "on": ON, "now": NOW,
        "published_on": dt.date(2025, 1, 24),
    }  # fmt: skip
    acts.enter_report(**enter, file=FileData("2024.json", json.dumps(old).encode(), "other"))
    assert published(county, filled(county)).stage == "published"
    acts.take_back_report(
        record_id=AnnualReport.objects.get(year=2025).pk, by=county.head, on=ON, now=NOW, reason="核对"
    )
    old["table3"]["四、结转下年度继续办理"]["自然人"] += 1
    acts.enter_report(**enter, file=FileData("2024.json", json.dumps(old).encode(), "other"))
    findings = pages.assembled(office, 2025, "own", on=ON).findings
    assert [finding.rule for finding in findings if finding.blocks] == ["R4"]
    assert findings[0].cells == (("3", "carried_in", "natural"),)
    with pytest.raises(CaseRefusal, match="R4"):
        published(county, AnnualReport.objects.get(year=2025))
    with pytest.raises(CaseRefusal, match="2019年度"):
        acts.enter_report(**enter, file=FileData("x", (TABLES / "shanghai-2019.html").read_bytes(), "other"))
    with pytest.raises(CaseRefusal, match="不认识这个文件"):
        acts.enter_report(**enter, file=FileData("x", b"rubbish", "other"))


def test_the_whole_government(county: County) -> None:
    """The roll-up counts every office below, adds up table two, and names who has not filled theirs in."""
    for place, office in enumerate(county.offices):
        fill(office, 30, seed=20 + place)
    filled(county, hand=hand(value="3"))
    whole = pages.assembled(county.government, 2025, "whole", on=ON)
    parts = [pages.assembled(office, 2025, "own", on=ON).figures for office in county.offices]
    assert whole.figures.total("new") == sum(part.total("new") or 0 for part in parts)
    assert whole.figures.table2["规章"]["本年制发件数"].value == 3
    missing = next(note for note in whole.notes if note.startswith("尚未填写表二"))
    assert county.offices[0].name not in missing
    assert county.offices[1].name in missing
    assert whole.due_on == dt.date(2026, 3, 31)
    assert pages.assembled(county.offices[0], 2025, "own", on=ON).due_on == dt.date(2026, 1, 31)


def test_who_may(county: County) -> None:
    other = person("b", county.offices[1], "head")
    for wrong in (county.handler, other, county.supervisor):
        with pytest.raises(CaseRefusal):
            filled(county, by=wrong)
    clerk = person("dengji", county.offices[0], "intake")
    report = filled(county, by=clerk)
    with pytest.raises(CaseRefusal):
        acts.publish_report(record_id=report.pk, by=clerk, on=ON, now=NOW, published_on=ON)
    whole = {"office_id": county.government.pk, "scope": "whole"}
    with pytest.raises(CaseRefusal):
        filled(county, **whole)
    assert filled(county, **whole, by=county.supervisor).scope == "whole"
    assert pages.find_office(county.handler, county.offices[0].pk, "own") is None
    assert pages.find_office(other, county.offices[0].pk, "own") is None
    assert pages.find_office(county.head, county.government.pk, "whole") is None
    assert pages.find_office(county.supervisor, county.offices[0].pk, "own") == county.offices[0]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"hand": hand(value="-1")}, "应填非负整数"),
        ({"hand": hand(value="若干")}, "应填非负整数"),
        ({"texts": {"1": "{没有的数}件"}}, "没有名为"),
        ({"year": 2018}, "年度应在"),
        ({"year": 2027}, "年度应在"),
        ({"scope": "other"}, "请选择"),
    ],
)
def test_refusals(county: County, more: dict[str, Any], says: str) -> None:
    with pytest.raises(CaseRefusal, match=says):
        filled(county, **more)


def test_two_people_at_once(county: County) -> None:
    report = filled(county)
    filled(county, version=report.version)
    with pytest.raises(CaseRefusal, match="刚才另有人改过"):
        filled(county, version=report.version)


@pytest.mark.parametrize("year", [2020, 2025])
@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_the_same(county: County, form: str, year: int) -> None:
    """What is read back from a file is what the report says, in the layout of its year."""
    fill(county.offices[0], 30, seed=5)
    Case.objects.update(received_on=dt.date(year, 3, 3))
    filled(county, year=year, hand=hand(year, "2"))
    report = pages.assembled(county.offices[0], year, "own", on=ON)
    content = as_file(report, form, on=ON)
    if form == "pdf":
        from pypdf import PdfReader

        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert "（七）总计" in text
        assert report.title[:10] in text.replace("\n", "")
        return
    read = read_bytes(content)
    assert read.year == year
    for row, cells in report.figures.table3.items():
        assert {name: read.cell(row, name).value for name in cells} == {n: c.value for n, c in cells.items()}
    for road, cells in report.figures.table4.items():
        assert {name: read.remedy(road, name).value for name in cells} == {
            n: c.value for n, c in cells.items()
        }
    assert {r: {n: c.value for n, c in cells.items()} for r, cells in read.table2.items()} == {
        r: {n: c.value for n, c in cells.items()} for r, cells in report.figures.table2.items()
    }
    assert [finding for finding in check(read) if finding.blocks] == []


def test_the_command(county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(county.offices[0], 25, seed=6)
    out = tmp_path / "report.xlsx"
    call_command(
        "report", "annual", "--office", "qy-land", "--year", "2025", "--format", "xlsx", "--out", str(out)
    )
    call_command("report", "check", str(out), "--json")
    assert '"consistent": true' in capsys.readouterr().out
    for wrong in (
        ["--office", "none", "--year", "2025", "--format", "json", "--out", str(out)],
        ["--office", "qy-land", "--year", "1999", "--format", "json", "--out", str(out)],
        ["--office", "qy-land", "--year", "2025", "--format", "odt", "--out", str(out)],
        ["--office", "qy-land", "--year", "2025", "--format", "json", "--out", str(tmp_path / "no" / "x")],
        ["--office", "qy-land", "--year", "2025", "--format", "json", "--out", str(out), "--whole"],
        [],
    ):
        with pytest.raises(SystemExit) as left:
            call_command("report", "annual", *wrong)
        assert left.value.code == 2
    with pytest.raises(SystemExit):
        call_command("report")


def test_as_many_queries_for_many_cases_as_for_few(county: County) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            pages.assembled(county.offices[0], 2025, "own", on=ON)
        return len(seen)

    fill(county.offices[0], 60, seed=1)
    queries()  # the rules of the day are read once
    few = queries()
    Case.objects.filter(office=county.offices[0]).update(seq=F("seq") + 5000)
    fill(county.offices[0], 100, seed=2)
    assert queries() == few
    assert few <= 16

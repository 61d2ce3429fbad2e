"""Monthly and quarterly sheets: months add up to the year, offices to the county, and the lines are a plain count of the events."""

from __future__ import annotations

import datetime as dt
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from law.annual.errors import Unreadable
from law.annual.layout import layout
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County
from workflow.annual.statistics import Months, as_file, lines
from workflow.models import Case, ClockEvent
from workflow.selectors.statistics import measured, statistics

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
YEAR = 2025
#: Measures that are added up over time; what is carried over and an average are not.
STOCKS = ("上期结转", "期末在办", "办结平均用时（日）")


@pytest.fixture
def filled(county: County) -> County:
    for place, office in enumerate(county.offices):
        fill(office, 50, seed=60 + place)
    return county


def by_label(county: County, months: Months) -> dict[str, float]:
    return dict(zip((line.label for line in lines()), measured(county.offices, months.period), strict=True))


def test_months_add_up_and_stocks_meet(filled: County) -> None:
    months = [by_label(filled, Months(YEAR, month, month)) for month in range(1, 13)]
    year = by_label(filled, Months(YEAR, 1, 12))
    for label in year:
        if label not in STOCKS:
            assert sum(month[label] for month in months) == year[label], label
    for before, after in pairwise(months):
        assert before["期末在办"] == after["上期结转"]
    for month in months:
        assert month["上期结转"] + month["新收"] == month["办结"] + month["期末在办"]
        assert (
            sum(month[label] for label in month if label.startswith("其中：") and "提交" in label)
            <= month["新收"]
        )
    assert year["新收"] > 0


def test_lines_are_a_plain_count(filled: County) -> None:
    found = by_label(filled, Months(YEAR, 4, 9))
    first, last = dt.date(YEAR, 4, 1), dt.date(YEAR, 9, 30)

    def inside(day: dt.date | None) -> bool:
        return day is not None and first <= day <= last

    cases = list(Case.objects.all())
    came = [case for case in cases if inside(case.received_on)]
    assert found["其中：网上提交"] == sum(case.channel == "portal" for case in came)
    assert sum(found[line.label] for line in lines() if line.measure == "channel") == len(came)
    for label, kind in (
        ("延期答复", "extension"),
        ("征求意见", "consultation_sent"),
        ("告知补正", "supplement_notice"),
    ):
        assert found[label] == sum(inside(event.on) for event in ClockEvent.objects.filter(type=kind))
    done = [case for case in cases if inside(case.replied_on) and case.received_on]
    late = [case for case in done if case.completed_on and case.due_on and case.completed_on > case.due_on]
    assert found["超过期限办结"] == len(late)
    days = [
        (case.replied_on - case.received_on).days for case in done if case.replied_on and case.received_on
    ]
    assert found["办结平均用时（日）"] == pytest.approx(sum(days) / len(days), abs=0.06)


def test_every_result_has_its_line() -> None:
    rows = {line.of[0] for line in lines() if line.measure == "row"}
    assert {leaf.id for leaf in layout().leaves} <= rows


def test_roll_up_and_files(filled: County) -> None:
    months = Months.named("2025Q2")
    made = statistics(filled.government, filled.offices, months)
    assert made.title == "清源县人民政府2025年第二季度政府信息公开申请办理情况统计表"
    for place, told in enumerate(made.told):
        if told.line.label not in STOCKS[2:]:
            assert told.period == sum(figures[place] for figures in made.offices.values())
    page = load_workbook(io.BytesIO(as_file(made, "xlsx"))).active
    assert page is not None
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert rows[0][:4] == ("类别", "项目", "本期", "本年累计")
    assert [row[2] for row in rows[1:]] == [told.period for told in made.told]
    written = json.loads(as_file(made, "json"))
    assert [line["year"] for line in written["lines"]] == [told.year for told in made.told]
    assert list(written["offices"]) == list(made.offices)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2025-03", Months(2025, 3, 3)),
        ("2025Q4", Months(2025, 10, 12)),
        ("2025-01..2025-06", Months(2025, 1, 6)),
    ],
)
def test_periods_by_name(text: str, months: Months) -> None:
    assert Months.named(text) == months


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-13", "2025Q5", "2025-06..2025-01", "2024-12..2025-01", "三月"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(Unreadable):
        Months.named(text)


def test_the_command(filled: County, tmp_path: Path) -> None:
    out = tmp_path / "sheet.json"
    call_command(
        "report",
        "statistics",
        "--office",
        "qy",
        "--period",
        "2025-03",
        "--format",
        "json",
        "--out",
        str(out),
        "--whole",
    )
    assert json.loads(out.read_text(encoding="utf-8"))["first"] == "2025-03-01"
    for wrong in (["--office", "none", "--period", "2025-03"], ["--office", "qy", "--period", "2099-01"], ["--office", "qy", "--period", "x"]):  # fmt: skip
        with pytest.raises(SystemExit) as left:
            call_command("report", "statistics", *wrong, "--format", "json", "--out", str(out))
        assert left.value.code == 2

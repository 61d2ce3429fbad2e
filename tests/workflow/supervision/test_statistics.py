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
from workflow import rules
from workflow.annual.measure import Measure
from workflow.annual.sheet_layouts import STANDARD, Line, read_layout, sheet_layout, sheet_layouts
from workflow.annual.statistics import Months, as_file, kept, of_kept
from workflow.models import Case, ClockEvent
from workflow.selectors import sheet_cases
from workflow.selectors.statistics import statistics

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
YEAR = 2025
#: Measures that are added up over time; what is carried over and an average are not.
STOCKS = ("上期结转", "期末在办", "办结平均用时（工作日）")


@pytest.fixture
def filled(county: County) -> County:
    for place, office in enumerate(county.offices):
        fill(office, 50, seed=60 + place)
    return county


def lines(code: str = STANDARD) -> tuple[Line, ...]:
    return sheet_layout(code).lines


def by_label(county: County, months: Months) -> dict[str, float]:
    made = statistics(county.offices[0], county.offices[1:], months)
    return {told.line.label: told.period for told in made.told}


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
    assert year["新收"] > 0


def test_lines_are_a_plain_count(filled: County) -> None:
    served = Case.objects.filter(completed_on__isnull=False, replied_on__range=("2025-04-01", "2025-09-30"))
    late = served.filter(reopenings=None).order_by("pk").first()
    assert late is not None
    Case.objects.filter(pk=late.pk).update(due_on=dt.date(YEAR, 1, 2))
    found = by_label(filled, Months(YEAR, 4, 9))
    first, last = dt.date(YEAR, 4, 1), dt.date(YEAR, 9, 30)

    def inside(day: dt.date | None) -> bool:
        return day is not None and first <= day <= last

    cases = list(Case.objects.select_related("office").prefetch_related("reopenings"))
    came = [case for case in cases if inside(case.received_on)]
    assert found["网上提交"] == sum(case.channel == "portal" for case in came)
    assert found["信函·自然人"] == sum(
        case.channel.startswith("post") and case.applicant_kind == "natural" for case in came
    )
    channels = [
        line for line in lines() if line.measure.what == "new" and line.measure.of and not line.measure.kinds
    ]
    assert sum(found[line.label] for line in channels) == len(came)
    for label, kind in (
        ("延期答复", "extension"),
        ("征求意见", "consultation_sent"),
        ("告知补正", "supplement_notice"),
    ):
        assert found[label] == sum(inside(event.on) for event in ClockEvent.objects.filter(type=kind))
    done = [case for case in cases if case.received_on and inside(first_done(case))]
    assert found["办结"] == len(done)
    once = [case for case in done if not case.reopenings.all()]
    behind = [case for case in once if case.completed_on and case.due_on and case.completed_on > case.due_on]
    judged = [case for case in once if case.completed_on and case.due_on]
    assert (found["超过期限办结"], found["按期办结"]) == (len(behind), len(judged) - len(behind))
    assert late in behind
    days = [
        rules.days_of(case.office_id).working_days_between(case.received_on, first_done(case))
        for case in done
    ]
    assert found["办结平均用时（工作日）"] == pytest.approx(sum(days) / len(days), abs=0.06)


def first_done(case: Case) -> dt.date | None:
    again = case.reopenings.all()
    return dt.date.fromisoformat(again[0].before["replied_on"]) if again else case.replied_on


def test_each_figure_opens_to_as_much_as_it_says(filled: County) -> None:
    months = Months(YEAR, 3, 8)
    made = statistics(filled.government, filled.offices, months)
    for told in made.told:
        for amount, span in ((told.of_period, months.period), (told.of_year, months.so_far)):
            measure = told.line.measure
            if measure.what == "fee":
                continue
            listed = sheet_cases.behind(
                filled.supervisor, [filled.government, *filled.offices], span, measure, after=0, size=1000
            )
            expected = amount.per if measure.what == "days" else amount.number
            assert listed.count == len(listed.rows) == expected, told.line.label
        assert Measure.of_address(measure.address()) == measure


def test_layouts_are_data(filled: County) -> None:
    assert set(sheet_layouts()) >= {"standard", "brief"}
    months = Months(YEAR, 3, 3)
    brief = {
        one.line.label: one.period for one in statistics(filled.offices[0], [], months, layout="brief").told
    }
    whole = {one.line.label: one.period for one in statistics(filled.offices[0], [], months).told}
    for label in ("新收", "办结", "期末在办", "超过期限办结"):
        assert brief[label] == whole[label]
    refused = sum(count for label, count in whole.items() if label.startswith("其中：（三）不予公开"))
    assert brief["不予公开"] == refused


@pytest.mark.parametrize(
    "line",
    [
        'measure = "none"', 'measure = "new"\nof = ["pigeon"]', 'measure = "late"\nof = ["portal"]',
        'measure = "done"\nkinds = ["ghost"]', 'measure = "event"\nkinds = ["natural"]',
        'measure = "new"\nresults = ["upheld"]', 'measure = "done"\neach = "offices"', "",
    ],
)  # fmt: skip
def test_a_layout_that_nothing_answers_to_is_refused(line: str) -> None:
    with pytest.raises(Unreadable):
        read_layout("own", f'name = "本地表式"\n[[line]]\nsection = "收到"\nlabel = "新收"\n{line}')


def test_every_result_has_its_line() -> None:
    rows = {of for line in lines() if line.measure.what == "done" for of in line.measure.of}
    assert {leaf.id for leaf in layout().leaves} <= rows


def test_roll_up_and_files(filled: County) -> None:
    months = Months.named("2025Q2")
    made = statistics(filled.government, filled.offices, months)
    assert made.title == "清源县人民政府2025年第二季度政府信息公开申请办理情况统计表"
    for place, told in enumerate(made.told):
        if told.line.label not in STOCKS[2:]:
            assert told.period == sum(figures[place].value for figures in made.offices.values())
    page = load_workbook(io.BytesIO(as_file(made, "xlsx"))).active
    assert page is not None
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert rows[0][:4] == ("类别", "项目", "本期", "本年累计")
    assert [row[2] for row in rows[1:]] == [told.period for told in made.told]
    written = json.loads(as_file(made, "json"))
    assert [line["year"] for line in written["lines"]] == [told.year for told in made.told]
    assert list(written["offices"]) == list(made.offices)
    assert of_kept(json.loads(json.dumps(kept(made)))) == made


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2025-03", Months(2025, 3, 3)),
        ("2025Q4", Months(2025, 10, 12)),
        ("2025-q1", Months(2025, 1, 3)),
        ("2025年第2季度", Months(2025, 4, 6)),
        ("2025-01..2025-06", Months(2025, 1, 6)),
    ],
)
def test_periods_by_name(text: str, months: Months) -> None:
    assert Months.named(text) == months


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-13", "2025Q5", "2025-06..2025-01", "2024-12..2025-01", "2025-1", "20251", "三月"],
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

"""The ledger on paper and as it was known on a day."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from law.clock import evaluate
from tests.workflow.factories import DAY, at, handled, registered
from workflow.actions import extend
from workflow.selectors.as_known import known_events, reading_as_known
from workflow.selectors.ledger import why_this_day
from workflow.selectors.ledger_sheet import ledger_pdf

D = dt.date.fromisoformat
pytestmark = pytest.mark.django_db


def _pages(content: bytes) -> list[str]:
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(content)).pages]


def test_the_sheet_is_one_page_with_every_day_and_its_source(town) -> None:
    case = registered(town)
    made = ledger_pdf(case, why_this_day(case, on=DAY).reading, on=DAY, as_of=None)
    pages = _pages(made.content)
    assert len(pages) == 1
    for n in range(1, 21):
        assert f"第{n}日" in pages[0]
    for words in ("2026年3月30日", "20个工作日", "周末：《国务院关于职工工作时间的规定》第七条", case.number):
        assert words in pages[0]


def test_a_long_clock_with_an_extension_still_fits_on_one_page(town) -> None:
    case = handled(town)
    case = extend.extend(case_id=case.pk, by=town.head, on=DAY, now=at(DAY), days=20, reason="卷宗较多")
    made = ledger_pdf(case, why_this_day(case, on=DAY).reading, on=DAY, as_of=None)
    pages = _pages(made.content)
    assert len(pages) == 1
    assert "第40日" in pages[0]
    assert "清明节放假：国办发明电〔2025〕7号" in pages[0]


CONSULTED = (
    {
        "type": "consultation_sent",
        "id": "1",
        "party": "third",
        "on": "2026-10-20",
        "delivered_on": "2026-10-22",
    },
    {"type": "consultation_sent", "id": "2", "party": "agency", "on": "2026-10-26"},
    {"type": "extension", "on": "2026-11-20", "days": 20},
)
RESTARTED = (
    {"type": "supplement_notice", "on": "2026-08-10"}, {"type": "supplement_received", "on": "2026-08-31"},
    {"type": "fee_notice", "on": "2026-09-10"}, {"type": "fee_paid", "on": "2026-10-15"},
)  # fmt: skip


@pytest.mark.parametrize(
    "arrived,events,words",
    [
        ("2026-10-15", CONSULTED, ("第40日", "征求第三方意见（1）；征求其他机关意见（2）", "元旦法定假日（暂定）")),
        ("2026-08-03", (*RESTARTED, *CONSULTED), ("第40日", "8.11至8.30", "收到补正之日（第0日）", "9.11至10.14", "2027年2月10日（暂定")),
        ("2026-03-02", ({"type": "ordered_rereply", "on": "2026-06-01", "days": 100},), ("第100日", "3.3至5.31")),
    ],
)  # fmt: skip
def test_however_long_the_clock_the_sheet_is_one_page(arrived, events, words) -> None:
    case = SimpleNamespace(
        number="青依申〔2026〕17号",
        office=SimpleNamespace(name="青山县人民政府办公室"),
        arrived_on=D(arrived),
    )
    found = evaluate(
        channel="counter", arrived_on=D(arrived), events=events, as_of=D("2026-11-25"), ledger=True
    )
    pages = _pages(ledger_pdf(case, found, on=D("2026-11-25"), as_of=None).content)
    assert len(pages) == 1
    for word in words:
        assert word in pages[0]


def test_what_was_recorded_later_was_not_known_before(town) -> None:
    case = handled(town)
    day, told = D("2026-03-10"), D("2026-03-20")
    # The extension counts for the 10th and was put on record on the 20th.
    case = extend.extend(case_id=case.pk, by=town.head, on=day, now=at(told), days=20, reason="卷宗较多")
    assert case.due_on == D("2026-04-28")
    assert reading_as_known(case, day=D("2026-03-19")).due_on == D("2026-03-30")
    assert reading_as_known(case, day=told).due_on == D("2026-04-28")
    assert known_events(case, day=D("2026-03-19")) == []


def test_a_notice_that_was_not_out_was_not_known(town) -> None:
    day = D("2025-11-03")  # the notice of 2026 came out on the 4th
    case = handled(town, arrived_on=day, on=day)
    case = extend.extend(case_id=case.pk, by=town.head, on=day, now=at(day), days=20, reason="卷宗较多")
    assert (case.due_on, case.due_may_change) == (D("2025-12-29"), False)
    then, later = reading_as_known(case, day=day), reading_as_known(case, day=D("2025-11-04"))
    assert (then.due_on, then.may_change) == (D("2025-12-29"), True)
    assert (later.due_on, later.may_change) == (D("2025-12-29"), False)


def test_the_page_and_its_sheet(town, as_, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", "2026-03-25")
    case = handled(town)
    extend.extend(
        case_id=case.pk, by=town.head, on=D("2026-03-10"), now=at(D("2026-03-10")), days=20, reason="卷宗较多"
    )
    client = as_(town.handler)
    base = f"/desk/case/{case.pk}/"
    assert f"{base}ledger/" in client.get(base).content.decode()
    assert "2026年4月28日" in client.get(f"{base}ledger/").content.decode()
    then = client.get(f"{base}ledger/?as_of=2026-03-09").content.decode()
    assert "按2026年3月9日" in then
    assert "2026年4月28日" not in then
    for wrong, why in (("2026-03-26", "今天以前"), ("2026-03-01", "还没有到达"), ("x", "年-月-日")):
        shown = client.get(f"{base}ledger/?as_of={wrong}")
        assert why in shown.content.decode()
        assert client.get(f"{base}ledger.pdf?as_of={wrong}").status_code == 409
    sheet = client.get(f"{base}ledger.pdf?as_of=2026-03-09")
    assert sheet["Content-Type"] == "application/pdf"
    assert "按2026年3月9日已登记事项" in _pages(sheet.content)[0]

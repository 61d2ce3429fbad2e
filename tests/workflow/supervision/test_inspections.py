"""Inspections by sample and bulletins: drawn again by anybody, checked by one list, counted and kept."""

from __future__ import annotations

import datetime as dt
import io
from itertools import count
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from law.annual.tally import Period
from office import journal
from office.models import Office
from tests.workflow.after import served
from tests.workflow.factories import DAY, Town, handled, replied
from tests.workflow.supervision.test_supervision_acts import LATER, client_of, give, issued
from workflow import file_check
from workflow.actions import bulletin, inspect, urge
from workflow.annual.measure import Measure
from workflow.bulletin import put_together
from workflow.counting.database import count as counted
from workflow.counting.keys import folded, month_at
from workflow.drawing_lots import draw
from workflow.errors import BadRequest, NotYourRole, WrongState
from workflow.models import Bulletin, Inspection, InspectionSheet, Item, SearchRecord
from workflow.selectors import inspections

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


# ---------------------------------------------------------------------------------------- inspections


def test_lots_can_be_drawn_again_by_anybody() -> None:
    population = list(range(1000, 1200))
    assert draw(population, seed="云岫抽查", size=5) == [1161, 1187, 1002, 1005, 1051]
    assert draw(reversed(population), seed="云岫抽查", size=5) == draw(
        population * 2, seed="云岫抽查", size=5
    )
    assert draw(population, seed="云岫抽查", size=20)[:5] == draw(population, seed="云岫抽查", size=5)
    assert draw(population, seed="另一个", size=5) != draw(population, seed="云岫抽查", size=5)
    assert sorted(draw(population, seed="x", size=1000)) == population


def drawn(town: Town, **changes: Any) -> Inspection:
    given = {
        "office_id": town.government.pk, "by": town.watcher, "title": "三月抽查", "first_on": DAY, "last_on": LATER,
        "size": 2, "seed": "ABCD", "about_id": None,
    } | give(LATER)  # fmt: skip
    return inspect.draw_inspection(**(given | changes))


def test_a_sample_is_kept_and_drawn_again(town: Town) -> None:
    cases = [replied(town) for _ in range(3)]
    handled(town)
    row = drawn(town)
    assert row.population == sorted(case.pk for case in cases)
    page = inspections.page(town.watcher, row.pk)
    assert page.redrawn
    assert [sheet.case_id for sheet in page.sheets] == draw(row.population, seed="ABCD", size=2)
    replied(town)
    assert inspections.page(town.watcher, row.pk).redrawn, "later replies do not change what was drawn from"
    told = draw(row.population, seed="ABCD", size=2)
    other = next(seed for seed in map(str, count()) if draw(row.population, seed=seed, size=2) != told)
    Inspection.objects.filter(pk=row.pk).update(seed=other)
    assert not inspections.page(town.watcher, row.pk).redrawn, (
        "a seed that was changed afterwards is found out"
    )


def test_the_list_finds_what_a_file_lacks(town: Town) -> None:
    whole = served(town)
    found = file_check.check(type(whole).objects.get(pk=whole.pk))
    assert (found.missing, [one for one in found.findings if one[1] == "block"]) == ((), [])
    assert found.paper_sha256
    unsent = replied(town)
    Item.objects.filter(case=unsent).update(outcome="not_exist")
    SearchRecord.objects.filter(case=unsent).delete()
    found = file_check.check(type(whole).objects.get(pk=unsent.pk))
    assert {"search", "service", "seal"} <= set(found.missing)
    letter = replied(town, channel="post_signed", service="post")
    assert "application" in file_check.check(type(whole).objects.get(pk=letter.pk)).missing
    unasked = handled(town)
    assert "reply" in file_check.check(type(whole).objects.get(pk=unasked.pk)).missing


def test_a_sample_is_checked_case_by_case_and_closed(town: Town) -> None:
    for _ in range(2):
        replied(town)
    row = drawn(town)
    with pytest.raises(BadRequest, match="还有2件"):
        inspect.close_inspection(record_id=row.pk, by=town.watcher, summary="总体较好。", **give(LATER))
    with pytest.raises(BadRequest, match="检查意见"):
        inspect.check_sheet(record_id=row.pk, by=town.watcher, seq=1, result="bad", **give(LATER))
    with pytest.raises(BadRequest, match="没有抽到"):
        inspect.check_sheet(record_id=row.pk, by=town.watcher, seq=9, result="good", **give(LATER))
    for person in (town.head, town.supervisor, town.handler):
        with pytest.raises(NotYourRole):
            inspect.check_sheet(record_id=row.pk, by=person, seq=1, result="good", **give(LATER))
    for seq in (1, 2):
        inspect.check_sheet(record_id=row.pk, by=town.watcher, seq=seq, result="good", **give(LATER))
    row = inspect.close_inspection(record_id=row.pk, by=town.watcher, summary="总体较好。", **give(LATER))
    assert row.stage == "closed"
    with pytest.raises(WrongState):
        inspect.check_sheet(record_id=row.pk, by=town.watcher, seq=1, result="good", **give(LATER))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"title": " "}, "名称"), ({"seed": ""}, "随机种子"), ({"seed": "13800000000"}, "不用电话"), ({"size": 0}, "1至100"),
        ({"size": 101}, "1至100"), ({"last_on": dt.date(2026, 3, 1)}, "先后相接"), ({"last_on": dt.date(2026, 4, 1)}, "不晚于今天"),
        ({"first_on": dt.date(2026, 3, 9)}, "没有已经答复的案件"),
    ],
)  # fmt: skip
def test_a_bad_draw_is_refused(town: Town, broken: dict[str, Any], says: str) -> None:
    replied(town)
    with pytest.raises(BadRequest, match=says):
        drawn(town, **broken)
    with pytest.raises(NotYourRole):
        drawn(town, by=town.supervisor)


def test_an_inspection_through_the_pages(town: Town) -> None:
    case = replied(town)
    supervisor, handler = client_of(town.watcher), client_of(town.handler)
    begin = "/desk/beside/inspection/new/"
    assert supervisor.get(begin).status_code == 200
    sent = {
        "office": town.government.pk, "title": "三月抽查", "about": "", "first_on": "2026-03-01", "last_on": "2026-03-10",
        "size": "5", "seed": "ABCD",
    }  # fmt: skip
    assert supervisor.post(begin, sent).status_code == 302
    row = Inspection.objects.get()
    page = supervisor.get(f"/board/inspection/{row.pk}/").content.decode()
    assert case.number in page
    assert case.applicant_name not in page
    where = f"/board/inspection/{row.pk}/1/"
    assert "答复书的送达记录" in supervisor.get(where).content.decode()
    assert "请写明检查意见" in supervisor.post(where, {"result": "flawed", "remarks": ""}).content.decode()
    assert supervisor.post(where, {"result": "flawed", "remarks": "没有及时送达。"}).status_code == 302
    assert InspectionSheet.objects.get().checked_on == LATER
    book = load_workbook(io.BytesIO(supervisor.get(f"/board/inspection/{row.pk}/result.xlsx").content))
    values = [str(cell.value) for line in book.active.iter_rows() for cell in line]
    assert case.number in values
    assert "没有及时送达。" in values
    for path in ("", "1/", "result.xlsx"):
        assert handler.get(f"/board/inspection/{row.pk}/{path}").status_code == 404


# ------------------------------------------------------------------------------------------- bulletins


def test_a_bulletin_counts_the_month_and_keeps_it(town: Town) -> None:
    served(town)
    case = handled(town)
    urge.urge(case_id=case.pk, by=town.head, words="请抓紧。", answer_due_on=DAY, **give())
    issued(town, rectify_by_on=dt.date(2026, 3, 5))
    on = dt.date(2026, 4, 2)
    row = bulletin.begin_bulletin(
        office_id=town.government.pk, by=town.watcher, year=2026, month=3, **give(on)
    )
    line = next(one for one in row.figures["offices"] if one["office"] == town.office.name)
    assert {name: line[name] for name in ("received", "finished", "in_time", "late", "open", "overdue")} == {
        "received": 2, "finished": 1, "in_time": 1, "late": 0, "open": 1, "overdue": 1,
    }  # fmt: skip
    assert {name: line[name] for name in ("urged", "unanswered", "rectify", "criticise", "unrectified")} == {
        "urged": 1, "unanswered": 1, "rectify": 1, "criticise": 0, "unrectified": 1,
    }  # fmt: skip
    assert row.figures["months"][-1] == {"month": "2026年3月", "received": 2, "finished": 1}
    assert row.figures["total"]["received"] == sum(one["received"] for one in row.figures["offices"])
    handled(town)
    row = Bulletin.objects.get()
    assert row.figures["total"]["received"] == 2, "figures stay as they were counted"
    row = bulletin.recount_bulletin(record_id=row.pk, by=town.watcher, **give(on))
    assert row.figures["total"]["received"] == 3


def test_a_bulletin_says_what_the_monthly_sheet_says(town: Town) -> None:
    """What was replied to counts as done there as here; in time or late is said of what was served."""
    served(town)
    replied(town)
    given = {"office_id": town.government.pk, "by": town.watcher, **give(dt.date(2026, 4, 2))}
    row = bulletin.begin_bulletin(year=2026, month=3, **given)
    line = next(one for one in row.figures["offices"] if one["office"] == town.office.name)
    book = counted([town.office], Period.of_month(2026, 3))
    sums = folded(book, month_at(2026, 3), month_at(2026, 3))[town.office.pk]
    for name, what in {"received": "new", "finished": "done", "in_time": "in_time", "late": "late"}.items():
        assert line[name] == Measure(what).amount(sums).number, name
    assert {name: line[name] for name in ("finished", "in_time", "late")} == {
        "finished": 2,
        "in_time": 1,
        "late": 0,
    }
    whole, late = (" ".join(section.paragraphs) for section in put_together(row).sections[:2])
    assert "办结2件，其中按期1件、逾期0件、尚未送达或者终止办理1件，按期办结率100.0%。" in whole
    assert "本月办结并已送达的申请全部按期。" in late


def test_a_bulletin_keeps_an_office_closed_since_and_leaves_out_one_that_did_nothing(town: Town) -> None:
    served(town)
    given = {"office_id": town.government.pk, "by": town.watcher, **give(dt.date(2026, 4, 2))}
    idle = Office.objects.create(
        code="idle", name="云岫县无件局", doc_code="云无", kind="department", level="county", parent=town.government,
        is_active=False,
    )  # fmt: skip
    Office.objects.filter(pk=town.office.pk).update(is_active=False)
    row = bulletin.begin_bulletin(year=2026, month=3, **given)
    names = [one["office"] for one in row.figures["offices"]]
    assert (town.office.name in names, idle.name in names) == (True, False)
    assert row.figures["total"]["received"] == row.figures["months"][-1]["received"] == 1
    assert f"{len(names)}个机关共新收政府信息公开申请1件" in " ".join(
        put_together(row).sections[0].paragraphs
    )


def test_a_bulletin_on_a_month_in_which_nothing_was_done(town: Town) -> None:
    given = {"office_id": town.government.pk, "by": town.watcher, **give(LATER)}
    row = bulletin.begin_bulletin(year=2026, month=2, **given)
    whole, late = (" ".join(section.paragraphs) for section in put_together(row).sections[:2])
    assert "办结0件，其中按期0件、逾期0件，按期办结率—。" in whole
    assert "本月没有办结并已送达的申请。" in late


def test_a_bulletin_is_written_settled_and_opened_again(town: Town) -> None:
    given = {"by": town.watcher, **give(LATER)}
    for person in (town.supervisor, town.head):
        with pytest.raises(NotYourRole):
            bulletin.begin_bulletin(
                office_id=town.government.pk, year=2026, month=2, **(given | {"by": person})
            )
    with pytest.raises(BadRequest, match="已经开始的月份"):
        bulletin.begin_bulletin(office_id=town.government.pk, year=2026, month=4, **given)
    row = bulletin.begin_bulletin(office_id=town.government.pk, year=2026, month=2, **given)
    with pytest.raises(BadRequest, match="已经起草"):
        bulletin.begin_bulletin(office_id=town.government.pk, year=2026, month=2, **given)
    with pytest.raises(BadRequest, match="还没有写"):
        bulletin.settle_bulletin(record_id=row.pk, **given)
    row = bulletin.fill_bulletin(record_id=row.pk, words="（一）时效还要提高。", version=row.version, **given)
    with pytest.raises(BadRequest, match="另有人改过"):
        bulletin.fill_bulletin(record_id=row.pk, words="旧稿", version=1, **given)
    row = bulletin.settle_bulletin(record_id=row.pk, **given)
    with pytest.raises(WrongState):
        bulletin.recount_bulletin(record_id=row.pk, **given)
    row = bulletin.reopen_bulletin(record_id=row.pk, reason="表中数字有误", **given)
    assert (row.stage, row.settled_on) == ("draft", None)
    assert list(journal.verify(row.subject_ref)) == []


def test_a_bulletin_through_the_pages(town: Town) -> None:
    handled(town)
    supervisor = client_of(town.watcher)
    assert 'value="2"' in supervisor.get("/desk/beside/bulletin/new/").content.decode()
    supervisor.post(
        "/desk/beside/bulletin/new/", {"office": town.government.pk, "year": "2026", "month": "3"}
    )
    row = Bulletin.objects.get()
    where = f"/desk/beside/bulletin/{row.pk}/"
    supervisor.post(f"{where}fill_bulletin/", {"words": "时效还要提高。", "version": row.version})
    page = supervisor.get(f"/board/bulletin/{row.pk}/").content.decode()
    for words in ("新收政府信息公开申请1件", "时效还要提高。", "<desc", town.office.name):
        assert words in page
    document = Document(io.BytesIO(supervisor.get(f"/board/bulletin/{row.pk}/bulletin.docx").content))
    assert any("时效还要提高。" in paragraph.text for paragraph in document.paragraphs)
    assert len(document.tables) == 3
    assert client_of(town.head).get(f"/board/bulletin/{row.pk}/").status_code == 404

"""Notices to rectify, criticism, inspections and bulletins: who may, what they leave behind, what a page shows."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from office import journal, outbox
from office.models import Office, Post, User
from tests.workflow.after import served
from tests.workflow.factories import DAY, Town, at, handled, make_town, replied
from workflow import file_check
from workflow.actions import bulletin, inspect, rectify, urge
from workflow.drawing_lots import draw
from workflow.errors import BadRequest, NotYourRole, WrongState
from workflow.models import Bulletin, Inspection, InspectionSheet, Item, Rectification, SearchRecord
from workflow.selectors import beside, inspections

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
UNTIL = dt.date(2026, 3, 20)
LATER = dt.date(2026, 3, 10)
SAID: dict[str, Any] = {
    "occasion": "2026年3月政府信息公开工作检查", "finding": "两件延期答复没有在原期限届满前告知申请人",
    "measures": "逐件自查。\n组织学习。", "rectify_by_on": UNTIL,
}  # fmt: skip


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", LATER.isoformat())
    town = make_town()
    town.government.phone = "0990-5550100"
    town.government.save(update_fields=["phone"])
    watcher = User.objects.create(
        username=f"watcher{town.office.pk}", name="县监督员", email="watcher@zr.example"
    )
    Post.objects.create(user=watcher, office=town.government, role="supervisor", from_on=dt.date(2020, 1, 1))
    town.people["watcher"] = watcher
    for role in ("head", "intake"):
        User.objects.filter(pk=town.people[role].pk).update(email=f"{role}@zr.example")
    return town


def give(on: dt.date = DAY) -> dict[str, Any]:
    return {"on": on, "now": at(on)}


def issued(town: Town, **changes: Any) -> Rectification:
    return rectify.issue_rectification(
        **(
            {"office_id": town.government.pk, "about_id": town.office.pk, "by": town.watcher}
            | SAID
            | give()
            | changes
        )
    )


def criticised(town: Town, **changes: Any) -> Rectification:
    return rectify.issue_criticism(
        **(
            {"office_id": town.government.pk, "about_id": town.office.pk, "by": town.watcher}
            | SAID
            | give()
            | changes
        )
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


# ------------------------------------------------------------------------------- notices and criticism


def test_a_notice_goes_its_way_to_the_end(town: Town) -> None:
    row = issued(town)
    assert (row.stage, row.paper.kind, row.paper.office) == ("issued", "supervision_notice", town.government)
    text = row.paper.frozen()["text"]
    for words in (town.office.name, "第四十七条", "现督促贵单位整改", "逐件自查", "2026年3月20日前完成整改"):
        assert words in text
    assert "责令" not in text
    row = rectify.receive_rectification(record_id=row.pk, by=town.intake, **give())
    row = rectify.report_rectified(record_id=row.pk, by=town.head, report="已逐件自查。", **give(LATER))
    row = rectify.return_rectified(
        record_id=row.pk,
        by=town.watcher,
        verdict="没有组织学习",
        rectify_by_on=dt.date(2026, 3, 27),
        **give(LATER),
    )
    assert (row.stage, row.rectify_by_on, row.returned) == ("received", dt.date(2026, 3, 27), 1)
    row = rectify.report_rectified(record_id=row.pk, by=town.head, report="已组织学习。", **give(LATER))
    row = rectify.close_rectification(record_id=row.pk, by=town.watcher, verdict="已核实。", **give(LATER))
    assert (row.stage, row.closed_on, row.closed_by) == ("closed", LATER, town.watcher)
    assert list(journal.verify(row.subject_ref)) == []


@pytest.mark.parametrize("role", ["supervisor", "head", "intake", "handler", "admin", "legal", "archivist"])
def test_only_the_supervisor_above_issues(town: Town, role: str) -> None:
    """A department's own supervisor supervises nobody below it, and is no office above itself."""
    for make in (issued, criticised):
        with pytest.raises(NotYourRole):
            make(town, by=town.people[role])
        with pytest.raises(NotYourRole):
            make(town, by=town.people[role], office_id=town.office.pk)
    assert not Rectification.objects.exists()


def test_an_office_beside_or_above_is_not_urged(town: Town) -> None:
    elsewhere = make_town()
    for about in (elsewhere.office.pk, town.government.pk, 0):
        with pytest.raises(BadRequest, match="下级机关或者所属部门"):
            issued(town, about_id=about)
    with pytest.raises(BadRequest, match="通报范围"):
        criticised(town, to_ids=[elsewhere.office.pk])


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"occasion": " "}, "在什么检查中发现"), ({"finding": ""}, "存在的问题"), ({"measures": ""}, "整改要求"),
        ({"rectify_by_on": dt.date(2026, 3, 1)}, "不能早于今天"), ({"case_number": "没有这件"}, "没有登记编号"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_takes_no_number(town: Town, broken: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        issued(town, **broken)
    assert issued(town).paper.number == 1


def test_steps_are_taken_by_the_right_office_in_their_order(town: Town) -> None:
    row, other = issued(town), make_town()
    for person in (town.handler, town.watcher, other.intake):
        with pytest.raises(NotYourRole):
            rectify.receive_rectification(record_id=row.pk, by=person, **give())
    with pytest.raises(WrongState, match="待签收"):
        rectify.report_rectified(record_id=row.pk, by=town.head, report="已改。", **give())
    rectify.receive_rectification(record_id=row.pk, by=town.head, **give())
    rectify.report_rectified(record_id=row.pk, by=town.head, report="已改。", **give())
    with pytest.raises(NotYourRole):
        rectify.close_rectification(record_id=row.pk, by=town.head, verdict="好", **give())
    with pytest.raises(BadRequest, match="核实"):
        rectify.close_rectification(record_id=row.pk, by=town.watcher, verdict=" ", **give())


def test_a_criticism_names_whom_it_is_about_and_to_whom_it_goes(town: Town) -> None:
    beside_it = Office.objects.create(
        code=f"b{town.office.pk}",
        parent=town.government,
        name="云岫县水利局",
        doc_code="云水",
        kind="department",
        level="county",
    )
    case = handled(town)
    row = criticised(town, to_ids=[beside_it.pk], case_number=case.number)
    frozen = row.paper.frozen()
    assert f"对{town.office.name}予以通报批评" in frozen["text"]
    assert case.number in frozen["text"]
    assert f"{town.office.name}、云岫县水利局" in frozen["text"]
    assert "王䶮" not in frozen["text"]
    reader = User.objects.create(username="reader", name="水利局负责人")
    Post.objects.create(user=reader, office=beside_it, role="head", from_on=dt.date(2020, 1, 1))
    elsewhere = make_town()
    seen = {
        person.pk: beside.visible(person, "criticism").filter(pk=row.pk).exists()
        for person in (reader, town.head, town.watcher, town.handler, elsewhere.head, elsewhere.supervisor)
    }
    assert list(seen.values()) == [True, True, True, False, False, False]
    assert beside.sheet(reader, "criticism", row.pk).steps == ()
    assert not beside.visible(town.watcher, "rectification").exists()


def test_the_mails_go_to_both_sides_and_say_nothing_of_it(town: Town) -> None:
    row = issued(town)
    for _ in range(2):
        outbox.deliver(at(DAY))
    assert sorted(message.to[0] for message in mail.outbox) == ["head@zr.example", "intake@zr.example"]
    for message in mail.outbox:
        assert row.paper.number_text in message.body
        assert SAID["finding"] not in message.body
    mail.outbox.clear()
    rectify.receive_rectification(record_id=row.pk, by=town.head, **give())
    rectify.report_rectified(record_id=row.pk, by=town.head, report="已改。", **give())
    for _ in range(2):
        outbox.deliver(at(DAY, 12))
    assert [message.to for message in mail.outbox] == [["watcher@zr.example"]]


def test_notices_through_the_pages(town: Town) -> None:
    supervisor, head = client_of(town.watcher), client_of(town.head)
    begin = "/desk/beside/criticism/new/"
    assert "通报范围" in supervisor.get(begin).content.decode()
    sent = {"office": town.government.pk, "about": town.office.pk, **SAID, "rectify_by_on": "2026-03-20"}
    assert (
        "请写明" in supervisor.post(begin, sent | {"measures": " "}).content.decode()
        or not Rectification.objects.exists()
    )
    assert supervisor.post(begin, sent).status_code == 302
    row = Rectification.objects.get()
    assert row.kind == "criticise"
    assert head.get(begin).status_code == 404
    where = f"/desk/beside/criticism/{row.pk}/"
    assert row.paper.number_text in head.get(where).content.decode()
    assert head.get(f"{where}paper.pdf").content.startswith(b"%PDF-")
    head.post(f"{where}receive_rectification/", {})
    head.post(f"{where}report_rectified/", {"report": "已逐条整改。"})
    supervisor.post(f"{where}close_rectification/", {"verdict": "核实到位。"})
    row = Rectification.objects.get()
    assert (row.stage, row.verdict) == ("closed", "核实到位。")


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
    Inspection.objects.filter(pk=row.pk).update(seed="WXYZ2")
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
    supervisor, head = client_of(town.watcher), client_of(town.head)
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
        assert head.get(f"/board/inspection/{row.pk}/{path}").status_code == 404


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

"""Notices to rectify and circulated criticism: who may, what they leave behind, what a page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from office import journal, outbox
from office.models import Office, Post, User
from tests.workflow.factories import DAY, Town, at, handled, make_town
from workflow.actions import rectify
from workflow.errors import BadRequest, NotYourRole, WrongState
from workflow.models import Rectification
from workflow.selectors import beside

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
UNTIL = dt.date(2026, 3, 20)
LATER = dt.date(2026, 3, 10)
SAID: dict[str, Any] = {
    "occasion": "2026年3月政府信息公开工作检查", "finding": "两件延期答复没有在原期限届满前告知申请人",
    "measures": "逐件自查。\n组织学习。", "rectify_by_on": UNTIL,
}  # fmt: skip


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

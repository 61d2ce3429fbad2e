"""What is written about a complaint where every letter is sealed by hand: the notice and the answer stay in the house."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from letters.models import SealUse
from office import journal, outbox
from office.models import OutboxMessage, User
from tests.workflow.factories import DAY, SEALED, Town, at, handled
from tests.workflow.supervision.test_sealed_notices import practise
from tests.workflow.supervision.test_supervision_acts import LATER, client_of, give
from workflow.actions import complain, use_seal, void_paper
from workflow.actions.file_sealed_copy import file_sealed_copy
from workflow.errors import BadRequest, NotNow, NotYourRole
from workflow.models import Case, Complaint
from workflow.selectors import beside, seals
from workflow.selectors.manifest import manifest
from workflow.selectors.papers import papers_of, voidable_papers
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
UNTIL = dt.date(2026, 3, 20)
POST: dict[str, Any] = {"channel": "post", "sent_on": DAY, "tracking": "EX990130001CN"}


def decided(town: Town, *, result: str = "rectify") -> Complaint:
    """Bring a complaint about a case in hand to its decision by the government's supervisor."""
    case = handled(town)
    case = complain.record_complaint(
        case_id=case.pk, by=town.watcher, matters="一个多月没有收到任何答复", received_on=DAY, **give()
    )
    more = {"measures": "立即答复。", "rectify_by_on": UNTIL} if result in Complaint.URGED else {}
    case = complain.decide_complaint(
        case_id=case.pk, by=town.watcher, complaint_id=case.complaints.get().pk, result=result, finding="该局逾期未答复",
        **more, **give(),
    )  # fmt: skip
    return case.complaints.get()


def seal(row: Complaint, by: User, how: Any = SEALED) -> Complaint:
    return complain.seal_complaint(record_id=row.pk, by=by, seal=how, **give())


def serve(row: Complaint, by: User, **changes: Any) -> Complaint:
    return complain.serve_complaint(record_id=row.pk, by=by, **(POST | give() | changes))


def test_before_their_seal_the_office_complained_of_knows_of_nothing(town: Town) -> None:
    practise(town)
    row = decided(town)
    case = Case.objects.get(pk=row.case_id)
    assert [paper.kind for paper in row.papers] == ["rectification_notice", "complaint_answer"]
    assert row.waits_for_seal
    assert row.get_stage_display() == "待用印"
    outbox.deliver(at(DAY))
    assert mail.outbox == []
    assert case.rectifications_owed() == []
    with pytest.raises(NotNow, match="没有等待整改"):
        complain.report_rectification(
            case_id=case.pk, by=town.head, complaint_id=row.pk, report="已答复", **give()
        )
    assert {paper.office for paper in papers_of(case)} == {town.office}
    numbers = [paper.number_text for paper in row.papers]
    told = str([(line.title, line.body) for line in trail_of(case)]) + str(manifest(case))
    for person in (town.head, town.intake, town.supervisor):
        told += client_of(person).get(reverse("desk:case", args=[case.pk])).content.decode()
        for paper in row.papers:
            assert client_of(person).get(reverse("desk:paper", args=[case.pk, paper.pk])).status_code == 404
    assert "正在核查" in told
    for words in (*numbers, "督促整改", "处理投诉举报：", "前整改"):
        assert words not in told


def test_nobody_of_the_office_complained_of_seals_or_voids_them(town: Town) -> None:
    practise(town)
    row = decided(town)
    case = Case.objects.get(pk=row.case_id)
    made = {paper.pk for paper in row.papers}
    assert not made & {paper.pk for paper in case.papers_to_seal()}
    assert not made & {paper.pk for paper in voidable_papers(case)}
    for person in (town.seal, town.intake):
        with pytest.raises(BadRequest, match="不属于本件"):
            use_seal.use_seal(case_id=case.pk, by=person, seal=SEALED, paper_ids=sorted(made), **give())
    with pytest.raises(BadRequest):
        void_paper.void_paper(case_id=case.pk, by=town.head, paper_id=min(made), reason="误", **give())
    row = seal(row, town.people["gov_intake"])
    case = Case.objects.get(pk=row.case_id)
    assert not made & {paper.pk for paper in voidable_papers(case)}
    use = SealUse.objects.filter(paper_id__in=made).first()
    with pytest.raises((BadRequest, NotNow)):
        use_seal.void_seal_use(case_id=case.pk, by=town.seal, use_id=use.pk, reason="误", **give())


def test_both_are_sealed_in_one_step_by_whom_keeps_the_seal(town: Town) -> None:
    practise(town, keeper=True)
    row, keeper = decided(town), town.people["gov_seal"]
    for person in (
        town.watcher,
        town.head,
        town.intake,
        town.seal,
        town.supervisor,
        town.people["gov_admin"],
    ):
        with pytest.raises(NotYourRole):
            seal(row, person)
    with pytest.raises(BadRequest, match="由印章管理员保管"):
        seal(row, town.people["gov_intake"])
    for how, says in (
        (replace(SEALED, copies=0), "用印份数"), (replace(SEALED, copies=201), "用印份数"), (replace(SEALED, kind="wax"), "请选择印章"),
        (replace(SEALED, used_on=DAY - dt.timedelta(days=1)), "用印日期"), (replace(SEALED, used_on=LATER), "用印日期"),
    ):  # fmt: skip
        with pytest.raises(BadRequest, match=says):
            seal(row, keeper, how)
    with pytest.raises(BadRequest, match="还没有登记用印"):
        serve(row, town.watcher)
    assert SealUse.objects.count() == 0
    row = seal(row, keeper)
    assert {(use.paper_id, use.office, use.approver, use.sealed_by, use.copies) for use in SealUse.objects.all()} == {
        (paper.pk, town.government, town.watcher, keeper, 2) for paper in row.papers
    }  # fmt: skip
    assert not row.waits_for_seal
    with pytest.raises(BadRequest, match="已经用印"):
        seal(row, keeper)
    outbox.deliver(at(DAY))
    outbox.deliver(at(DAY))
    came = [one for one in mail.outbox if "督促整改通知书" in one.subject]
    assert sorted(one.to[0] for one in came) == ["head@zr.example", "intake@zr.example"]
    assert all("王䶮" not in one.body and "没有收到任何答复" not in one.body for one in came)
    assert OutboxMessage.objects.filter(kind=complain.CAME).count() == 1
    case = Case.objects.get(pk=row.case_id)
    assert [paper.pk for paper in papers_of(case)][-2:] == [paper.pk for paper in row.papers]
    assert any(line.body.startswith("出具") for line in trail_of(case) if line.key == "case.decide_complaint")
    page = client_of(town.head).get(reverse("desk:case", args=[case.pk])).content.decode()
    assert row.notice.number_text in page
    assert "3月20日（周五）前整改" in page
    assert client_of(town.head).get(reverse("desk:paper", args=[case.pk, row.notice_id])).status_code == 200
    case = complain.report_rectification(
        case_id=case.pk, by=town.head, complaint_id=row.pk, report="已答复", **give()
    )
    assert case.complaints.get().rectified_on == DAY
    assert list(journal.verify(row.subject_ref)) == []
    assert list(journal.verify(case.subject_ref)) == []


def test_the_answer_is_served_once_and_by_the_supervising_office(town: Town) -> None:
    row = decided(town, result="unfounded")
    assert not row.waits_for_seal
    for person in (town.intake, town.head, town.supervisor, town.seal):
        with pytest.raises(NotYourRole):
            serve(row, person)
    for changes, says in (
        ({"channel": "pigeon"}, "送达方式"), ({"channel": "portal"}, "送达方式"), ({"tracking": " "}, "EMS"), ({"sent_on": LATER}, "送达日期"),
        ({"channel": "counter"}, "签收日期"),
    ):  # fmt: skip
        with pytest.raises(BadRequest, match=says):
            serve(row, town.watcher, **changes)
    row = serve(row, town.watcher)
    assert (row.channel, row.served_on, row.get_stage_display()) == ("post", DAY, "已办结")
    with pytest.raises(BadRequest, match="已经登记送达"):
        serve(row, town.watcher)


def test_the_record_is_with_the_supervising_office_alone(town: Town) -> None:
    row = decided(town)
    practise(town)
    sealed = decided(town)
    readers = {
        "watcher": {row.pk, sealed.pk}, "gov_intake": {row.pk, sealed.pk}, "gov_seal": {sealed.pk}, "gov_admin": set(),
    }  # fmt: skip
    for role, person in town.people.items():
        seen = set(beside.visible(person, "complaint").values_list("pk", flat=True))
        assert seen == readers.get(role, set()), role
        desk = client_of(person)
        if role.endswith("admin"):
            continue
        for one in (row, sealed):
            wanted = 200 if one.pk in seen else 404
            where = f"/desk/beside/complaint/{one.pk}/"
            assert desk.get(where).status_code == wanted, role
            for paper in one.papers:
                answer = desk.get(f"{where}paper.pdf?paper={paper.pk}")
                assert answer.status_code == wanted, role
                if wanted == 200:
                    assert answer.content.startswith(b"%PDF-")
        other = [paper.pk for paper in row.papers]
        assert desk.get(f"/desk/beside/complaint/{sealed.pk}/paper.pdf?paper={other[0]}").status_code == 404


def test_the_list_of_waiting_papers_leads_to_the_step(town: Town) -> None:
    practise(town, keeper=True)
    row, keeper = decided(town), town.people["gov_seal"]
    desk, where = client_of(keeper), f"/desk/beside/complaint/{row.pk}/"
    assert seals.waiting_count(keeper, 99) == 2
    below = client_of(town.seal).get("/desk/seals/").content.decode()
    assert not [paper for paper in row.papers if paper.number_text in below]
    page = desk.get("/desk/seals/").content.decode()
    for paper in row.papers:
        assert paper.number_text in page
        assert desk.get(f"/desk/seals/paper/{paper.pk}.pdf").content.startswith(b"%PDF-")
        assert "登记盖章件存卷" not in desk.get(reverse("desk:seal_uses", args=[paper.pk])).content.decode()
    assert f'href="{where}seal_complaint/"' in page
    assert f'value="{row.notice_id}"' not in page
    sent = {"seal_kind": "office", "seal_copies": "2", "seal_used_on": DAY.isoformat()}
    answer = desk.post(f"{where}seal_complaint/", sent, follow=True).content.decode()
    assert "告知书待送达" in answer
    assert "没有等待用印的文书" in desk.get("/desk/seals/").content.decode()
    register = desk.get("/desk/seals/register/").content.decode()
    assert row.notice.number_text in register
    clerk = client_of(town.people["gov_intake"])
    listed = clerk.get("/desk/beside/complaint/").content.decode()
    assert "告知书待送达" in listed
    post = {"channel": "post", "sent_on": DAY.isoformat(), "tracking": POST["tracking"]}
    assert "整改中" in clerk.post(f"{where}serve_complaint/", post, follow=True).content.decode()
    assert (
        "文书、用印和送达"
        in client_of(town.watcher).get(reverse("desk:case", args=[row.case_id])).content.decode()
    )
    assert client_of(town.watcher).get("/desk/beside/complaint/new/").status_code == 404


def test_the_sealed_copy_is_filed_by_who_seals_there_and_by_nobody_below(town: Town) -> None:
    practise(town, keeper=True)
    row = seal(decided(town), town.people["gov_seal"])
    use = SealUse.objects.get(paper=row.notice)
    given = {"use_id": use.pk, "returned_on": DAY, **give()}
    for person in (town.watcher, town.head, town.seal, town.intake, town.people["gov_admin"]):
        with pytest.raises(NotYourRole):
            file_sealed_copy(by=person, **given)
    for changes, says in (({"returned_on": LATER}, "存卷日期"), ({"use_id": 0}, "请选择一次用印")):
        with pytest.raises(BadRequest, match=says):
            file_sealed_copy(by=town.people["gov_seal"], **(given | changes))
    desk, page = client_of(town.people["gov_seal"]), reverse("desk:seal_uses", args=[row.notice_id])
    shown = desk.get(page).content.decode()
    assert "登记盖章件存卷" in shown
    assert "作废用印登记" not in shown
    sent = {"step": "copy", "copy-use": str(use.pk), "copy-returned_on": DAY.isoformat()}
    assert "已登记存卷" in desk.post(page, sent, follow=True).content.decode()
    use.refresh_from_db()
    assert (use.copy, use.copy_on) == ("returned", DAY)
    void = {"step": "void", "void-use": str(use.pk), "void-reason": "误"}
    desk.post(page, void)
    use.refresh_from_db()
    assert use.voided_on is None
    assert client_of(town.seal).get(page).status_code == 404
    assert list(journal.verify(row.subject_ref)) == []

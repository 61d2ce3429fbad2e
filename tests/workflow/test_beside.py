"""The records beside the cases: correction, conversion, reassessment, hand-over; through actions and screens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from office import journal
from office.models import User
from tests.workflow.after import COPY_ON, served
from tests.workflow.factories import DAY, Town, at, make_town
from workflow.actions import archive, convert, correct_record, hand_over, reassess
from workflow.actions.correct_record import CorrectionData
from workflow.errors import BadRequest, NotYourRole, WrongState
from workflow.models import Conversion, Handover, Reassessment, RecordCorrection
from workflow.selectors import beside

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
ASKED = CorrectionData(
    kind="natural", name="王䶮", id_kind="resident_id", id_number="11010519491231002X", record="采薇村补偿登记表",
    wrong="宅基地面积120平方米", right="宅基地面积142平方米", evidence="集体土地使用证复印件1份", received_on=DAY,
    phone="13800000000",
)  # fmt: skip
YEAR_ON = dt.date(2027, 3, 2)


def give(day: dt.date = DAY, **more: Any) -> dict[str, Any]:
    return {"on": day, "now": at(day)} | more


def received(town: Town) -> RecordCorrection:
    return correct_record.receive_correction(office_id=town.office.pk, by=town.intake, given=ASKED, **give())


@pytest.mark.parametrize(
    ("competent", "proven", "stage", "says"),
    [
        (True, True, "corrected", "本机关已将上述记录更正为“宅基地面积142平方米”"),
        (False, False, "handed_over", "转送有权更正的机关：云岫县不动产登记中心"),
        (True, False, "declined", "本机关不予更正"),
    ],
)
def test_a_correction_ends_as_the_law_says(competent: bool, proven: bool, stage: str, says: str) -> None:
    town = make_town()
    row = received(town)
    assert (row.number, row.due_on) == ("更正2026-001", dt.date(2026, 3, 30))
    row = correct_record.examine_correction(
        record_id=row.pk, by=town.handler, competent=competent, proven=proven, finding="与原始测量成果核对",
        other_office="" if competent else "云岫县不动产登记中心，电话0990-5550190", **give(),
    )  # fmt: skip
    row = correct_record.answer_correction(record_id=row.pk, by=town.signatory, **give())
    assert row.stage == stage
    text = row.answer.frozen()["text"]
    assert says in text
    assert "6个月内" in text
    row = correct_record.serve_correction(
        record_id=row.pk, by=town.intake, channel="post", sent_on=DAY, tracking="1234567890123", **give()
    )
    assert row.served_on == DAY
    assert list(journal.verify(row.subject_ref)) == []


def test_a_correction_goes_step_by_step_and_by_its_people() -> None:
    town = make_town()
    row = received(town)
    with pytest.raises(NotYourRole, match="登记员"):
        correct_record.receive_correction(office_id=town.office.pk, by=town.handler, given=ASKED, **give())
    with pytest.raises(WrongState, match="待核实"):
        correct_record.answer_correction(record_id=row.pk, by=town.signatory, **give())
    with pytest.raises(BadRequest, match="有权更正的机关"):
        correct_record.examine_correction(
            record_id=row.pk, by=town.handler, competent=False, proven=True, finding="核对", **give()
        )
    assert received(town).number == "更正2026-002"


def proposed(town: Town, **more: Any) -> Conversion:
    return convert.propose_conversion(
        office_id=town.office.pk, by=town.handler, title="2025年度采薇村土地征收补偿安置方案", reason="六人申请过同一信息",
        redaction="不含个人信息", **give(**more),
    )  # fmt: skip


def test_a_conversion_is_approved_by_another_and_published_in_its_term() -> None:
    town = make_town()
    row = proposed(town)
    row = convert.approve_conversion(record_id=row.pk, by=town.head, opinion="同意公开。", **give())
    assert (row.stage, row.due_on, row.paper.kind) == (
        "approved",
        dt.date(2026, 3, 30),
        "conversion_approval",
    )
    with pytest.raises(WrongState, match="待公开"):
        convert.decline_conversion(record_id=row.pk, by=town.head, opinion="不同意", **give())
    later = dt.date(2026, 3, 10)
    row = convert.publish_conversion(
        record_id=row.pk, by=town.handler, place="县政府网站征地信息栏目", published_on=later, **give(later)
    )
    assert (row.stage, row.published_on) == ("published", later)
    assert list(journal.verify(row.subject_ref)) == []


def test_a_conversion_may_be_declined() -> None:
    town = make_town()
    row = convert.decline_conversion(
        record_id=proposed(town).pk, by=town.head, opinion="不属于主动公开范围", **give()
    )
    assert (row.stage, row.due_on) == ("declined", None)


def test_refusals_are_looked_at_again_after_a_year_each_by_a_person() -> None:
    town = make_town()
    case = served(town)
    early = dt.date(2027, 2, 26)
    with pytest.raises(BadRequest, match="没有新到期"):
        reassess.list_reassessments(office_id=town.office.pk, by=town.head, **give(early))
    rows = reassess.list_reassessments(office_id=town.office.pk, by=town.head, **give(YEAR_ON))
    assert [(row.year, row.item.case_id, row.outcome) for row in rows] == [(2027, case.pk, "refuse_process")]
    with pytest.raises(BadRequest, match="没有新到期"):
        reassess.list_reassessments(office_id=town.office.pk, by=town.head, **give(YEAR_ON))
    row = reassess.decide_reassessment(
        record_id=rows[0].pk, by=town.head, disclosable=True, reason="方案已经批准实施", redaction="隐去发言人姓名",
        **give(YEAR_ON),
    )  # fmt: skip
    assert (row.stage, row.conversion.source, row.conversion.case) == ("disclosable", "reassessment", case)
    with pytest.raises(WrongState, match="可以公开"):
        reassess.decide_reassessment(
            record_id=row.pk, by=town.head, disclosable=False, reason="再看", **give(YEAR_ON)
        )


def test_a_years_files_are_handed_over_once() -> None:
    town = make_town()
    case = served(town)
    archive.archive(case_id=case.pk, by=town.archivist, on=COPY_ON, now=at(COPY_ON))
    day = dt.date(2027, 5, 10)
    args = {"office_id": town.office.pk, "by": town.archivist, "year": 2026, "receiver": "云岫县档案馆"}
    row = hand_over.list_handover(**args, **give(day))
    text = row.paper.frozen()["text"]
    assert case.number in text
    assert row.list_sha256 in text
    with pytest.raises(BadRequest, match="没有尚未移交"):
        hand_over.list_handover(**args, **give(day))
    row = hand_over.accept_handover(
        record_id=row.pk, by=town.archivist, accepted_by="赵宁", accepted_on=day, **give(day)
    )
    assert (row.stage, Handover.objects.get().accepted_by) == ("accepted", "赵宁")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_screens_carry_a_correction_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    town, beside_town = make_town(), make_town()
    clerk = signed_in(town.intake)
    data = {
        "office": town.office.pk, "kind": "natural", "name": "王䶮", "id_kind": "resident_id",
        "id_number": "11010519491231002X", "record": "登记表", "wrong": "甲", "right": "乙", "evidence": "证书",
        "received_on": DAY.isoformat(),
    }  # fmt: skip
    assert "请填写" in clerk.post("/desk/beside/correction/new/", {"office": town.office.pk}).content.decode()
    assert clerk.post("/desk/beside/correction/new/", data).status_code == 302
    row = RecordCorrection.objects.get()
    assert row.number in clerk.get("/desk/beside/correction/").content.decode()
    page = f"/desk/beside/correction/{row.pk}/"
    handler = signed_in(town.handler)
    assert "核实更正申请" in handler.get(page).content.decode()
    step = {"competent": "yes", "proven": "yes", "finding": "属实"}
    assert handler.post(f"{page}examine_correction/", step).status_code == 302
    signer = signed_in(town.signatory)
    assert signer.post(f"{page}answer_correction/", {}).status_code == 302
    assert signer.get(f"{page}paper.pdf").content.startswith(b"%PDF")
    # Who has no duty there, and who is of another office, is told of nothing.
    for person in (town.secrecy, beside_town.intake):
        stranger = signed_in(person)
        assert stranger.get(page).status_code == 404
        assert row.number not in stranger.get("/desk/beside/correction/").content.decode()
        assert stranger.get(f"{page}paper.pdf").status_code == 404
    assert handler.get(f"{page}examine_correction/").status_code == 302


def test_every_kind_has_its_list_and_the_remedies_their_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.workflow.after import challenged

    monkeypatch.setenv("DEMO_TODAY", COPY_ON.isoformat())
    town = make_town()
    challenged(town, served(town))
    proposed(town)
    client = signed_in(town.head)
    for kind in beside.NAMES:
        assert client.get(f"/desk/beside/{kind}/").status_code == 200
    text = client.get("/desk/remedies/").content.decode()
    assert "云岫县人民政府" in text
    assert dict(beside.remedy_lines(town.head, on=COPY_ON, year=2026)[1]) == {
        "行政复议": (0, 0, 0, 1, 1), "未经复议直接起诉": (0, 0, 0, 0, 0), "复议后起诉": (0, 0, 0, 0, 0),
    }  # fmt: skip
    assert client.get("/desk/beside/nothing/").status_code == 404
    assert Reassessment.objects.count() == 0

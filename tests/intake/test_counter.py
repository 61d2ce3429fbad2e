"""The counter: any channel on one page, who may, duplicates, confirmation, the receipt."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office.models import JournalEntry
from tests.intake.conftest import PNG, hidden, text
from tests.workflow.factories import APPLICANT, DAY, Town, file_case, make_town
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

LETTER = {
    "party_count": "1", "item_count": "1", "step": "register",
    "arrival-channel": "post_signed", "arrival-arrived_on": DAY.isoformat(), "arrival-confirmed_on": "",
    "arrival-external_number": "", "arrival-addressed_to": "局办公室",
    "party1-part": "applicant", "party1-kind": "natural", "party1-name": "王䶮", "party1-id_kind": "resident_id",
    "party1-id_number": "11010519491231002X", "party1-phone": "13800000000", "party1-address": "采薇巷3号",
    "item1-description": "2025年度采薇村土地征收补偿安置方案",
    "wishes-wanted_form": "paper", "wishes-service": "post",
}  # fmt: skip


@pytest.fixture
def clerk(town: Town) -> Client:
    """Sign the intake clerk in."""
    client = Client()
    client.force_login(town.intake)
    return client


def register(client: Client, **changes: str) -> Any:
    return client.post("/counter/register/", LETTER | changes, follow=True)


def only(town: Town) -> Case:
    return Case.objects.get(office=town.office)


@pytest.mark.parametrize("role", ["handler", "signatory", "supervisor", "admin"])
def test_only_who_registers_comes_to_the_counter(town: Town, role: str) -> None:
    client = Client()
    client.force_login(town.people[role])
    for path in ("/counter/", "/counter/register/", "/counter/done/"):
        assert client.get(path).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/counter/register/")["Location"].startswith("/account/login/")


def test_a_signed_letter_is_registered_with_its_receipt(clerk: Client, town: Town) -> None:
    page = text(register(clerk))
    case = only(town)
    assert (case.state, case.channel, case.received_on) == ("registered", "post_signed", DAY)
    assert case.number in page
    assert re.search(r'<dd class="code">[0-9A-Z-]{17}</dd>', page)
    receipt = clerk.get(f"/counter/{case.pk}/receipt.pdf")
    assert receipt.content.startswith(b"%PDF")
    assert receipt["Content-Disposition"].startswith("inline")


def test_a_letter_gone_astray_is_handed_on_with_its_first_day(
    clerk: Client, town: Town, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DEMO_TODAY", "2026-03-05")
    form = text(clerk.get("/counter/register/"))
    assert f'<option value="{town.government.pk}">{town.government.name}</option>' in form
    page = text(register(clerk, **{"arrival-for_office": str(town.government.pk)}))
    case = Case.objects.get(office=town.government)
    assert f"已转给{town.government.name}（编号 {case.number}）登记，到达日期不变" in page
    assert (case.state, case.arrived_on, case.handed_by_id) == ("submitted", DAY, town.office.pk)
    assert not Case.objects.filter(office=town.office).exists()
    stranger = make_town()
    register(clerk, **{"arrival-for_office": str(stranger.office.pk)})
    assert not Case.objects.filter(office=stranger.office).exists()


@pytest.mark.parametrize(
    "channel,more,state",
    [
        ("counter", {}, "registered"),
        ("oral", {"party1-signed": "on"}, "registered"),
        ("pushed", {"arrival-external_number": "12345-2026-0099"}, "registered"),
        ("post_plain", {}, "submitted"),
        ("fax", {}, "submitted"),
        ("email", {"arrival-confirmed_on": DAY.isoformat()}, "registered"),
    ],
)
def test_every_channel_has_its_road(
    clerk: Client, town: Town, channel: str, more: dict[str, str], state: str
) -> None:
    register(clerk, **{"arrival-channel": channel}, **more)
    assert (only(town).channel, only(town).state) == (channel, state)


def test_a_plain_letter_waits_until_it_is_confirmed(
    clerk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(clerk, **{"arrival-channel": "post_plain"})
    case = only(town)
    assert "与申请人确认" in text(clerk.get("/counter/"))
    later = DAY + dt.timedelta(days=1)
    monkeypatch.setenv("DEMO_TODAY", later.isoformat())
    address = f"/counter/{case.pk}/"
    waiting = text(clerk.get(address))
    phone = case.all_parties()[0].phone
    assert phone.masked() in waiting
    assert phone.reveal() not in waiting, "the whole is opened by a button, which leaves a line"
    assert phone.reveal() in text(clerk.post(f"/desk/case/{case.pk}/contact/"))
    assert JournalEntry.objects.filter(subject=case.subject_ref, key="case.read_contact").count() == 1
    assert case.items_in_order()[0].description in waiting
    page = text(clerk.post(address, {"confirmed_on": later.isoformat(), "how": ""}))
    assert "请填写确认方式" in page
    clerk.post(
        address, {"confirmed_on": later.isoformat(), "how": "电话告知本人", "version": str(case.version)}
    )
    assert only(town).received_on == later
    stale = text(clerk.post(address, {"version": str(case.version)}))
    assert "刚刚被他人办理过" in stale
    clerk.post(address, {"version": str(only(town).version)})
    assert only(town).state == "registered"
    assert "没有等待确认或者登记的申请" in text(clerk.get("/counter/"))


def test_parties_and_items_are_added_without_script(clerk: Client, town: Town) -> None:
    page = text(register(clerk, step="add_party"))
    assert 'name="party2-name"' in page
    assert 'value="王䶮"' in page
    assert 'name="item2-description"' in text(register(clerk, step="add_item"))
    register(
        clerk,
        **{
            "party_count": "2", "party2-part": "agent", "party2-kind": "legal_service", "party2-name": "采薇律师事务所",
            "party2-scope": "代为提出申请、代收答复书", "party2-until_on": "2026-12-31", "party2-signed": "on",
        },
    )  # fmt: skip
    agent = only(town).all_parties()[1]
    assert (agent.part, agent.scope, agent.until_on) == (
        "agent",
        "代为提出申请、代收答复书",
        dt.date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    "changes,said",
    [
        ({"arrival-arrived_on": "2026-03-03"}, "到达日期不能晚于今天"),
        ({"arrival-confirmed_on": DAY.isoformat()}, "只有平信、传真和电子邮件需要与申请人确认"),
        ({"arrival-channel": "fax", "arrival-confirmed_on": "2026-03-01"}, "确认日期应在到达日期与今天之间"),
        ({"arrival-channel": "pushed"}, "请填写来源编号"),
        ({"party1-id_kind": ""}, "请选择证件种类"),
        ({"party1-id_number": "123"}, "您输入了 3 位"),
        ({"party1-kind": "research"}, "证件种类与申请人类别不符"),
        ({"party1-part": "agent"}, "请写明代理权限"),
        ({"item1-description": ""}, "请写明需要的信息"),
    ],
)
def test_a_slip_is_explained_and_nothing_filed(
    clerk: Client, town: Town, changes: dict[str, str], said: str
) -> None:
    page = text(register(clerk, **changes))
    assert said in page
    assert "<title>错误：" in page
    assert not Case.objects.filter(office=town.office).exists()


def test_pressing_twice_registers_once(clerk: Client, town: Town) -> None:
    draft = hidden(text(clerk.get("/counter/register/")), "draft")
    register(clerk, draft=draft)
    assert only(town).number in text(register(clerk, draft=draft))
    assert Case.objects.filter(office=town.office).count() == 1


def test_a_scan_survives_a_mistake_and_reaches_the_case(clerk: Client, town: Town) -> None:
    scan = SimpleUploadedFile("申请表.png", bytes.fromhex(PNG))
    draft = hidden(text(clerk.get("/counter/register/")), "draft")
    wrong = LETTER | {"draft": draft, "item1-description": "", "wishes-files": scan}
    page = text(clerk.post("/counter/register/", wrong))
    assert "不要「申请表.png」" in page
    register(clerk, draft=hidden(page, "draft"))
    assert [kept.title for kept in only(town).attachments.all()] == ["申请表.png"]


def test_the_same_applicant_is_offered_without_the_number(clerk: Client, town: Town) -> None:
    case = file_case(town)
    page = text(clerk.get("/counter/register/", {"same": str(case.pk)}))
    assert 'value="王䶮"' in page
    assert 'value="13800000000"' in page
    assert "11010519491231002X" not in page
    other = file_case(make_town())
    assert 'value="王䶮"' not in text(clerk.get("/counter/register/", {"same": str(other.pk)}))


def test_earlier_requests_of_the_same_applicant_are_shown(clerk: Client, town: Town) -> None:
    earlier = file_case(town)
    page = text(clerk.post("/counter/similar/", LETTER))
    assert earlier.number in page
    assert "内容相近" in page
    assert earlier.number in text(register(clerk, step="check"))
    nobody = {"party1-id_number": "", "party1-name": ""}
    others = text(clerk.post("/counter/similar/", LETTER | nobody))
    assert earlier.number in others
    assert "其他申请人、相同事项、相似度 1.00" in others
    unlike = LETTER | nobody | {"item1-description": "县殡仪馆收费标准"}
    assert earlier.number not in text(clerk.post("/counter/similar/", unlike))


def test_a_letter_that_lacks_something_is_taken_all_the_same(clerk: Client, town: Town) -> None:
    lacking = {"party1-id_kind": "", "party1-id_number": "", "party1-phone": "", "party1-address": ""}
    register(clerk, **lacking)
    assert only(town).state == "registered"
    assert not only(town).applicants()[0].id_number


def test_nobody_registers_for_another_office(clerk: Client, town: Town) -> None:
    other = make_town()
    assert register(clerk, office=other.office.code).status_code == 403
    foreign = file_case(other, parties=(APPLICANT,))
    assert clerk.get(f"/counter/{foreign.pk}/").status_code == 404
    assert clerk.get(f"/counter/{foreign.pk}/receipt.pdf").status_code == 404
    assert str(foreign.pk) not in re.findall(r"/counter/(\d+)/", text(clerk.get("/counter/")))

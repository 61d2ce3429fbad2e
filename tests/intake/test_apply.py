"""Applying: the form keeps what was typed, explains what is missing and files once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intake import limits, uploads
from tests.intake.conftest import FILLED, PNG, apply, hidden, send, text
from tests.workflow.factories import DAY, Town, make_town
from workflow.models import Attachment, Case

pytestmark = pytest.mark.django_db


def test_the_front_page_has_two_doors(client: Client) -> None:
    page = text(client.get("/"))
    assert 'href="/apply/"' in page
    assert 'href="/follow/"' in page


def test_an_office_is_chosen_by_name(client: Client, town: Town) -> None:
    assert town.office.name in text(client.get("/apply/"))
    assert town.office.name in text(client.get("/apply/", {"q": town.office.name[-6:]}))
    assert "没有找到这个机关" in text(client.get("/apply/", {"q": "没有这样的局"}))


def test_a_closed_office_takes_no_request(client: Client, town: Town) -> None:
    town.office.is_active = False
    town.office.save()
    assert client.get(f"/apply/{town.office.code}/").status_code == 404


def test_the_purpose_is_never_asked(client: Client, town: Town) -> None:
    page = text(client.get(f"/apply/{town.office.code}/"))
    assert "不需要说明用途" in page
    names = {piece.split('"')[0] for piece in page.split('name="')[1:]}
    assert names == {
        "viewport", "color-scheme", "theme-color", "format-detection", "htmx-config", "csrfmiddlewaretoken",
        "draft", "item_count", "agent-name", "agent-part", "agent-id_kind", "agent-id_number", "agent-phone",
        "agent-scope", "agent-until_on", "step", "kind", "name", "id_kind", "id_number", "contact_name", "phone", "email",
        "address", "postcode", "item1-description", "wanted_form", "service", "identity_files", "files",
    }  # fmt: skip


def test_filing_gives_a_receipt_once(client: Client, town: Town) -> None:
    number, code = send(client, town)
    case = Case.objects.get(office=town.office)
    assert (case.number, case.state, case.received_on) == (number, "submitted", DAY)
    assert len(code) == 17
    again = client.get("/receipt/", follow=True)
    assert code not in text(again)
    assert "只在提交后显示一次" in text(again)


def test_the_query_code_is_not_readable_in_the_session(client: Client, town: Town) -> None:
    check = apply(client, town)
    client.post(f"/apply/{town.office.code}/", {"draft": hidden(text(check), "draft"), "step": "send"})
    assert "query_code" not in str(dict(client.session))


def test_pressing_twice_files_once_and_shows_the_receipt(client: Client, town: Town) -> None:
    draft = hidden(text(apply(client, town)), "draft")
    address = f"/apply/{town.office.code}/"
    for _ in range(2):
        assert client.post(address, {"draft": draft, "step": "send"})["Location"] == "/receipt/"
    assert Case.objects.filter(office=town.office).count() == 1
    assert "申请已提交" in text(client.get("/receipt/"))


def test_an_empty_form_explains_every_gap_at_its_field(client: Client, town: Town) -> None:
    page = text(apply(client, town, **dict.fromkeys(FILLED, "")))
    assert "<title>错误：" in page
    for field, said in {
        "id_kind_0": "请选择以谁的名义申请", "id_name": "请填写姓名或者名称", "id_id_number": "请填写证件号码",
        "id_phone": "请至少填写一种联系方式", "id_item1-description": "请写明需要的信息",
    }.items():  # fmt: skip
        assert f'<a href="#{field}">{said}' in page
        assert f'id="{field}"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_was_typed_is_kept(client: Client, town: Town) -> None:
    page = text(apply(client, town, id_number="1101051949123100X"))
    assert "身份证号码应为 18 位，您输入了 17 位" in page
    assert 'value="1101051949123100X"' in page
    assert 'value="云岫县采薇巷3号"' in page
    assert "采薇村土地征收补偿安置方案</textarea>" in page


@pytest.mark.parametrize(
    "changes,said",
    [
        ({"kind": "commercial"}, "单位请选择统一社会信用代码证"),
        ({"id_kind": "credit_code"}, "自然人请选择个人证件"),
        ({"service": "email"}, "请填写电子邮箱"),
        ({"service": "post", "address": ""}, "请填写通信地址"),
        ({"postcode": "99010"}, "邮政编码应为 6 位数字"),
        ({"email": "nobody"}, "电子邮箱的格式不对"),
        ({"item1-description": "文件"}, "写得太短"),
        ({"phone": "123"}, "您输入了 3 位"),
    ],
)
def test_a_slip_is_explained(client: Client, town: Town, changes: dict[str, str], said: str) -> None:
    page = text(apply(client, town, **changes))
    assert said in page
    assert not Case.objects.filter(office=town.office).exists()


def test_items_are_added_and_removed_without_script(client: Client, town: Town) -> None:
    address = f"/apply/{town.office.code}/"
    page = text(apply(client, town, step="add"))
    assert 'name="item2-description"' in page
    assert 'class="error-summary"' not in page
    assert 'value="王䶮"' in page
    two = FILLED | {"item_count": "2", "item2-description": "分户补偿清单", "draft": hidden(page, "draft")}
    assert 'name="item2-description"' not in text(client.post(address, two | {"step": "remove-1"}))
    check = client.post(address, two | {"step": "check"})
    client.post(address, {"draft": hidden(text(check), "draft"), "step": "send"})
    case = Case.objects.get(office=town.office)
    assert [item.description for item in case.items_in_order()] == [
        FILLED["item1-description"],
        "分户补偿清单",
    ]


def test_the_check_page_can_be_taken_back(client: Client, town: Town) -> None:
    check = text(apply(client, town))
    assert "现在还没有提交" in check
    back = client.post(f"/apply/{town.office.code}/", {"draft": hidden(check, "draft"), "step": "edit"})
    assert 'value="王䶮"' in text(back)
    assert 'class="error-summary"' not in text(back)


def test_who_applies_for_another_gives_all_or_nothing(client: Client, town: Town) -> None:
    half = text(apply(client, town, **{"agent-name": "采薇律师事务所", "agent-part": "agent"}))
    assert "有代理人的，请填写代理权限" in half
    assert '<details class="gap" open>' in half
    whole = {
        "agent-name": "采薇律师事务所", "agent-part": "agent", "agent-id_kind": "credit_code",
        "agent-id_number": "91350100M000100Y43", "agent-phone": "0990-5550102", "agent-scope": "代为提出申请",
    }  # fmt: skip
    send(client, town, **whole)
    agent = Case.objects.get(office=town.office).all_parties()[1]
    assert (agent.part, agent.kind, agent.name) == ("agent", "other_org", "采薇律师事务所")


def test_files_survive_a_mistake_and_reach_the_case(client: Client, town: Town) -> None:
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    scan = SimpleUploadedFile("公告照片.png", bytes.fromhex(PNG))
    page = text(client.post(address, FILLED | {"draft": draft, "step": "check", "name": "", "files": scan}))
    assert "不要「公告照片.png」" in page
    check = client.post(address, FILLED | {"draft": hidden(page, "draft"), "step": "check"})
    client.post(address, {"draft": hidden(text(check), "draft"), "step": "send"})
    kept = Attachment.objects.get(case__office=town.office)
    assert (kept.title, kept.kind) == ("公告照片.png", "application")


def test_a_file_that_is_not_what_it_says_is_refused(client: Client, town: Town) -> None:
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    fake = SimpleUploadedFile("公告.pdf", b"MZ\x90\x00 this is a program")
    page = text(client.post(address, FILLED | {"draft": draft, "step": "check", "files": fake}))
    assert "<title>错误：" in page
    assert "公告.pdf" in page
    assert "提交以前请核对" not in page


def test_one_application_carries_so_many_files(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST", 1)
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    scans = [SimpleUploadedFile(name, bytes.fromhex(PNG)) for name in ("甲.png", "乙.png")]
    page = text(client.post(address, FILLED | {"draft": draft, "step": "check", "files": scans}))
    assert "乙.png：最多上传 1 个文件" in page
    assert "不要「甲.png」" in page


def test_a_file_that_is_too_large_is_refused_unread(client: Client, town: Town, settings: Any) -> None:
    settings.FILE_MAX_BYTES = 1024**2
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    large = SimpleUploadedFile("全套图纸.png", bytes.fromhex(PNG) + bytes(1024**2))
    page = text(client.post(address, FILLED | {"draft": draft, "step": "check", "files": large}))
    assert "全套图纸.png：文件超过 1 MB" in page


def test_nobody_fills_the_store_unseen(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOADS", 0)
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    scan = SimpleUploadedFile("甲.png", bytes.fromhex(PNG))
    page = text(client.post(address, FILLED | {"draft": draft, "step": "add", "files": scan}))
    assert "上传文件过于频繁" in page
    assert "不要「甲.png」" not in page


@pytest.mark.parametrize("draft", ["", "nonsense", "k1:AAAA", "enc:1:AAAA", "enc:999:AAAA", "enc:1:A"])
def test_a_draft_that_is_not_ours_begins_anew(client: Client, town: Town, draft: str) -> None:
    answer = client.post(
        f"/apply/{town.office.code}/", FILLED | {"draft": draft, "step": "send"}, follow=True
    )
    assert "请重新填写后再提交" in text(answer)
    assert not Case.objects.filter(office=town.office).exists()


def test_a_draft_of_another_office_is_refused(client: Client, town: Town) -> None:
    other = make_town()
    draft = hidden(text(apply(client, town)), "draft")
    answer = client.post(f"/apply/{other.office.code}/", {"draft": draft, "step": "send"}, follow=True)
    assert "请重新填写后再提交" in text(answer)


def test_an_office_without_online_reconsideration_serves_on_paper(client: Client) -> None:
    town = make_town(reconsideration_online="")
    page = text(client.get(f"/apply/{town.office.code}/"))
    assert 'value="portal"' not in page
    assert "答复书以纸质形式送达" in page

"""The pages of the side roads before the reply: forms, previews, refusals at the field."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.models import Office
from tests.workflow.desk.test_acts import PDF, Desk
from tests.workflow.factories import file_case, handled, make_town, registered
from workflow.machine import State
from workflow.models import Case

pytestmark = [pytest.mark.django_db]


def test_contacts_and_an_oral_record(town, as_):
    client, case = as_(town.intake), file_case(town, channel="oral", service="counter")
    case = Desk(client, case, "record_contact").done(
        tried_on="2026-03-02", way="phone", reached="no", result="无人接听"
    )
    assert "没有联系上" in client.get(f"/desk/case/{case.pk}/").content.decode()
    assert client.get(f"/desk/case/{case.pk}/do/register/").status_code == 409
    case = Desk(client, case, "confirm_oral").done(read_back="on", record=SimpleUploadedFile("记录.pdf", PDF))
    assert Desk(client, case, "register").done().state == State.REGISTERED


def test_reasons_asked_answered_judged_and_delayed(town, as_):
    handler, case = as_(town.handler), handled(town)
    desk = Desk(handler, case, "ask_reasons")
    desk.send("preview", counted="自2026年1月以来46件", days="7")
    assert "《说明理由告知书》" in desk.page
    assert "由「办理中」变为「待说明理由」" in desk.page
    case = desk.done()
    desk = Desk(handler, case, "receive_reasons")
    desk.send(received_on="2026-03-02", reasons="")
    assert "请写明申请人说明的理由" in desk.page
    case = desk.done(received_on="2026-03-02", reasons="编写村史")
    case = Desk(handler, case, "assess_reasons").done(finding="reasonable", assessment="与村史相称")
    desk = Desk(as_(town.head), case, "delay_reply")
    desk.send("preview", until="2026-03-20", reason="量大")
    assert "延迟的日期应晚于现在的期限" in desk.page
    desk.send("preview", until="2026-05-15", reason="需逐卷调取")
    assert "2026年5月15日" in desk.page
    assert desk.done().due_on.isoformat() == "2026-05-15"
    page = handler.get(f"/desk/case/{case.pk}/").content.decode()
    assert "与村史相称" in page


def test_a_fee_is_computed_before_it_is_asked_and_paid(town, as_):
    head, case = as_(town.head), handled(town)
    desk = Desk(head, case, "charge_fee")
    desk.send("preview", basis="pages", count="30", payment_way="非税收缴系统")
    assert "30页在免费的范围内" in desk.page
    desk.send("preview", basis="pages", count="68", payment_way="非税收缴系统")
    assert "380元（大写：人民币叁佰捌拾元整）" in desk.page
    assert "停止计算" in desk.page
    case = desk.done(basis="pages", count="68", payment_way="非税收缴系统")
    assert case.state == State.AWAITING_FEE
    assert "共 380 元" in head.get(f"/desk/case/{case.pk}/").content.decode()
    desk = Desk(as_(town.intake), case, "record_payment")
    desk.send(paid_on="2026-03-02", amount="38", receipt_number="0012")
    assert "应缴380元" in desk.page
    desk.done(paid_on="2026-03-02", amount="380", receipt_number="0012")
    assert Case.objects.get(pk=case.pk).state == State.HANDLING


def test_a_list_with_wrong_lines_says_them_and_a_right_one_is_asked(town, as_):
    handler, case = as_(town.handler), handled(town)
    desk = Desk(handler, case, "consult_list")
    wrong = SimpleUploadedFile("名单.csv", "名称,类别\n,单位\n甲公司,单位\n".encode())
    desk.send(list=wrong, item_seq="1", concern="商业秘密", subject="方案")
    assert "第 2 行：没有填写名称" in desk.page
    right = SimpleUploadedFile("名单.csv", "名称,类别\n甲公司,单位\n乙,自然人\n".encode())
    case = desk.done(list=right, item_seq="1", concern="商业秘密", subject="方案")
    assert case.consultations.count() == 2
    page = handler.get(f"/desk/case/{case.pk}/").content.decode()
    assert "甲公司" in page
    assert "签收还没有登记" in page


def test_an_objection_is_served_entered_assessed_and_overruled(town, as_):
    handler, case = as_(town.handler), handled(town)
    desk = Desk(handler, case, "consult_joint")
    desk.send("preview", office="", office_name="", subject="联合印发的通知")
    assert "请选择本平台的机关" in desk.page
    desk.send("preview", office=town.government.pk, subject="联合印发的通知")
    assert "视为同意公开" in desk.page
    case = desk.done()
    desk = Desk(handler, case, "consult")
    case = desk.done(
        party_name="甲公司", party_kind="org", party_address="", concern="商业秘密", subject="方案"
    )
    joint, third = case.consultations.order_by("pk")
    case = Desk(handler, case, "serve_consultation").done(
        letter=f"letter:{third.pk}", channel="counter", delivered_on="2026-03-02"
    )
    case = Desk(as_(town.intake), case, "record_opinion").done(
        consultation=third.pk, opinion="disagree", opinion_on="2026-03-02", reason="商业秘密"
    )
    case = Desk(handler, case, "assess_opinion").done(
        consultation=third.pk, sound="yes", assessment="损害确实"
    )
    desk = Desk(handler, case, "decide_disclosure")
    given = {
        "consultation": third.pk,
        "basis": "public_interest",
        "content": "防洪部分",
        "reason": "关系防洪安全",
    }
    desk.send("preview", **given)
    assert "《公开决定告知书》" in desk.page
    assert "不公开可能对公共利益造成重大影响" in desk.page
    case = desk.done()
    assert case.consultations.get(pk=third.pk).decided_on is not None
    assert "告知公开决定" in handler.get(f"/desk/case/{case.pk}/").content.decode()
    assert joint.kind == "joint"


def test_the_tree_asks_one_question_after_another_and_shows_where_it_leads(town, as_):
    client, case = as_(town.intake), registered(town, items=("要求查处村委会违法占地",))
    desk = Desk(client, case, "judge_nature")
    assert "是不是要求获取行政机关已经制作或者保存的信息" in desk.page
    assert "依据：条例第二条" in desk.page
    assert "信访、投诉、举报？" not in desk.page
    desk.send("", item_seq="1", q_asks_information="no")
    assert "请先改正" not in desk.page
    assert "是不是以申请的形式进行信访、投诉、举报？" in desk.page
    desk.send("", item_seq="1", q_asks_information="no", q_complains="yes")
    assert "移送信访部门或者12345" in desk.page
    case = desk.done(item_seq="1", q_asks_information="no", q_complains="yes", note="反映违法占地")
    assert case.nature_of(case.items_in_order()[0]).code == "petition"
    assert "研判：信访、投诉、举报" in client.get(f"/desk/case/{case.pk}/").content.decode()
    desk = Desk(client, case, "refer")
    desk.send("preview", item_seq="1", desk="petition", to_name="云岫县信访局")
    assert "《移送函》" in desk.page
    case = desk.done()
    case = Desk(client, case, "note_referral").done(item_seq="1", number="信2026-118")
    assert "受理编号信2026-118" in client.get(f"/desk/case/{case.pk}/").content.decode()


def test_an_item_is_split_on_its_page(town, as_):
    desk = Desk(as_(town.intake), registered(town), "split_item")
    desk.send(item_seq="1", parts="只有一项")
    assert "请至少拆成两项" in desk.page
    assert len(desk.done(item_seq="1", parts="方案\n批复").items_in_order()) == 2


def test_not_ours_takes_name_and_contact_from_the_tree_and_is_filed_there(town, as_):
    handler, case = as_(town.handler), handled(town)
    desk = Desk(handler, case, "propose", "?item_seq=1&outcome=not_ours")
    desk.send(reason="由县政府负责", responsible="", other_office="")
    assert "请写明负责公开该信息的机关" in desk.page
    Office.objects.filter(pk=town.government.pk).update(phone="0990-5550100", address="云岫县府前街1号")
    case = desk.done(reason="由县政府负责", responsible=town.government.pk, other_office="")
    told = case.items_in_order()[0].facts["other_office"]
    assert told == f"{town.government.name}，联系电话0990-5550100，地址为云岫县府前街1号"
    case = Desk(handler, case, "file_elsewhere").done(
        item_seq="1", office=town.government.pk, consent="3月2日电话同意"
    )
    assert case.links.get().other.office_id == town.government.pk
    assert "代为提出" in handler.get(f"/desk/case/{case.pk}/").content.decode()


def test_an_answer_on_the_spot_by_its_pages(town, as_):
    case = registered(town, channel="counter", service="counter")
    chosen = Desk(as_(town.intake), case, "propose_at_once").page
    assert 'value="already_public"' in chosen
    assert 'value="disclose"' not in chosen
    case = Desk(as_(town.intake), case, "propose_at_once", "?item_seq=1&outcome=already_public").done(
        where="县政府网站征地信息栏目", reason=""
    )
    desk = Desk(as_(town.signatory), case, "reply_at_once")
    assert "已主动公开告知答复书" in desk.page
    assert desk.done().state == State.REPLIED


def test_copies_are_offered_and_tied(town, as_):
    other = make_town()
    case, copy = registered(town), registered(other)
    page = Desk(as_(town.intake), case, "link_copy")
    assert other.office.name in page.page
    page.done(other=copy.pk)
    assert "同一来信" in as_(other.intake).get(f"/desk/case/{copy.pk}/").content.decode()

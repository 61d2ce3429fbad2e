"""Acts through their pages: forms, previews, refusals at the field, second clicks, stale pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.models import OfficeParameter
from tests.workflow.factories import (
    DAY,
    DISCLOSE,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
    searched,
    signing,
)  # fmt: skip
from tests.workflow.grounds import grounded
from workflow.actions import assign, propose, record_search
from workflow.desk.acts import PAGES
from workflow.machine import ACTS, State
from workflow.models import Case, Delivery
from workflow.selectors.papers import papers_of

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


class Desk:
    """One person at one act's page."""

    def __init__(self, client: Any, case: Case, act: str, query: str = "") -> None:
        self.client, self.case, self.url = client, case, f"/desk/case/{case.pk}/do/{act}/{query}"
        response = client.get(self.url)
        assert response.status_code == 200, response.content.decode()
        self.page = response.content.decode()

    def send(self, step: str = "confirm", **data: Any) -> Any:
        """Press a button of the page last seen, with the fields filled in."""
        held = {name: value for name, value in HIDDEN.findall(self.page) if name != "csrfmiddlewaretoken"}
        response = self.client.post(self.url, held | data | {"step": step})
        if response.status_code == 200:
            self.page = response.content.decode()
        return response

    def done(self, **data: Any) -> Case:
        """Press the button and expect the case page."""
        response = self.send(**data)
        assert response.status_code == 302, re.findall(
            r"field-error.*?</ul>|请先改正.*?</ul>", self.page, re.S
        )
        return Case.objects.get(pk=self.case.pk)


def test_every_act_of_the_office_has_a_page():
    applicant_only = {name for name, row in ACTS.items() if row.by <= {"applicant", "system", "consulted"}}
    assert set(PAGES) == set(ACTS) - applicant_only


def test_a_whole_case_by_its_pages(town, as_):
    case = file_case(town, service="post")
    case = Desk(as_(town.intake), case, "register").done()
    assert case.state == State.REGISTERED
    case = Desk(as_(town.allocator), case, "assign").done(
        unit=town.unit.pk, handler=town.handler.pk, note="从速"
    )
    assert case.handler == town.handler
    handler = as_(town.handler)
    case = Desk(handler, case, "record_search").done(
        item_seq="0", systems="局档案系统", keywords="采薇村", period="2025年", method="全文检索", found="yes",
        result="方案1份", searched_on="2026-03-02",
    )  # fmt: skip
    assert "这种结果需要写明的内容" in Desk(handler, case, "propose").page
    case = Desk(handler, case, "propose", "?item_seq=1&outcome=disclose").done(
        provided="纸质复印件1份", reason=""
    )
    review = Desk(handler, case, "send_to_review")
    assert "draft/1.png" in review.page
    case = review.done()
    for kind in ("secrecy", "redaction"):
        case = Desk(as_(town.people[kind]), case, f"clear_{kind}").done(opinion="同意。")
    assert case.state == State.SIGNING
    desk = Desk(as_(town.signatory), case, "sign")
    assert "draft/1.png" in desk.page
    assert f"{town.office.doc_code}依复〔2026〕" in desk.page
    assert "签发并编号" in desk.page
    assert f"/desk/case/{case.pk}/do/decline/" in desk.page
    case = desk.done()
    assert case.state == State.REPLIED
    unserved = next(p for p in papers_of(case) if p.kind.startswith("reply"))
    desk = Desk(as_(town.intake), case, "serve")
    assert "登记用印并送达" not in desk.page  # what will happen is shown first
    seal = {"seal_kind": "office", "seal_copies": "2"}
    desk.send("preview", channel="post", sent_on="2026-03-02", tracking="EX990130007CN", **seal)
    assert "登记用印并送达" in desk.page
    assert "由「已答复」变为「已送达」" in desk.page
    assert "在答复期限之内" in desk.page
    assert "2026年3月2日（周一）" in desk.page
    case = desk.done(proof=SimpleUploadedFile("详情单.pdf", PDF))
    assert case.state == State.SERVED
    assert Delivery.objects.get(paper=unserved).proof is not None
    case = Desk(as_(town.archivist), case, "archive").done(years="")
    assert (case.state, case.retention_years) == (State.ARCHIVED, 10)


def test_supplement_shows_its_paper_its_date_and_then_does_it(town, as_):
    case = registered(town)
    desk = Desk(as_(town.intake), case, "request_supplement")
    response = desk.send(
        "preview", matters="未写明地块", guidance="请写明地块位置", days="15", lacks=["content"]
    )
    assert response.status_code == 200
    assert f"《补正告知书》，编入{town.office.doc_code}依补〔2026〕" in desk.page
    assert "停止计算" in desk.page
    assert "需要补正的事项" in desk.page
    assert "（签发时编号）" in desk.page
    assert "出具补正告知书" in desk.page
    assert Case.objects.get(pk=case.pk).state == State.REGISTERED
    desk.send("edit")
    assert "未写明地块" in desk.page
    case = desk.done(matters="未写明地块", guidance="请写明地块位置", days="15", lacks=["content"])
    assert case.state == State.SUPPLEMENTING
    desk = Desk(as_(town.intake), case, "receive_supplement")
    desk.send(received_on="2026-03-02", item1=case.items_in_order()[0].description)
    assert "请写明补正后的申请内容" in desk.page
    case = desk.done(received_on="2026-03-02", item1="采薇村三组地块的补偿方案")
    assert case.state == State.REGISTERED
    assert Case.objects.get(pk=case.pk).items_in_order()[0].description == "采薇村三组地块的补偿方案"


def test_an_extension_says_the_new_date_before(town, as_):
    case = handled(town)
    desk = Desk(as_(town.head), case, "extend")
    desk.send("preview", days="20", reason="需调取库房档案")
    assert "2026年4月28日" in desk.page
    assert desk.done().due_on == dt.date(2026, 4, 28)


def test_bad_input_stands_at_its_field_and_is_kept(town, as_):
    case = handled(town)
    desk = Desk(as_(town.head), case, "extend")
    desk.send("preview", days="21", reason="库房")
    assert "延长的期限应为 1 至 20 个工作日" in desk.page
    assert "<title>错误：" in desk.page
    assert 'href="#id_days"' in desk.page
    assert "库房" in desk.page
    desk = Desk(as_(town.head), case, "extend")
    desk.send("preview", days="", reason="")
    assert "请填写延长的工作日" in desk.page
    assert "请填写延期的理由" in desk.page


def test_a_second_click_changes_nothing_and_says_so(town, as_):
    case, client = registered(town), as_(town.intake)
    desk = Desk(client, case, "communicate")
    desk.send("preview", matters="请告知地块")
    assert desk.send("confirm").status_code == 302
    again = desk.send("confirm")
    assert again.status_code == 302
    assert "没有重复办理" in client.get(again.url).content.decode()
    assert [p.kind for p in papers_of(Case.objects.get(pk=case.pk))] == [
        "registration_receipt",
        "communication",
    ]


def test_a_stale_page_says_so_and_shows_the_case_as_it_stands(town, as_):
    case = handled(town)
    desk = Desk(as_(town.handler), case, "propose", "?item_seq=1&outcome=disclose")
    searched(town, case)
    desk.send(provided="纸质复印件")
    assert "刚刚被他人办理过" in desk.page
    assert desk.done(provided="纸质复印件").items_in_order()[0].outcome == "disclose"


def test_a_new_draft_must_be_read_again_before_signing(town, as_):
    case = signing(town)
    desk = Desk(as_(town.signatory), case, "sign")
    desk.page = desk.page.replace(case.current_draft().body_sha256, "0" * 64)
    desk.send()
    assert "请重新阅看后再签发" in desk.page
    assert desk.done().state == State.REPLIED


@pytest.mark.parametrize(
    "outcome,wanted,unwanted",
    [
        ("disclose", ["provided"], ["grounds", "inseparable", "other_office"]),
        ("partial", ["provided", "withheld", "grounds", "reason", "discretion"], ["where"]),
        ("refuse_process", ["grounds", "reason", "discretion", "inseparable"], ["provided"]),
        ("refuse_other_law", ["grounds", "other_law", "reason", "inseparable"], ["discretion"]),
        ("not_ours", ["other_office", "reason"], ["grounds"]),
        ("not_exist", ["reason"], ["provided", "grounds"]),
        ("repeat", ["earlier_number", "reason"], ["grounds"]),
    ],
)
def test_a_proposal_asks_only_what_its_outcome_needs(town, as_, outcome, wanted, unwanted):
    page = Desk(as_(town.handler), handled(town), "propose", f"?item_seq=1&outcome={outcome}").page
    for name in wanted:
        assert f'name="{name}"' in page
    for name in unwanted:
        assert f'name="{name}"' not in page


@pytest.mark.parametrize("outcome", sorted(propose.CLERK_OUTCOMES))
def test_every_outcome_can_be_proposed_and_sent_to_review(town, as_, outcome):
    case = grounded(town, outcome)
    record_search.record_search(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), systems="局档案系统", keywords="采薇村", period="2025年",
        method="全文检索", result="没有相关记录", found=False,
    )  # fmt: skip
    desk = Desk(as_(town.handler), case, "propose", f"?item_seq=1&outcome={outcome}")
    names = set(re.findall(r'<(?:textarea|input type="text")[^>]*name="([^"]+)"', desk.page))
    grounds = re.findall(r'name="grounds" value="([^"]+)"', desk.page)
    data = {name: f"{name}的内容，写得足够清楚" for name in names}
    if "other_law" in names:
        data["other_law"] = "《中华人民共和国测绘法》第四十七条"
    if grounds:
        data["grounds"] = grounds
    case = desk.done(**data)
    assert case.items_in_order()[0].outcome == outcome
    assert "文稿还不能成文" not in Desk(as_(town.handler), case, "send_to_review").page


def test_a_missing_ground_is_asked_for(town, as_):
    desk = Desk(as_(town.handler), handled(town), "propose", "?item_seq=1&outcome=partial")
    desk.send(provided="甲", withheld="乙", reason="丙")
    assert "请选择不予公开所依据的条款" in desk.page
    desk.send(provided="甲", withheld="乙", reason="丙", grounds=["条例第十六条第二款"], discretion="")
    assert 'href="#id_discretion"' in desk.page


def test_review_goes_back_with_its_reason(town, as_):
    case = reviewing(town)
    case = Desk(as_(town.redaction), case, "send_back").done(reason="第二段有身份证号")
    assert case.state == State.HANDLING
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **DISCLOSE)


def test_leaders_sign_on_paper_and_two_people_enter_it(town, as_):
    case = signing(town)
    desk = Desk(as_(town.intake), case, "enter_signed_sheet")
    assert f"/desk/case/{case.pk}/sheet.pdf" in desk.page
    desk.send(signer=town.signatory.pk, signed_on="2026-03-02")
    assert "请选择文件" in desk.page or "请填写呈批单扫描件" in desk.page
    case = desk.done(
        signer=town.signatory.pk, signed_on="2026-03-02", scan=SimpleUploadedFile("呈批单.pdf", PDF)
    )
    assert as_(town.intake).get(f"/desk/case/{case.pk}/do/confirm_signed_sheet/").status_code == 409
    desk = Desk(as_(town.head), case, "confirm_signed_sheet")
    assert "打开扫描件" in desk.page
    scan = re.search(rf"/desk/case/{case.pk}/file/\d+/", desk.page)[0]
    assert as_(town.head).get(scan).content == PDF
    desk.send(matches="no")
    assert "签批内容与录入不符" in desk.page
    case = desk.done(matches="yes")
    assert (case.state, case.replied_on) == (State.REPLIED, DAY)


def test_a_legal_review_where_the_office_keeps_one(town, as_):
    OfficeParameter.objects.create(
        office=town.office, key="review.legal", value=True, from_on=DAY, reason="本机关设法制审核", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    case = reviewing(town)
    for kind in ("secrecy", "redaction"):
        case = Desk(as_(town.people[kind]), case, f"clear_{kind}").done(opinion="同意。")
    assert case.state == State.REVIEWING
    assert Desk(as_(town.legal), case, "clear_legal").done(opinion="依据正确。").state == State.SIGNING


def test_consultation_and_its_answer(town, as_):
    case = handled(town)
    desk = Desk(as_(town.handler), case, "consult")
    desk.send(
        "preview", party_name="岚泽建材有限公司", party_kind="org", concern="商业秘密", subject="方案附件三",
        party_address="",
    )  # fmt: skip
    assert "《征求意见书》" in desk.page
    assert "《征求意见告知书》" in desk.page
    case = desk.done()
    opinion = Desk(as_(town.handler), case, "record_opinion")
    chosen = case.open_consultations()[0].pk
    opinion.send(consultation=chosen, opinion="disagree", opinion_on="2026-03-02")
    assert "请写明对其理由是否合理的评估" in opinion.page
    case = opinion.done(
        consultation=chosen,
        opinion="disagree",
        opinion_on="2026-03-02",
        reason="商业秘密",
        reason_assessed="不成立",
        reason_sound="no",
    )
    assert not case.open_consultations()


def test_reassign_take_confirm_lapse_withdraw(town, as_, monkeypatch):
    case = Desk(as_(town.allocator), handled(town), "reassign").done(
        unit=town.unit.pk, handler="", note="出差"
    )
    second = add_person(town, "handler", unit=town.unit)
    assert Desk(as_(second), case, "take").done().handler == second
    post = file_case(town, channel="post_plain", service="post")
    assert (
        Desk(as_(town.intake), post, "confirm_receipt")
        .done(confirmed_on="2026-03-02", how="电话")
        .received_on
        == DAY
    )
    desk = Desk(as_(town.intake), post, "withdraw")
    desk.send("preview", reason="来电撤回")
    post = desk.done()
    assert post.state == State.WITHDRAWN
    desk = Desk(as_(town.intake), post, "record_delivery")
    desk.send(paper=papers_of(post)[-1].pk, channel="post", sent_on="2026-03-02")
    assert "请填写 EMS 邮件号" in desk.page
    desk.done(paper=papers_of(post)[-1].pk, channel="post", sent_on="2026-03-02", tracking="EX990130007CN")
    asked = registered(town)
    desk = Desk(as_(town.intake), asked, "request_supplement")
    desk.send("preview", matters="地块", guidance="写明", days="5", lacks=["content"])
    desk.done()
    monkeypatch.setenv("DEMO_TODAY", "2026-03-20")
    desk = Desk(as_(town.intake), asked, "lapse")
    desk.send("preview", finding="到期未补正，没有联系")
    assert "不再处理告知书" in desk.page
    assert desk.done().state == State.LAPSED


@pytest.mark.parametrize(
    "channel,field", [("post", "tracking"), ("counter", "signed_on"), ("courier", "signed_on")]
)
def test_each_way_of_service_asks_for_its_proof_before_the_preview(town, as_, channel, field):
    desk = Desk(as_(town.intake), replied(town, service="post"), "serve")
    desk.send("preview", channel=channel, sent_on="2026-03-02", tracking="", signed_on="")
    assert f'href="#id_{field}"' in desk.page
    assert "按下之后" not in desk.page


def test_declined_by_the_signatory(town, as_):
    assert (
        Desk(as_(town.signatory), signing(town), "decline").done(reason="理由不充分").state == State.HANDLING
    )


def test_what_may_not_be_done_says_why_and_does_nothing(town, as_):
    case, client = replied(town), as_(town.signatory)
    url = f"/desk/case/{case.pk}/do/sign/"
    assert client.get(url).status_code == 409
    refused = client.post(url, {"step": "confirm", "seen_sha256": "0" * 64})
    assert refused.status_code == 409
    assert "本件现为「已答复」" in refused.content.decode()
    assert client.get(f"/desk/case/{case.pk}/do/nothing/").status_code == 404
    assert as_(make_town().signatory).get(url).status_code == 404


def test_only_units_and_people_of_the_office_are_offered(town, as_):
    other = make_town()
    page = Desk(as_(town.allocator), registered(town), "assign").page
    units = re.search(r'<select name="unit".*?</select>', page, re.S)[0]
    assert set(re.findall(r'value="(\d+)"', units)) == {str(town.unit.pk), str(town.other_unit.pk)}
    with pytest.raises(Exception, match="本机关的科室"):
        assign.assign(
            case_id=registered(town).pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=other.unit.pk
        )

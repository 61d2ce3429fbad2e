"""The findings before signature: why, by which article, and the page that mends each."""

from __future__ import annotations

import re

import pytest

from office.models import Office
from tests.workflow.desk.test_acts import Desk
from tests.workflow.factories import DAY, REFUSE, at, handled, searched, signing
from workflow.actions import propose
from workflow.models import Case, Item
from workflow.selectors.act_page import beside

pytestmark = pytest.mark.django_db
THIN = {**REFUSE, "reason": "内部信息"}


def proposed(town, proposal) -> Case:
    case = searched(town, handled(town))
    return propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **proposal)


def test_a_finding_leads_to_the_field_that_mends_it(town, as_):
    case = proposed(town, THIN)
    desk = Desk(as_(town.handler), case, "send_to_review")
    assert "有 1 处必须改正，改正前不能「送审」" in desk.page
    assert "第一项的理由只是套话" in desk.page
    assert "视为没有说明理由（条例第三十六条第三项）" in desk.page
    assert 'name="step" value="confirm"' not in desk.page
    link = re.search(r'href="(/desk/case/\d+/do/propose/\?[^"#]*)#id_reason"', desk.page)
    assert link is not None
    form = Desk(as_(town.handler), case, "propose", link[1].partition("/propose/")[2].replace("&amp;", "&"))
    assert 'id="id_reason"' in form.page
    assert "内部信息" in form.page
    assert desk.send().status_code == 200  # pressed all the same: the act itself refuses
    assert "答复书稿有以下问题，请先改正" in desk.page
    assert Case.objects.get(pk=case.pk).state == "handling"


def test_what_keeps_a_reply_from_being_composed_is_listed_with_its_step(town, as_):
    case = proposed(town, REFUSE)
    Item.objects.filter(case=case).update(facts={"inseparable": REFUSE["facts"]["inseparable"]})
    page = Desk(as_(town.handler), case, "send_to_review").page
    assert "文稿还不能成文" in page
    assert "第一项依据第十六条，须说明为什么选择不公开" in page
    assert "outcome=refuse_process#id_discretion" in page.replace("&amp;", "&")


def test_before_signature_the_step_is_to_send_it_back(town, as_):
    case = signing(town, proposals=[REFUSE])
    Item.objects.filter(case=case).update(description="另外一件事的全部材料和凭证")
    page = Desk(as_(town.signatory), case, "sign").page
    assert "有 1 处必须改正，改正前不能「签发并编号」" in page
    assert f'href="/desk/case/{case.pk}/do/decline/">退回承办人：' in page


def test_a_clean_draft_says_so_and_can_be_signed(town, as_):
    page = Desk(as_(town.signatory), signing(town, proposals=[REFUSE]), "sign").page
    assert "没有发现问题" in page
    assert 'value="confirm"' in page


def test_a_letter_of_an_act_says_it_before_anybody_confirms(town, as_):
    case = handled(town)
    desk = Desk(as_(town.head), case, "extend")
    assert desk.send("preview", days=20, reason="请说明所申请信息的用途").status_code == 200
    assert "不得要求申请人说明用途" in desk.page
    assert "败诉风险检查" in desk.page
    assert Case.objects.get(pk=case.pk).due_on == case.due_on


def test_whoever_cannot_mend_it_reads_by_whom(town, as_):
    case = proposed(town, THIN)
    from workflow.selectors.mending import steps

    found = beside(Case.objects.get(pk=case.pk), on=DAY).findings
    (step,) = steps(case, town.archivist, found, on=DAY)
    assert (step.act, step.by) == ("", "由承办人改正")


def test_what_the_office_lacks_is_mended_on_its_own_page(town, as_):
    """An administrator is led to the field; everybody else reads by whom and where."""
    from workflow.selectors.mending import steps

    case = proposed(town, REFUSE)
    Office.objects.filter(pk=town.office.pk).update(reconsideration_online="")
    Case.objects.filter(pk=case.pk).update(service="portal")
    found = beside(Case.objects.get(pk=case.pk), on=DAY).findings
    named = {finding.rule: finding for finding in found if finding.mend.target.startswith("office.")}
    assert "online_channel" in named
    (step,) = steps(case, town.admin, [named["online_channel"]], on=DAY)
    assert (step.page, step.field) == ("admin_room:office", "reconsideration_online")
    page = as_(town.admin).get(f"/admin/office/?{step.query}").content.decode()
    assert f'id="id_{step.field}"' in page
    (step,) = steps(case, town.handler, [named["online_channel"]], on=DAY)
    assert step.by == "由机关管理员在「机关资料」页面改正"


def test_words_that_lose_lead_to_the_field_that_brought_them(town, as_):
    case = proposed(town, {**REFUSE, "reason": f"{REFUSE['reason']}。复制费50元由申请人承担"})
    page = Desk(as_(town.handler), case, "send_to_review").page
    assert "不得收取检索、复制、邮寄等费用" in page
    assert re.search(r'href="/desk/case/\d+/do/propose/\?[^"#]*#id_reason"', page)

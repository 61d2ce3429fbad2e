"""What was filed elsewhere with the applicant's consent: its query code is shown to them, once, and to nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from office.models import JournalEntry
from tests.intake.conftest import follow, text
from tests.intake.test_follow import session_of
from tests.workflow.factories import DAY, Town, at, handled, make_town, registered, searched
from workflow.actions import file_elsewhere, propose, show_code
from workflow.actors import ApplicantActor
from workflow.errors import BadRequest
from workflow.models import Case, CaseLink

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
NOT_OURS: dict[str, Any] = {
    "outcome": "not_ours", "grounds": [], "reason": "由县农业农村局制作",
    "facts": {"other_office": "云岫县农业农村局，联系电话0990-5550199"},
}  # fmt: skip


@pytest.fixture
def filed(town: Town) -> CaseLink:
    """Give a request that was filed at another office from one of ours."""
    other, case = make_town(reconsideration_online="https://fuyi.example/"), searched(town, handled(town))
    when: dict[str, Any] = {"case_id": case.pk, "by": town.handler, "on": DAY, "now": at(DAY)}
    propose.propose(**when, item_seq=1, **NOT_OURS)
    file_elsewhere.file_elsewhere(**when, item_seq=1, office_id=other.office.pk, consent="3月2日电话同意")
    return CaseLink.objects.select_related("case", "other__office").get(case=case)


def shown(client: Client, link: CaseLink) -> Any:
    return client.post(f"/follow/case/filed/{link.pk}/", follow=True)


def test_the_code_is_shown_once_and_opens_the_new_request(client: Client, filed: CaseLink) -> None:
    session_of(client, filed.case)
    page = text(client.get("/follow/case/"))
    assert filed.other.office.name in page
    assert filed.other.number in page
    assert "显示查询码" in page
    assert client.get(f"/follow/case/filed/{filed.pk}/").status_code == 405, "opening a page shows nothing"
    page = text(shown(client, filed))
    code = re.search(r'<dd class="code">([^<]+)</dd>', page)
    assert code
    browser = Client()
    assert follow(browser, code[1]).status_code == 302
    assert filed.other.number in text(browser.get("/follow/case/"))
    again = text(shown(client, filed))
    assert code[1] not in again
    assert "这一查询码已经显示过" in again
    assert "显示过。遗失的" in again
    line = JournalEntry.objects.get(key="case.show_code")
    assert (line.subject, line.by_ref) == (filed.case.subject_ref, f"applicant:case:{filed.case_id}")
    assert code[1] not in str(line.data)


def test_pressing_twice_still_leads_to_the_receipt(client: Client, filed: CaseLink) -> None:
    session_of(client, filed.case)
    address = f"/follow/case/filed/{filed.pk}/"
    assert [client.post(address)["Location"] for _ in range(2)] == ["/receipt/", "/receipt/"]
    assert 'class="code"' in text(client.get("/receipt/"))
    assert client.post(address)["Location"] == "/follow/case/"


def test_nobody_else_is_shown_it(client: Client, filed: CaseLink, town: Town) -> None:
    stranger = registered(make_town())
    session_of(client, stranger)
    page = text(shown(client, filed))
    assert "没有为这份申请代为提出过" in page
    assert filed.other.office.name not in page
    assert Client().post(f"/follow/case/filed/{filed.pk}/")["Location"] == "/follow/"
    for me in (
        ApplicantActor(stranger.pk, town.office.pk),
        ApplicantActor(filed.other_id, filed.other.office_id),
    ):
        with pytest.raises(BadRequest, match="没有为这份申请"):
            show_code.show_code(case_id=filed.case_id, link_id=filed.pk, by=me, on=DAY, now=at(DAY))
    assert CaseLink.objects.get(pk=filed.pk).code_shown_on is None


def test_a_code_that_no_longer_fits_is_not_shown(client: Client, filed: CaseLink) -> None:
    Case.objects.filter(pk=filed.other_id).update(query_code_hash="")
    session_of(client, filed.case)
    assert "已经失效，请凭身份证件" in text(shown(client, filed))
    assert CaseLink.objects.get(pk=filed.pk).code_shown_on is None

"""The case page: everything on it, for whom, at what cost, and why not."""

from __future__ import annotations

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.keys.sealed import Sealed
from office.models import OfficeParameter
from tests.workflow.factories import (
    DAY,
    SEALED,
    at,
    file_case,
    handled,
    make_town,
    replied,
    reviewing,
    searched,
    signing,
)
from workflow.actions import archive, consult, review, serve
from workflow.machine import ACTS
from workflow.models import Case
from workflow.requests import FileData
from workflow.selectors.case_acts import acts_for
from workflow.selectors.case_page import case_page
from workflow.selectors.contact import _mail_host, _region
from workflow.selectors.duplicates import possible_duplicates, similar_to

pytestmark = pytest.mark.django_db


def page_of(client, case) -> str:
    response = client.get(f"/desk/case/{case.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def full(town) -> Case:
    """Bring a case with a record of every kind to its archive."""
    case = searched(town, handled(town, items=("征收补偿安置方案", "分户补偿清单")))
    consult.consult(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), party_name="岚泽建材有限公司", subject="附件三"
    )
    return case


def test_a_page_tells_the_whole_case(town, as_):
    text = page_of(as_(town.handler), full(town))
    for words in (
        "征收补偿安置方案", "分户补偿清单", "岚泽建材有限公司", "局综合档案管理系统", "接收回执", "王䶮", "**************002X",
        "*******0000", "为什么是这一天", "等待意见", "征求第三方意见，并告知申请人", "逐日计算",
    ):  # fmt: skip
        assert words in text
    assert "11010519491231002X" not in text
    assert "13800000000" not in text


@pytest.mark.parametrize("who", ["secrecy", "supervisor"])
def test_who_checks_a_case_reads_the_name_its_letters_bear_but_not_how_to_reach_the_applicant(town, as_, who):
    case = reviewing(town)
    text = page_of(as_(getattr(town, who)), case)
    party = case.all_parties()[0]
    assert "王䶮" in text
    for sealed in (party.phone, party.email, party.address, party.id_number):
        assert not sealed or sealed.reveal() not in text
    assert "*******0000" in text


def test_of_an_address_the_county_is_kept_and_of_a_mail_address_the_host():
    hints = {"清源县白石镇采薇村3号": "清源县***", "临江市山口区和平路1号": "临江市山口区***", "河东市和平路": "河东市***",
             "某处": "***"}  # fmt: skip
    assert {address: _region(Sealed.of(address)) for address in hints} == hints
    assert _mail_host(Sealed.of("li.lei@example.com")) == "***@example.com"


def test_nobody_sees_another_office(town, as_):
    other = handled(make_town())
    for path in ("", "trail/", "do/sign/", "draft.pdf", "sheet.pdf", "draft/1.png", "file/1/", "paper/1.pdf"):
        assert as_(town.signatory).get(f"/desk/case/{other.pk}/{path}").status_code == 404


def test_every_state_costs_at_most_25_queries_and_200_kb(town, as_):
    served = replied(town, service="post")
    serve.serve(
        seal=SEALED,
        case_id=served.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="post",
        sent_on=DAY,
        tracking="1",
    )
    archived = replied(town)
    serve.serve(
        seal=SEALED, case_id=archived.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY
    )
    archive.archive(case_id=archived.pk, by=town.archivist, on=DAY, now=at(DAY))
    cases = [file_case(town), full(town), reviewing(town), signing(town), served, archived]
    for case in cases:
        for person in (town.intake, town.head, town.signatory, town.supervisor):
            client = as_(person)
            with CaptureQueriesContext(connection) as queries:
                response = client.get(f"/desk/case/{case.pk}/")
            assert response.status_code == 200
            assert len(queries) <= 25
            assert len(response.content) <= 200_000


def test_what_a_role_could_ever_do_is_shown_with_its_reason(town):
    case = handled(town)
    lines = {line.name: line for line in acts_for(case, town.handler, on=DAY)}
    assert set(lines) == {name for name, row in ACTS.items() if "handler" in row.by}
    assert lines["propose"].allowed
    assert "还没有拟定答复意见" in lines["send_to_review"].reason
    assert not lines["send_to_review"].later
    assert lines["lapse"].later
    assert {line.name for line in acts_for(case, town.admin, on=DAY)} == {
        name for name, row in ACTS.items() if "admin" in row.by
    }


def test_the_reason_stands_on_the_page_and_the_act_is_no_link(town, as_):
    case = handled(town)
    text = page_of(as_(town.handler), case)
    assert f"/desk/case/{case.pk}/do/propose/" in text
    assert f"/desk/case/{case.pk}/do/send_to_review/" not in text
    assert "第 1 项还没有拟定答复意见" in text


def test_what_was_written_beside_an_act_stands_in_the_trail(town, as_):
    case = reviewing(town)
    review.send_back(case_id=case.pk, by=town.secrecy, on=DAY, now=at(DAY), reason="附件三密级未核对")
    text = page_of(as_(town.handler), case)
    assert "审查不通过，退回承办人" in text
    assert "附件三密级未核对" in text
    trail = as_(town.handler).get(f"/desk/case/{case.pk}/trail/").content.decode()
    assert "附件三密级未核对" in trail


def test_the_applicants_other_requests_are_shown_and_alike_ones_marked(town):
    first = handled(town)
    again = file_case(town)
    found = similar_to(town.intake, again.pk)[1]
    assert [(row.id, row.alike) for row in found.rows] == [(first.pk, True)]
    assert found.rows[0].reasons == ("同一申请人", "相同事项", "相似度 1.00")
    office = town.office.pk
    by_number = possible_duplicates(
        town.intake, office_id=office, identity="11010519491231002x", texts=["供水水质报告"]
    )
    assert {row.id for row in by_number.rows} == {first.pk, again.pk}
    assert not possible_duplicates(town.intake, office_id=office)
    assert not possible_duplicates(town.intake, office_id=make_town().office.pk, name="王䶮")


def test_identity_papers_are_for_those_who_need_them(town, as_):
    files = (
        FileData("身份证.txt", "身份证复印件".encode(), kind="identity"),
        FileData("申请书.txt", "申请公开补偿方案".encode(), kind="application"),
    )
    case = reviewing(town, files=files)
    found = {row.kind: f"/desk/case/{case.pk}/file/{row.pk}/" for row in case.attachments.all()}
    for person, status in ((town.intake, 200), (town.secrecy, 404), (town.supervisor, 404)):
        client = as_(person)
        assert client.get(found["identity"]).status_code == status
        assert ("身份证.txt" in page_of(client, case)) == (status == 200)
        answer = client.get(found["application"])
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_approval_sheet_names_the_chain_and_the_text_and_is_no_draft(town, as_):
    case = signing(town)
    text = text_of(as_(town.signatory).get(f"/desk/case/{case.pk}/sheet.pdf").content)
    for words in (
        "审查呈批单",
        "股室",
        "办公室",
        "分管领导",
        "主要领导",
        case.current_draft().body_sha256[:20],
        "同意。",
    ):
        assert words in text.replace("\r\n", "")
    assert "草稿" not in text
    user = town.admin
    OfficeParameter.objects.create(
        office=town.office, key="approval.chain", value=["镇办公室", "镇长"], from_on=DAY, reason="小镇", entered_by=user,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    text = text_of(as_(town.signatory).get(f"/desk/case/{case.pk}/sheet.pdf").content)
    assert "镇长" in text
    assert "分管领导" not in text


def test_papers_and_sheet_come_as_pdf_and_the_draft_as_pictures(town, as_):
    case, client = signing(town), as_(town.signatory)
    base = f"/desk/case/{case.pk}"
    for path in ("draft.pdf", "sheet.pdf"):
        response = client.get(f"{base}/{path}")
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    picture = client.get(f"{base}/draft/1.png")
    assert picture.content.startswith(b"\x89PNG")
    assert len(picture.content) < 200_000
    assert client.get(f"{base}/draft/99.png").status_code == 404
    receipt = case_page(town.intake, case.pk, on=DAY).papers[0]
    assert client.get(f"{base}/paper/{receipt.id}.pdf").content.startswith(b"%PDF")
    assert client.get(f"/desk/case/{handled(town).pk}/sheet.pdf").status_code == 409


def test_what_is_seldom_done_is_never_the_main_button(town):
    """A proceeding may be entered at any time, yet it is not what a case under work waits for."""
    from workflow.selectors.case_page import case_page

    case = reviewing(town)
    page = case_page(town.head, case.pk, on=DAY)
    names = [line.name for line in page.acts if line.allowed]
    assert "record_remedy" in names
    assert page.main == "extend"
    assert not any(line.name == "answer_remedy" for line in page.acts if not line.allowed and not line.later)

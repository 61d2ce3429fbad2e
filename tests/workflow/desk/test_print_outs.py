"""Sheets printed on request: what each says, who may have it, and a line for whoever printed an address."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
import pytest

from office.models import JournalEntry
from tests.workflow.desk.test_contact import KEY as READ_CONTACT
from tests.workflow.factories import DAY, SEALED, at, file_case, handled, make_town, replied, searched
from tests.workflow.test_delegation import lend
from workflow.actions import archive, consult, serve
from workflow.models import Case
from workflow.print_outs import facts
from workflow.print_outs.offered import MAKERS, MOST_PARTIES, PERSONAL, offered, shown
from workflow.requests import ConsultedParty
from workflow.selectors.papers import papers_of, reply_of
from workflow.selectors.trail import trail_of

pytestmark = pytest.mark.django_db
KEY = "case.print_contact"
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}
REACHING = ("intake", "handler", "archivist")


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(io.BytesIO(content)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join("".join(pages).split())


def kinds(case: Case, person: Any) -> set[str]:
    return {row.kind for row in offered(case, person)}


def archived(town: Any) -> Case:
    case = replied(town)
    serve.serve(
        seal=SEALED, case_id=case.pk, by=town.intake, channel="counter", sent_on=DAY, signed_on=DAY, **WHEN
    )
    for paper in case.unserved_papers():
        serve.record_delivery(case_id=case.pk, by=town.intake, paper_id=paper.pk, channel="counter", sent_on=DAY,
                              signed_on=DAY, **WHEN)  # fmt: skip
    archive.archive(case_id=case.pk, by=town.archivist, **WHEN)
    return Case.objects.get(pk=case.pk)


def test_what_is_offered_grows_with_the_case(town):
    case = file_case(town)
    assert kinds(case, town.intake) == {"register_sheet", "application_form"}
    case = handled(town)
    assert kinds(case, town.intake) >= {"register_sheet", "transfer_sheet", "application_form"}
    assert not kinds(case, town.intake) & {"material_list", "file_cover"}
    assert "material_list" in kinds(replied(town), town.intake)
    assert "file_cover" in kinds(archived(town), town.archivist)


def test_the_register_sheet_says_what_the_case_page_says_and_no_more(town, as_):
    case = handled(town)
    said = text_of(as_(town.allocator).get(f"/desk/case/{case.pk}/print/register_sheet.pdf").content)
    assert "依申请公开登记表" in said
    assert case.number in said
    assert case.applicant_name in said
    assert town.unit.name in said
    for whole in ("13800000000", "云岫县采薇巷3号", "11010519491231002X"):
        assert whole not in said
    assert not JournalEntry.objects.filter(key=KEY).exists()


def test_the_transfer_slip_names_the_unit_and_both_terms_apart(town):
    case = handled(town)
    given = facts.transfer_sheet(case)
    assert given["unit"] == town.unit.name
    assert given["due_on"] == case.due_on.isoformat()
    assert given["internal_due_on"] != given["due_on"]


@pytest.mark.parametrize("who", REACHING)
@pytest.mark.parametrize("kind", sorted(PERSONAL))
def test_an_address_is_printed_by_those_who_need_it_and_leaves_a_line(town, as_, who, kind):
    case, person = replied(town, service="post"), town.people[who]
    about = f"/{reply_of(case).pk}" if kind != "application_form" else ""
    answer = as_(person).post(f"/desk/case/{case.pk}/print/{kind}{about}.pdf")
    assert answer.status_code == 200
    said = text_of(answer.content)
    assert "云岫县采薇巷3号" in said
    assert "11010519491231002X" not in said
    line = JournalEntry.objects.get(key=KEY)
    assert (line.subject, line.by_ref, line.data["sheet"]) == (
        case.subject_ref,
        person.ref,
        answer_label(kind),
    )
    assert not JournalEntry.objects.filter(key=READ_CONTACT).exists()
    assert trail_of(case)[-1].title == f"{person.display}打印写有联系方式的《{answer_label(kind)}》"


def answer_label(kind: str) -> str:
    from letters.catalogue import kind_of

    return kind_of(kind).label


@pytest.mark.parametrize("who", ["allocator", "head", "signatory", "supervisor", "secrecy", "admin"])
@pytest.mark.parametrize("kind", sorted(PERSONAL))
def test_nobody_else_of_the_office_prints_an_address(town, as_, who, kind):
    case = replied(town, service="post")
    about = f"/{reply_of(case).pk}" if kind != "application_form" else ""
    assert as_(town.people[who]).post(f"/desk/case/{case.pk}/print/{kind}{about}.pdf").status_code == 404
    assert not JournalEntry.objects.filter(key=KEY).exists()


@pytest.mark.parametrize("who", REACHING)
def test_nobody_of_another_office_prints_anything(town, as_, who):
    case, stranger = archived(town), make_town().people[who]
    for row in offered(case, town.archivist):
        about = f"/{row.about}" if row.about else ""
        for ask in (as_(stranger).get, as_(stranger).post):
            assert ask(f"/desk/case/{case.pk}/print/{row.kind}{about}.pdf").status_code == 404
    assert not JournalEntry.objects.filter(key=KEY).exists()


def test_a_paper_of_another_case_is_not_printed_through_this_one(town, as_):
    case, other = replied(town, service="post"), replied(town, service="post")
    address = f"/desk/case/{case.pk}/print/envelope/{reply_of(other).pk}.pdf"
    assert as_(town.intake).post(address).status_code == 404


def test_opening_an_address_by_a_link_prints_and_logs_nothing(town, as_):
    case = replied(town, service="post")
    address = f"/desk/case/{case.pk}/print/envelope/{reply_of(case).pk}.pdf"
    assert as_(town.intake).get(address).status_code == 405
    assert not JournalEntry.objects.filter(key=KEY).exists()


def test_a_stand_in_is_named_with_whom_they_stand_in_for(town, as_):
    lend(town, town.intake, town.head)
    case = replied(town, service="post")
    assert as_(town.head).post(f"/desk/case/{case.pk}/print/application_form.pdf").status_code == 200
    line = JournalEntry.objects.get(key=KEY)
    assert (line.by_ref, line.data["acting_for"]) == (town.head.ref, town.intake.ref)


def test_a_third_party_gets_its_own_sheets_and_reads_nothing_of_the_applicant(town, as_):
    case = searched(town, handled(town))
    consult.consult(case_id=case.pk, by=town.handler, party_name="青禾农业有限公司", party_address="云岫县青禾路8号",
                    subject="合同文本", **WHEN)  # fmt: skip
    case = Case.objects.get(pk=case.pk)
    row = case.all_consultations()[0]
    slip = as_(town.handler).get(f"/desk/case/{case.pk}/print/confirmation_slip/{row.pk}.pdf")
    cover = as_(town.handler).post(f"/desk/case/{case.pk}/print/envelope/{row.paper_id}.pdf")
    for answer in (slip, cover):
        assert answer.status_code == 200
        assert "青禾农业有限公司" in text_of(answer.content)
        assert case.applicant_name not in text_of(answer.content)
    assert "云岫县青禾路8号" in text_of(cover.content)
    letter = next(paper for paper in papers_of(case) if paper.pk == row.paper_id)
    frozen = letter.frozen()["text"]
    assert "附件\n政府信息公开征求意见确认函" in frozen
    assert f"编号：{letter.number_text}" in frozen


def test_whoever_reads_on_site_signs_a_register(town):
    case = replied(town, wanted_form="reading")
    assert "reading_register" in kinds(case, town.handler)
    assert "reading_register" not in kinds(replied(town), town.handler)
    given = facts.reading_register(case)
    assert given["letter_number"] == reply_of(case).number_text
    assert {row["carrier"] for row in given["entries"]} == {"paper"}


def test_the_cover_of_a_file_says_from_when_to_when_and_how_long(town):
    case = archived(town)
    given = facts.file_cover(case)
    assert given["started_on"] == case.arrived_on.isoformat()
    assert given["retention"] == f"{case.retention_years}年"
    assert given["filed_by"] == town.archivist.display
    index = next(paper for paper in papers_of(case) if paper.kind == "archive_index")
    assert f"本卷共{given['count']}件" in index.frozen()["text"]


def test_every_sheet_that_is_offered_can_be_drawn(town, as_):
    seen = set()
    for case in (file_case(town), archived(town), replied(town, wanted_form="reading", service="post")):
        client = as_(town.intake)
        for row in offered(case, town.intake):
            about = f"/{row.about}" if row.about else ""
            ask = client.post if row.personal else client.get
            answer = ask(f"/desk/case/{case.pk}/print/{row.kind}{about}.pdf")
            assert answer.content.startswith(b"%PDF"), (row.kind, answer.content[:200])
            seen.add(row.kind)
    assert seen == set(MAKERS) - {"confirmation_slip"}


def test_the_case_page_offers_what_may_be_printed(town, as_):
    case = replied(town, service="post")
    page = as_(town.intake).get(f"/desk/case/{case.pk}/").content.decode()
    assert page.count("/print/") == len(offered(case, town.intake))
    assert "/print/envelope/" not in as_(town.signatory).get(f"/desk/case/{case.pk}/").content.decode()


def test_of_many_parties_the_page_shows_the_first_and_each_is_still_to_be_had(town, as_):
    case = searched(town, handled(town))
    parties = [ConsultedParty(f"青禾{n}组", "org", f"云岫县青禾路{n}号") for n in range(MOST_PARTIES + 5)]
    consult.consult_list(case_id=case.pk, by=town.handler, parties=parties, subject="合同文本", **WHEN)
    case = Case.objects.get(pk=case.pk)
    slips = [row for row in shown(case, town.handler) if row.kind == "confirmation_slip"]
    assert len(slips) == MOST_PARTIES
    assert (
        len([row for row in shown(case, town.handler) if "青禾" in str(getattr(row.row, "party_name", ""))])
        == MOST_PARTIES
    )
    last = case.all_consultations()[-1]
    assert (
        as_(town.handler).get(f"/desk/case/{case.pk}/print/confirmation_slip/{last.pk}.pdf").status_code
        == 200
    )

"""The page of a paper's seal: its keeper files the sealed copy and voids a use, and sees nothing of the case."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import SealUse
from tests.workflow.factories import DAY, SEALED, at, make_town, replied
from workflow.actions import serve, use_seal
from workflow.models import Case
from workflow.selectors.papers import reply_of

pytestmark = pytest.mark.django_db
WHEN = {"on": DAY, "now": at(DAY)}


@pytest.fixture
def paper(town):
    case = replied(town, service="post")
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    return reply_of(Case.objects.get(pk=case.pk))


def address(paper) -> str:
    return f"/desk/seals/paper/{paper.pk}/"


def test_the_keeper_sees_the_paper_and_its_uses_and_not_the_case(town, as_, paper):
    case = Case.objects.get(pk=int(paper.subject_ref[5:]))
    client = as_(town.seal)
    register = client.get("/desk/seals/register/").content.decode()
    assert f'href="{address(paper)}"' in register
    page = client.get(address(paper)).content.decode()
    assert paper.number_text in page
    assert case.number in page
    assert town.seal.display in page
    for hidden in (case.applicant_name, case.title, f"/desk/case/{case.pk}/"):
        assert hidden not in page
    assert client.get(f"/desk/case/{case.pk}/").status_code in (403, 404)


@pytest.mark.parametrize(
    "who, answer", [("intake", 200), ("seal", 200), ("handler", 404), ("signatory", 404), ("supervisor", 404)]
)
def test_only_who_uses_the_seal_comes_in(town, as_, paper, who, answer):
    assert as_(town.people[who]).get(address(paper)).status_code == answer
    assert as_(make_town().people[who]).get(address(paper)).status_code == 404


def test_a_sealed_copy_is_filed_with_its_scan(town, as_, paper):
    use = SealUse.objects.get()
    scan = SimpleUploadedFile("盖章件.txt", "盖章后的答复书".encode())
    sent = {"step": "copy", "copy-use": use.pk, "copy-returned_on": DAY.isoformat(), "copy-scan": scan}
    assert as_(town.seal).post(address(paper), sent).status_code == 302
    use.refresh_from_db()
    assert (use.copy, use.copy_on) == ("scanned", DAY)
    assert use.scan is not None


def test_a_use_is_voided_with_a_reason_while_the_paper_is_in_the_house(town, as_, paper):
    use, client = SealUse.objects.get(), as_(town.seal)
    page = client.post(address(paper), {"step": "void", "void-use": use.pk, "void-reason": ""})
    assert "请填写作废的理由" in page.content.decode()
    assert (
        client.post(address(paper), {"step": "void", "void-use": use.pk, "void-reason": "盖偏了"}).status_code
        == 302
    )
    use.refresh_from_db()
    assert (use.voided_by, use.void_reason) == (town.seal, "盖偏了")
    page = client.get(address(paper)).content.decode()
    assert "待用印" in page
    assert 'name="step" value="void"' not in page


def test_what_was_sent_stays_sealed(town, as_, paper):
    serve.serve(
        case_id=int(paper.subject_ref[5:]),
        by=town.intake,
        channel="post",
        sent_on=DAY,
        tracking="EX990130007CN",
        **WHEN,
    )
    use = SealUse.objects.get()
    page = as_(town.seal).post(address(paper), {"step": "void", "void-use": use.pk, "void-reason": "盖偏了"})
    assert "已经发出" in page.content.decode()
    use.refresh_from_db()
    assert use.voided_on is None


def test_a_use_of_another_paper_is_no_choice(town, as_, paper):
    other = replied(town, service="post")
    use_seal.use_seal(case_id=other.pk, by=town.seal, seal=SEALED, **WHEN)
    foreign = SealUse.objects.exclude(paper=paper).get()
    page = as_(town.seal).post(
        address(paper), {"step": "void", "void-use": foreign.pk, "void-reason": "盖偏了"}
    )
    assert page.status_code == 200
    assert not SealUse.objects.filter(voided_on__isnull=False).exists()

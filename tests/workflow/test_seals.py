"""Use of the seal: nothing is dispatched without it; by hand or at signature, in bulk, void, on the register."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

import letters
from letters.models import Seal, SealUse
from letters.seal_image import stamp_of
from letters.sealing import SETTING
from office import journal, outbox
from office.actors import SystemActor
from office.models import OfficeParameter, OutboxMessage, User
from tests.letters.test_seal_image import keep, seal_png
from tests.workflow.factories import DAY, SEALED, Town, at, handled, make_town, replied, signing
from tests.workflow.test_beside import ASKED as CORRECTION
from workflow.actions import communicate, correct_record, serve, sign, use_seal
from workflow.actions.enter_signed_sheet import enter_signed_sheet
from workflow.drafting import next_reply
from workflow.errors import BadRequest, NotNow, NotYourRole
from workflow.models import Bulk, BulkLine, Case, RecordCorrection
from workflow.permissions import why_not
from workflow.requests import FileData, SealData
from workflow.selectors import beside, seals
from workflow.selectors.mending import steps
from workflow.selectors.papers import reply_of
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}
POST = {"channel": "post", "sent_on": DAY, "tracking": "EX990130007CN"}
SCAN = FileData("盖章件.txt", "盖章后的答复书扫描件".encode(), "sealed")


def fresh(case: Case) -> Case:
    return Case.objects.select_related("office").get(pk=case.pk)


def practise(town: Town, **how: Any) -> None:
    """Let an office set how it uses its seal."""
    OfficeParameter.objects.create(
        office=town.office, key=SETTING, value={name.replace("of", "for"): value for name, value in how.items()}, from_on=DAY, reason="本机关的用印规定",
        entered_by=town.admin, entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip


# -- nothing without it -----------------------------------------------------------------------------
def test_a_reply_leaves_the_house_with_its_seal_only() -> None:
    town = make_town()
    case = replied(town, service="post")
    refused = why_not(fresh(case), "serve", by=SystemActor("deliver"), on=DAY)
    assert refused is not None
    assert "还没有登记用印" in refused.message
    with pytest.raises(BadRequest, match="先「登记用印」") as bad:
        serve.serve(case_id=case.pk, by=town.intake, **POST, **WHEN)
    assert bad.value.code == "no_seal_use"
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SealData("disclosure", 3, scan=SCAN), **WHEN)
    use = SealUse.objects.get()
    assert (use.approver, use.sealed_by, use.copies, use.used_on) == (town.signatory, town.seal, 3, DAY)
    assert (use.seal.kind, use.way, use.copy) == ("disclosure", "hand", "scanned")
    assert use.scan is not None
    assert fresh(case).attachments.get(kind="sealed").file == use.scan
    assert serve.serve(case_id=case.pk, by=town.intake, **POST, **WHEN).state == "served"
    assert any("登记用印" in line.title and "专用章" in line.title for line in trail_of(fresh(case)))
    assert list(journal.verify(case.subject_ref)) == []


def test_one_press_enters_the_seal_and_the_service() -> None:
    town = make_town()
    case = replied(town, service="post")
    case = serve.serve(case_id=case.pk, by=town.intake, seal=SEALED, **POST, **WHEN)
    use = SealUse.objects.get()
    assert (case.state, use.paper, use.sealed_by, use.copies) == ("served", reply_of(case), town.intake, 2)


def test_a_reply_for_the_portal_goes_there_once_it_is_sealed() -> None:
    town = make_town()
    case = replied(town)
    assert not OutboxMessage.objects.filter(kind="workflow.deliver_reply").exists()
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    outbox.deliver(at(DAY, 12))
    assert fresh(case).state == "served"


def test_an_electronic_seal_without_its_picture_leaves_the_letter_to_the_seal_of_hand() -> None:
    town = make_town()
    practise(town, electronic=True)
    paper = reply_of(fresh(replied(town, service="post")))
    assert paper is not None
    assert paper.waits_for_seal
    assert not SealUse.objects.exists()
    assert letters.render(paper) == letters.render(paper.frozen())


def test_a_seal_at_signature_stands_on_the_letter_and_stays_as_it_was() -> None:
    town = make_town()
    practise(town, electronic=True)
    picture = {"office": town.office, "kind": "office", "from_on": DAY, "by": town.admin}
    keep(**picture, content=seal_png(), now=at(DAY, 1))
    paper = reply_of(fresh(replied(town, service="post")))
    assert paper is not None
    made = letters.render(paper)
    assert made != letters.render(paper.frozen())
    assert made == letters.render(paper.frozen(), stamp=stamp_of(town.office, "office", DAY))
    keep(**picture, content=seal_png(ink=(220, 30, 30, 255)), now=at(DAY, 20))
    assert letters.render(paper) == made
    by_hand = reply_of(fresh(replied(make_town(), service="post")))
    assert by_hand is not None
    assert letters.render(by_hand) == letters.render(by_hand.frozen())


def test_a_seal_at_signature_counts_where_the_office_has_it() -> None:
    town = make_town()
    practise(town, electronic=True)
    keep(office=town.office, kind="office", from_on=DAY, by=town.admin, content=seal_png(), now=at(DAY, 1))
    case = replied(town)
    use = SealUse.objects.get()
    assert (use.way, use.approver, use.sealed_by, use.copies) == ("electronic", town.signatory, None, 1)
    outbox.deliver(at(DAY, 12))
    assert fresh(case).state == "served"


def test_the_approver_is_who_signed_by_hand() -> None:
    town = make_town()
    case = signing(town, service="post")
    scan = FileData("签批.txt", "同意，按拟稿意见答复。".encode(), "signed_sheet")
    enter_signed_sheet(
        case_id=case.pk, by=town.intake, signer_id=town.signatory.pk, signed_on=DAY, scan=scan, **WHEN
    )
    sign.confirm_signed_sheet(case_id=case.pk, by=town.head, matches=True, **WHEN)
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    assert SealUse.objects.get().approver == town.signatory


@pytest.mark.parametrize(
    ("how", "wanted"),
    [({}, False), ({"of": "replies"}, False), ({"of": "letters"}, True), ({"of": "none"}, False)],
)
def test_an_office_says_which_papers_are_sealed(how: dict[str, Any], wanted: bool) -> None:
    town = make_town()
    practise(town, **how)
    case = handled(town, service="post")
    communicate.communicate(case_id=case.pk, by=town.handler, matters="请说明所需年度", **WHEN)
    paper = fresh(case).unserved_papers()[0]
    assert paper.needs_seal is wanted
    given = {"case_id": case.pk, "by": town.intake, "paper_id": paper.pk, **POST, **WHEN}
    if wanted:
        with pytest.raises(BadRequest, match="登记用印"):
            serve.record_delivery(**given)
        use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    serve.record_delivery(**given)


def test_an_office_without_seals_dispatches_as_it_is() -> None:
    town = make_town()
    practise(town, of="none")
    case = replied(town, service="post")
    assert serve.serve(case_id=case.pk, by=town.intake, **POST, **WHEN).state == "served"
    assert not SealUse.objects.exists()


def test_where_one_person_keeps_the_seal_nobody_else_uses_it() -> None:
    town = make_town()
    practise(town, keeper=True)
    case = replied(town, service="post")
    for act in ("use_seal", "serve"):
        refused = why_not(fresh(case), act, by=town.intake, on=DAY)
        assert refused is not None
        assert "印章管理员" in refused.message
    with pytest.raises(NotNow):
        serve.serve(case_id=case.pk, by=town.intake, seal=SEALED, **POST, **WHEN)
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    assert serve.serve(case_id=case.pk, by=town.intake, **POST, **WHEN).state == "served"


@pytest.mark.parametrize(
    ("seal", "code"),
    [
        (SealData("wax"), "no_seal"), (SealData(copies=0), "bad_copies"), (SealData(copies=201), "bad_copies"),
        (SealData(used_on=DAY - dt.timedelta(days=1)), "bad_day"), (SealData(used_on=DAY + dt.timedelta(days=1)), "bad_day"),
    ],
)  # fmt: skip
def test_a_use_says_what_is_wrong_and_leaves_nothing(seal: SealData, code: str) -> None:
    town = make_town()
    case = replied(town, service="post")
    with pytest.raises(BadRequest) as refused:
        use_seal.use_seal(case_id=case.pk, by=town.seal, seal=seal, **WHEN)
    assert refused.value.code == code
    assert not SealUse.objects.exists()
    for stranger in (town.handler, town.signatory, town.head):
        with pytest.raises(NotYourRole):
            use_seal.use_seal(case_id=case.pk, by=stranger, seal=SEALED, **WHEN)


def test_the_lint_says_beforehand_that_no_electronic_seal_is_there() -> None:
    town = make_town()
    case = signing(town, service="post")

    def said() -> list[Any]:
        reply = next_reply(fresh(case), on=DAY)
        return [finding for finding in reply.findings(fresh(case)) if finding.rule == "seal"]

    assert said() == []
    practise(town, electronic=True)
    (finding,) = said()
    assert not finding.blocks
    assert finding.mend.target == "office.seal"
    (step,) = steps(fresh(case), town.admin, [finding], on=DAY)
    assert (step.page, step.query) == ("admin_room:seals", f"office={town.office.pk}")
    (step,) = steps(fresh(case), town.handler, [finding], on=DAY)
    assert (step.page, step.by) == ("", "由机关管理员在「机关印章」页面改正")
    keep(office=town.office, kind="office", from_on=DAY, by=town.admin, content=seal_png(), now=at(DAY, 1))
    assert said() == []


# -- void, returned -----------------------------------------------------------------------------------
def test_a_void_use_wants_another_until_the_paper_is_sent() -> None:
    town = make_town()
    case = replied(town, service="post")
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    first = SealUse.objects.get()
    with pytest.raises(BadRequest, match="理由"):
        use_seal.void_seal_use(case_id=case.pk, by=town.seal, use_id=first.pk, reason=" ", **WHEN)
    use_seal.void_seal_use(case_id=case.pk, by=town.seal, use_id=first.pk, reason="盖歪，重新打印", **WHEN)
    first.refresh_from_db()
    assert (first.voided_by, first.void_reason) == (town.seal, "盖歪，重新打印")
    assert [paper.pk for paper in fresh(case).papers_to_seal()] == [first.paper_id]
    serve.serve(case_id=case.pk, by=town.intake, seal=SEALED, **POST, **WHEN)
    second = SealUse.objects.latest("pk")
    with pytest.raises(BadRequest, match="已经发出"):
        use_seal.void_seal_use(case_id=case.pk, by=town.seal, use_id=second.pk, reason="盖歪", **WHEN)
    assert fresh(case).papers_to_seal() == []


def test_the_sealed_copy_comes_back_on_paper_or_as_a_scan() -> None:
    town = make_town()
    case = replied(town, service="post")
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    use = SealUse.objects.get()
    use_seal.return_sealed_copy(case_id=case.pk, by=town.seal, use_id=use.pk, returned_on=DAY, **WHEN)
    use.refresh_from_db()
    assert (use.copy, use.copy_on) == ("returned", DAY)
    use_seal.return_sealed_copy(
        case_id=case.pk, by=town.seal, use_id=use.pk, returned_on=DAY, scan=SCAN, **WHEN
    )
    use.refresh_from_db()
    assert use.copy == "scanned"
    with pytest.raises(BadRequest, match="本件的一次用印"):
        use_seal.return_sealed_copy(case_id=case.pk, by=town.seal, use_id=0, returned_on=DAY, **WHEN)


def test_the_database_wants_whoever_sealed_and_the_reason_of_a_void() -> None:
    town = make_town()
    case = replied(town, service="post")
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    for wrong in ({"sealed_by": None}, {"copies": 0}, {"voided_on": DAY}, {"copy": "scanned"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SealUse.objects.update(**wrong)
    assert Seal.objects.count() == 1


# -- the pages ----------------------------------------------------------------------------------------
def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_keeper_seals_many_papers_in_one_press_each_with_its_result() -> None:
    town = make_town()
    cases = [replied(town, service="post") for _ in range(3)]
    ids = [paper.pk for case in cases for paper in fresh(case).papers_to_seal()]
    desk = as_(town.seal)
    page = desk.get("/desk/seals/").content.decode()
    assert page.count('name="paper"') == 3
    meanwhile = use_seal.use_seal(case_id=cases[0].pk, by=town.intake, seal=SEALED, **WHEN)
    assert meanwhile.state == "replied"
    sent = {
        "paper": [str(pk) for pk in ids], "kind": "office", "copies": "2", "used_on": "2026-03-02",
        "act_id": "5b1b1b1e-0000-4000-8000-000000000002",
    }  # fmt: skip
    told = desk.post("/desk/seals/", sent, follow=True).content.decode()
    assert "共 2 件" in told
    assert Bulk.objects.get().kind == "use_seal"
    assert set(BulkLine.objects.values_list("status", flat=True)) == {"done"}
    assert SealUse.objects.count() == 3
    desk.post("/desk/seals/", sent)
    assert SealUse.objects.count() == 3
    assert "没有等待用印的文书" in desk.get("/desk/seals/").content.decode()
    empty = desk.post("/desk/seals/", {"kind": "office", "copies": "2", "used_on": "2026-03-02"})
    assert empty.status_code == 200


def test_the_seal_and_its_register_stay_inside_the_office() -> None:
    town, other = make_town(), make_town()
    case = replied(town, service="post")
    paper = fresh(case).papers_to_seal()[0]
    assert as_(town.seal).get(f"/desk/seals/paper/{paper.pk}.pdf").status_code == 200
    for role, user in other.people.items():
        assert paper not in seals.papers_to_seal(user), role
        assert as_(user).get(f"/desk/seals/paper/{paper.pk}.pdf").status_code == 404, role
    for role in ("handler", "secrecy", "admin", "archivist"):
        assert paper not in seals.papers_to_seal(town.people[role]), role
        assert as_(town.people[role]).get(f"/desk/seals/paper/{paper.pk}.pdf").status_code == 404, role
    assert as_(other.seal).get(f"/desk/seals/?office={town.office.pk}").status_code == 403
    assert as_(town.seal).get(f"/desk/case/{case.pk}/").status_code == 404  # the keeper sees papers, no case
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    for user in other.people.values():
        assert not seals.uses_seen(user).exists()
        assert paper.number_text not in as_(user).get("/desk/seals/register/").content.decode()
    assert as_(town.admin).get("/desk/seals/register.xlsx").status_code == 403


def test_the_register_is_filtered_and_written_as_a_table(django_assert_max_num_queries: Any) -> None:
    town = make_town()
    case = replied(town, service="post")
    use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)
    number = reply_of(fresh(case)).number_text  # type: ignore[union-attr]
    desk = as_(town.head)
    with django_assert_max_num_queries(24):
        page = desk.get("/desk/seals/register/").content.decode()
    for words in (number, "机关印章", "签发人甲", "印章管理员甲"):
        assert words in page
    assert number not in desk.get("/desk/seals/register/?kind=disclosure").content.decode()
    assert number not in desk.get("/desk/seals/register/?first=2026-03-03").content.decode()
    assert (
        number
        in desk.get("/desk/seals/register/?first=2026-03-02&last=2026-03-02&kind=office").content.decode()
    )
    book = load_workbook(io.BytesIO(desk.get("/desk/seals/register.xlsx").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]
    assert rows[1][:3] == ["用印日期", "文号", "文书"]
    assert rows[2][1] == number


# -- beside the cases -------------------------------------------------------------------------------
def corrected(town: Town) -> RecordCorrection:
    """Bring a request for correction to its answer."""
    row = correct_record.receive_correction(
        office_id=town.office.pk, by=town.intake, given=CORRECTION, **WHEN
    )
    row = correct_record.examine_correction(
        record_id=row.pk, by=town.handler, competent=True, proven=True, finding="与原始测量成果核对", **WHEN
    )
    return correct_record.answer_correction(record_id=row.pk, by=town.signatory, **WHEN)


def test_an_answer_beside_the_cases_leaves_with_its_seal_where_the_office_seals_every_letter() -> None:
    town = make_town()
    practise(town, of="letters", keeper=True)
    row = corrected(town)
    assert [step.name for step in beside.sheet(town.intake, "correction", row.pk).steps] == [
        "seal_correction"
    ]
    sent = {"record_id": row.pk, "by": town.intake, **POST, **WHEN}
    with pytest.raises(BadRequest, match="还没有登记用印"):
        correct_record.serve_correction(**sent)
    with pytest.raises(BadRequest, match="由印章管理员保管"):
        correct_record.seal_correction(record_id=row.pk, by=town.intake, seal=SEALED, **WHEN)
    with pytest.raises(BadRequest, match="用印份数"):
        correct_record.seal_correction(record_id=row.pk, by=town.seal, seal=SealData(copies=0), **WHEN)
    client = as_(town.seal)
    page = client.post(
        f"/desk/beside/correction/{row.pk}/seal_correction/",
        {"seal_kind": "disclosure", "seal_copies": "2", "seal_used_on": DAY.isoformat()},
    )
    assert page.status_code == 302, page.content.decode()
    use = SealUse.objects.get()
    assert (use.paper, use.copies, use.approver, use.sealed_by) == (row.answer, 2, town.signatory, town.seal)
    (line,) = seals.register(town.seal, town.office, first=None, last=None, kind="")[0]
    assert (line.use, line.case_id, line.mine) == (use, None, True)
    assert correct_record.serve_correction(**sent).served_on == DAY
    with pytest.raises(BadRequest, match="已经用印"):
        correct_record.seal_correction(record_id=row.pk, by=town.seal, seal=SEALED, **WHEN)


def test_it_is_sealed_at_signature_where_the_system_seals() -> None:
    town = make_town()
    practise(town, of="letters", electronic=True)
    keep(office=town.office, kind="office", from_on=DAY, by=town.admin, content=seal_png(), now=at(DAY, 1))
    row = corrected(town)
    assert (row.answer.needs_seal, row.answer.sealed_on) == (True, DAY)
    assert SealUse.objects.get().way == "electronic"

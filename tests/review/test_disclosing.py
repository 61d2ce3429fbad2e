"""The copy that goes out: burned and proved by a worker, checked by a second person, void when anything changes."""

from __future__ import annotations

import io
import json
import os

import pikepdf
import pypdfium2
import pytest
from django.db import transaction
from django.urls import reverse
from PIL import Image

from office import files
from office.models import JournalEntry
from tests.access.world import following
from tests.review.makers import pdf_of
from tests.review.reviewing import NOTHING, agreed, begun
from tests.review.rooms import (
    NAME,
    NUMBER,
    PHONE,
    PRIVACY,
    box,
    copied,
    everywhere,
    listed,
    mark_text,
    reject,
    two_persons,
    who,
)
from tests.workflow.factories import DAY, DISCLOSE, SEALED, Town, add_person, at, handled, make_town, searched
from workflow import linting
from workflow.actions import propose, review, send_to_review, serve, sign
from workflow.errors import NotNow, NotSeparated, NotYourRole
from workflow.models import Case, DisclosedCopy, HoldingVersion
from workflow.review import copies, quarantine
from workflow.review.disclosing import apart, begin, burning, check, joining, standing
from workflow.review.marking import draw

pytestmark = pytest.mark.django_db
SCALE = 200 / 72
ID = ("personal", "resident_id")


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def version(town):
    return listed(town, handled(town))


def page_of(content: bytes, number: int = 1) -> Image.Image:
    return pypdfium2.PdfDocument(content)[number - 1].render(scale=SCALE).to_pil().convert("L")


def test_boxes_cover_what_is_under_them_and_what_stands_beside_remains(town, version):
    mark = mark_text(version, "李四光", town.handler)
    mark_text(version, NUMBER, town.handler, NAME)
    copy = copied(version, town.handler)
    assert (copy.status, copy.reason) == ("passed", "")
    before = Image.open(io.BytesIO(copies.image_of(version.copy, 1, dpi=200, now=at(DAY)))).convert("L")
    after = page_of(files.read(copy.file))
    x0, y0, x1, y1 = (round(value * SCALE) for value in mark.points[0])
    covered = after.crop((x0 + 3, y0 + 3, x1 - 3, y1 - 3))
    dark = sum(count for value, count in enumerate(covered.histogram()) if value < 100)
    assert dark / (covered.width * covered.height) > 0.6  # the ground is printed white on it
    assert before.crop((x0, y0, x1, y1)).getextrema()[1] > 200
    above = (0, 0, after.width, y0 - round(8 * SCALE))
    assert _ink(before.crop(above)) == pytest.approx(_ink(after.crop(above)), rel=0.15)
    assert _ink(before.crop(above)) > 500
    assert "李四光" not in pypdfium2.PdfDocument(files.read(copy.file))[0].get_textpage().get_text_bounded()


def _ink(picture: Image.Image) -> int:
    return sum(count for value, count in enumerate(picture.histogram()) if value < 128)


def test_the_certificate_is_sealed_and_says_what_went_in_who_marked_and_what_was_tried(town, version):
    mark_text(version, "李四光", town.redaction)
    mark_text(version, NUMBER, town.redaction, NAME)
    copy = copied(version, town.redaction)
    certificate = json.loads(burning.certificate_of(copy))
    assert certificate["copy"]["sha256"] == copy.sha256 == copy.file.sha256
    assert certificate["source"]["sha256"] == copy.source_sha256
    assert certificate["original"]["sha256"] == version.sha256
    assert {tuple(one["reviewers"]) for one in certificate["boxes"]} == {(town.redaction.display,)}
    assert certificate["grounds"] == [{"ground": "个人信息（姓名）", "boxes": 2}]
    assert {probe["result"] for probe in certificate["probes"]} <= {"nothing", "not run"}
    assert "李四光" not in copy.certificate_sealed
    line = JournalEntry.objects.get(subject=version.holding.case.subject_ref, key="case.disclosed_copy")
    assert (line.data["certificate"], line.data["copy"]) == (copy.certificate_sha256, copy.sha256)


def test_a_copy_with_an_identity_number_left_open_is_not_released_and_says_where(town, version):
    mark_text(version, "李四光", town.handler)
    copy = copied(version, town.handler)
    assert (copy.status, copy.file, copy.certificate_sealed) == ("refused", None, "")
    assert "第1页" in copy.reason
    assert copy.findings[0]["page"] == 1
    assert NUMBER not in json.dumps(copy.findings) + copy.reason


def test_nothing_is_made_while_a_mark_is_undecided_or_the_whole_document_is_withheld(town, version):
    draw.draw(
        version_id=version.pk, page=1, boxes=[(10, 10, 50, 50)], ground=PRIVACY, made_by="keyboard", wish=True,
        **who(town.handler),
    )  # fmt: skip
    with pytest.raises(NotNow, match="undecided") as refused:
        begin.ask_for_copy(version_id=version.pk, **who(town.handler))
    assert "第1页" in refused.value.message
    reject(version, version.redaction_marks.get(), town.handler, "无关内容")
    draw.withhold_document(version_id=version.pk, ground=PRIVACY, **who(town.handler))
    with pytest.raises(NotNow, match="withheld"):
        begin.ask_for_copy(version_id=version.pk, **who(town.handler))


def test_asked_twice_it_is_made_once_and_a_changed_mark_voids_it(town, version):
    everywhere(version, NUMBER, town.handler, NAME)
    first = begin.ask_for_copy(version_id=version.pk, **who(town.handler))
    assert begin.ask_for_copy(version_id=version.pk, **who(town.handler)).pk == first.pk
    assert burning.waiting(at(DAY)) == [first.pk]
    assert burning.run(first.pk, now=at(DAY)) == "passed"
    assert burning.run(first.pk, now=at(DAY)) == ""
    assert begin.ask_for_copy(version_id=version.pk, **who(town.handler)).pk == first.pk
    box(version, town.handler, 300, 500, 350, 530)
    first.refresh_from_db()
    assert (first.status, first.reason) == ("void", "遮盖标记有改动，须重新制作")
    assert copied(version, town.handler).number == 2


def test_marks_changed_while_it_burns_leave_no_copy(town, version, monkeypatch):
    everywhere(version, NUMBER, town.handler, NAME)
    real = apart.burn_apart

    def meanwhile(*args, **more):
        made = real(*args, **more)
        box(version, town.handler, 300, 500, 350, 530)
        return made

    monkeypatch.setattr(burning, "burn_apart", meanwhile)
    copy = copied(version, town.handler)
    assert (copy.status, copy.file) == ("void", None)


def test_a_burn_that_breaks_says_so_and_is_not_tried_for_ever(town, version, monkeypatch):
    everywhere(version, NUMBER, town.handler, NAME)
    monkeypatch.setattr(apart, "ROOT", version_root := apart.ROOT.parent)
    copy = copied(version, town.handler)
    assert version_root != apart.__file__
    assert (copy.status, copy.reason) == ("failed", apart.BROKEN)
    monkeypatch.undo()
    again = begin.ask_for_copy(version_id=version.pk, **who(town.handler))
    DisclosedCopy.objects.filter(pk=again.pk).update(tries=burning.MOST_TRIES)
    assert burning.run(again.pk, now=at(DAY)) == "failed"


def test_a_page_withheld_is_black_from_edge_to_edge(town):
    version = listed(town, handled(town), pdf_of("alpha", "beta"), name="表.pdf")
    draw.withhold_page(version_id=version.pk, page=2, ground=PRIVACY, **who(town.handler))
    copy = copied(version, town.handler)
    assert copy.status == "passed"
    content = files.read(copy.file)
    second = page_of(content, 2)
    assert _ink(second) > 0.95 * second.width * second.height
    assert _ink(page_of(content, 1)) < 0.05 * second.width * second.height
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 2


def _checked_town() -> tuple[Town, HoldingVersion, DisclosedCopy]:
    town = make_town()
    two_persons(town)
    version = listed(town, handled(town))
    mark_text(version, "李四光", town.redaction)
    mark_text(version, NUMBER, town.redaction, NAME)
    return town, version, copied(version, town.redaction)


def test_where_the_office_wants_it_another_person_pages_through_the_changed_pages():
    town, _version, copy = _checked_town()
    assert copy.status == "to_check"
    with pytest.raises(NotSeparated):
        check.look(copy_id=copy.pk, page=1, **who(town.redaction))
    with pytest.raises(NotYourRole):
        check.pass_copy(copy_id=copy.pk, **who(town.intake))
    other = add_person(town, "redaction")
    with pytest.raises(NotNow, match="pages_unseen"):
        check.pass_copy(copy_id=copy.pk, **who(other))
    assert check.look(copy_id=copy.pk, page=1, **who(other)) == []
    passed = check.pass_copy(copy_id=copy.pk, **who(other))
    assert (passed.status, passed.checked_by, passed.checked_on) == ("passed", other, DAY)
    assert JournalEntry.objects.filter(key="case.copy_passed").exists()
    with pytest.raises(NotNow, match="not_to_check"):
        check.return_copy(copy_id=copy.pk, reason="漏了一处", **who(other))


def test_a_copy_that_is_returned_does_not_go_out():
    town, version, copy = _checked_town()
    other = add_person(town, "redaction")
    returned = check.return_copy(copy_id=copy.pk, reason="第1页漏了一处", **who(other))
    assert returned.status == "returned"
    assert copied(version, town.redaction).number == 2


PARTIAL = {
    "outcome": "partial", "grounds": ["条例第十五条"], "reason": "所涉姓名、号码属于个人信息，公开会损害第三方合法权益。",
    "facts": {"provided": "征收补偿清单1份", "withheld": "清单中的姓名、身份证号码"},
}  # fmt: skip


def _to_signing(town: Town, case: Case, outcome: dict = PARTIAL) -> Case:
    searched(town, case)
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **outcome)
    send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    return Case.objects.get(pk=case.pk)


def _cleared(town: Town, case: Case) -> Case:
    for kind in ("secrecy", "redaction"):
        case = review.clear(
            case_id=case.pk, kind=kind, by=town.people[kind], on=DAY, now=at(DAY), opinion="同意。",
            seen_sha256=case.current_draft().body_sha256,
        )  # fmt: skip
    return case


def test_a_reply_is_not_signed_before_the_copy_has_passed_and_goes_out_with_it(town, version):
    case = version.holding.case
    everywhere(version, "李四光", town.handler)
    everywhere(version, NUMBER, town.handler, NAME)
    third = NOTHING | {"refuse_third_party": (True, "姓名、身份证号码属于个人隐私")}
    agreed(town, begun(town, version.holding, conclusion="partial", ticks=third))
    case = _cleared(town, _to_signing(town, Case.objects.get(pk=case.pk)))
    sha = case.current_draft().body_sha256
    with pytest.raises(NotNow, match="copies_passed") as refused:
        sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha)
    assert refused.value.message == "材料1《征收补偿清单》还没有制作公开副本"


def test_a_new_version_of_the_file_blocks_the_signature_with_the_reason(town, version):
    everywhere(version, NUMBER, town.handler, NAME)
    assert copied(version, town.handler).status == "passed"
    case = _to_signing(town, version.holding.case)
    assert standing.why_not_signed(case) is None
    version.pk, version.number = None, 2
    version._state.adding = True
    version.save()
    case = Case.objects.get(pk=case.pk)
    assert (
        standing.why_not_signed(case)
        == "材料1《征收补偿清单》换了新版本，此前的公开副本失效，请重新遮盖、制作公开副本"
    )


def test_a_document_withheld_as_a_whole_needs_no_copy(town, version):
    draw.withhold_document(version_id=version.pk, ground=PRIVACY, **who(town.handler))
    case = _to_signing(town, version.holding.case)
    assert standing.why_not_signed(case) is None
    told = standing.told_by_marks(case)[1]
    assert (told.grounds, told.withheld) == (("条例第十五条",), "《征收补偿清单》全文")


def test_a_document_without_a_mark_goes_out_as_a_copy_as_well(town):
    version = listed(town, handled(town), "土地征收公告\n".encode(), plan="disclose")
    case = _to_signing(town, version.holding.case, DISCLOSE)
    assert "还没有制作公开副本" in standing.why_not_signed(case)
    assert copied(version, town.redaction).status == "passed"
    assert standing.why_not_signed(Case.objects.get(pk=case.pk)) is None


def test_the_letters_grounds_and_its_legend_come_from_the_marks(town, version):
    everywhere(version, "张三丰", town.handler)
    mark_text(version, "13800000000", town.handler, PHONE)
    case = version.holding.case
    told = standing.told_by_marks(case)[1]
    assert told.grounds == ("条例第十五条",)
    assert told.withheld == "《征收补偿清单》中的姓名2处、手机号码1处"
    assert linting.register(case, on=DAY)["redactions"] == {"1": [{"ground": "条例第十五条", "count": 3}]}
    box(version, town.handler, 300, 500, 350, 530, ground=type(PRIVACY)("article", "条例第十六条第一款"))
    with pytest.raises(linting.Blocked) as blocked:
        _to_signing(town, case)
    assert "redaction_grounds" in {one.rule for one in blocked.value.findings}


def test_the_process_that_burns_is_told_nothing_of_the_server(town, version, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "must-not-travel")
    seen = {}
    real = apart.subprocess.Popen

    def spy(*args, **more):
        seen.update(more["env"])
        return real(*args, **more)

    monkeypatch.setattr(apart.subprocess, "Popen", spy)
    everywhere(version, NUMBER, town.handler, NAME)
    assert copied(version, town.handler).status == "passed"
    assert set(seen) == {"PATH", "LANG", "HOME", "TMPDIR"}
    assert os.environ["SECRET_KEY"] not in seen.values()


def test_where_the_reply_is_served_online_its_applicant_downloads_the_copies_and_nobody_else(town, version):
    everywhere(version, NUMBER, town.handler, NAME)
    copy = copied(version, town.handler)
    third = NOTHING | {"refuse_third_party": (True, "身份证号码属于个人隐私")}
    agreed(town, begun(town, version.holding, conclusion="partial", ticks=third))
    case = _cleared(town, _to_signing(town, Case.objects.get(pk=version.holding.case_id)))
    assert joining.given(case) == []
    sha = case.current_draft().body_sha256
    case = sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha)
    copy.refresh_from_db()
    assert copy.reply.kind == "reply_partial"
    address = reverse("portal:document", args=[copy.pk])
    assert following(case).get(address).status_code == 404
    case = serve.serve(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY, seal=SEALED
    )
    applicant = following(case)
    assert "征收补偿清单" in applicant.get("/follow/case/").content.decode()
    for _ in range(2):
        assert applicant.get(address).content == files.read(copy.file)
    assert JournalEntry.objects.filter(key="case.copy_given", by_ref=f"applicant:case:{case.pk}").count() == 1
    assert following(handled(town)).get(address).status_code == 404


def test_quarantine_takes_the_copy_and_what_the_marks_were_made_for(town, version):
    mark = mark_text(version, NUMBER, town.handler, NAME)
    copy = copied(version, town.handler)
    with transaction.atomic():
        case = Case.objects.locked(version.holding.case_id)
        quarantine.put(case, version.holding, by=town.secrecy, on=DAY, now=at(DAY))
    copy.refresh_from_db()
    mark.refresh_from_db()
    assert (copy.status, copy.file, copy.certificate_sealed) == ("void", None, "")
    assert (mark.text_sealed, mark.text_hash, mark.status) == ("", "", "accepted")

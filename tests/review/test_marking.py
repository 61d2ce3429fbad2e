"""Marks: drawn, chosen by text, everywhere, suggested; settled with a reason, remembered, journaled, never deleted."""

from __future__ import annotations

import sys
import types
import uuid

import pytest

from office.models import JournalEntry
from tests.review.rooms import (
    LIST,
    NAME,
    NUMBER,
    PHONE,
    PRIVACY,
    box,
    everywhere,
    listed,
    mark_text,
    reject,
    text_of,
    who,
)
from tests.workflow.factories import DAY, add_person, at, handled, make_town, signing
from workflow.errors import BadRequest, NotNow, NotYourRole, Stale
from workflow.models import Redacting, RedactionMark
from workflow.review import sealed_json
from workflow.review.marking import choose_text, detecting, draw, place, settle, suggest
from workflow.review.marking.doing import GroundData
from workflow.review.redaction.locate import boxes_of
from workflow.selectors.access import may_see

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def version(town):
    return listed(town, handled(town))


def test_a_stretch_of_text_becomes_a_mark_with_its_place_ground_and_author(town, version):
    mark = mark_text(version, "13800000000", town.handler, PHONE)
    assert (mark.layer, mark.status, mark.made_by, mark.printed) == (
        "reviewer",
        "accepted",
        "text",
        "个人信息（手机号码）",
    )
    assert mark.cited == "条例第十五条"
    x0, y0, x1, y1 = mark.points[0]
    page = version.copy.pages.get()
    assert 0 < x0 < x1 < page.width_pt
    assert 5 < y1 - y0 < 40
    assert sealed_json.unseal(version.holding.case.subject_ref, mark.text_sealed) == "13800000000"
    assert "138" not in mark.text_sealed
    line = JournalEntry.objects.get(subject=f"redaction:{version.pk}")
    assert line.data == {"holding": 1, "version": 1, "page": 1, "ground": "mobile"}


def test_all_like_this_reaches_every_document_of_the_case_and_nothing_is_marked_twice(town, version):
    other = listed(town, version.holding.case, "会议记录\n张 三 丰同意。\n".encode(), title="会议记录")
    mark_text(version, "张三丰", town.handler)
    spread = everywhere(version, "张三丰", town.handler)
    assert (spread.marked, spread.covered, spread.documents, spread.pages) == (2, 1, 2, 2)
    assert other.redaction_marks.get().made_by == "everywhere"
    again = everywhere(version, "张三丰", town.handler)
    assert (again.marked, again.covered) == (0, 3)
    with pytest.raises(BadRequest, match="nowhere"):
        everywhere(version, "王五", town.handler)
    only = everywhere(version, "13900000001", town.handler, PHONE, whole_set=False)
    assert (only.marked, only.documents) == (1, 1)


@pytest.mark.parametrize(
    ("edges", "kept"),
    [((10, 20, 60, 40), [1000, 2000, 6000, 4000]), ((60, 40, 10, 20), [1000, 2000, 6000, 4000]), ((-50, -50, 30, 30), [0, 0, 3000, 3000])],
)  # fmt: skip
def test_a_box_is_kept_as_it_is_drawn_and_cut_to_its_page(town, version, edges, kept):
    assert box(version, town.handler, *edges).boxes == [kept]


@pytest.mark.parametrize(
    "edges", [(700, 20, 800, 40), (10, 10, 10.5, 40), (float("nan"), 1, 2, 3), (float("inf"), 1, 2, 3)]
)
def test_a_box_that_covers_nothing_is_refused(town, version, edges):
    with pytest.raises(BadRequest):
        box(version, town.handler, *edges)
    assert not RedactionMark.objects.exists()


@pytest.mark.parametrize(
    "ground", [("article", "条例第十三条"), ("personal", "shoe_size"), ("other_law", "内部规定"), ("", "")]
)
def test_a_mark_needs_a_ground_that_exists(town, version, ground):
    with pytest.raises(BadRequest):
        box(version, town.handler, 10, 10, 50, 50, ground=GroundData(*ground))


def test_the_first_to_draw_is_the_first_reviewer_and_others_the_second_layer(town, version):
    box(version, town.redaction, 10, 10, 50, 50)
    second = box(version, town.handler, 60, 10, 90, 50)
    assert second.layer == "second"
    assert box(version, town.redaction, 10, 60, 50, 90).layer == "reviewer"
    wish = draw.draw(
        version_id=version.pk, page=1, boxes=[(100, 10, 150, 50)], ground=PRIVACY, made_by="keyboard", wish=True,
        **who(town.handler),
    )[0]  # fmt: skip
    assert (wish.layer, wish.status) == ("wish", "open")


def test_a_whole_page_and_a_whole_document_are_withheld_once(town, version):
    draw.withhold_page(version_id=version.pk, page=1, ground=PRIVACY, **who(town.handler))
    with pytest.raises(BadRequest, match="withheld_already"):
        draw.withhold_page(version_id=version.pk, page=1, ground=PRIVACY, **who(town.handler))
    with pytest.raises(BadRequest, match="no_such_page"):
        draw.withhold_page(version_id=version.pk, page=2, ground=PRIVACY, **who(town.handler))
    mark = draw.withhold_document(version_id=version.pk, ground=PRIVACY, **who(town.handler))[0]
    assert (mark.extent, mark.page, mark.boxes) == ("document", None, [])


def test_who_takes_back_an_own_mark_says_nothing_and_whoever_rejects_anothers_says_why(town, version):
    mark = box(version, town.redaction, 10, 10, 50, 50)
    with pytest.raises(BadRequest, match="no_reason"):
        reject(version, mark, town.handler)
    assert reject(version, mark, town.redaction).reason == "标记人撤回"
    with pytest.raises(BadRequest, match="mark_settled"):
        reject(version, mark, town.redaction, "再次")
    assert RedactionMark.objects.count() == 1


def test_an_own_mark_moves_and_anothers_stays_on_record_as_changed(town, version):
    mark = box(version, town.redaction, 10, 10, 50, 50)
    moved = settle.change(
        version_id=version.pk, mark_id=mark.pk, boxes=[(12, 12, 52, 52)], **who(town.redaction)
    )
    assert (moved.pk, moved.boxes) == (mark.pk, [[1200, 1200, 5200, 5200]])
    new = settle.change(version_id=version.pk, mark_id=mark.pk, ground=PHONE, **who(town.handler))
    mark.refresh_from_db()
    assert (mark.status, mark.became_id, new.layer, new.ground) == ("changed", new.pk, "second", "mobile")
    same = settle.change(version_id=version.pk, mark_id=new.pk, ground=PHONE, **who(town.handler))
    assert same.pk == new.pk


def test_a_form_sent_twice_marks_once(town, version):
    act_id = uuid.uuid4()
    for _ in range(2):
        draw.draw(
            version_id=version.pk, page=1, boxes=[(10, 10, 50, 50)], ground=PRIVACY, made_by="mouse", act_id=act_id,
            **who(town.handler),
        )  # fmt: skip
    assert RedactionMark.objects.count() == 1


def test_who_may_mark_and_when(town, version):
    for role in ("intake", "head", "signatory", "admin", "archivist", "supervisor"):
        with pytest.raises(NotYourRole):
            box(version, town.people[role], 10, 10, 50, 50)
    with pytest.raises(NotYourRole):
        box(version, add_person(town, "handler", unit=town.unit), 10, 10, 50, 50)
    with pytest.raises(NotYourRole):
        box(version, make_town().redaction, 10, 10, 50, 50)
    late = listed(town, signing(town), title="另一份")
    with pytest.raises(NotNow, match="wrong_state"):
        box(late, town.redaction, 10, 10, 50, 50)
    version.holding.status, version.holding.quarantined_at = "quarantined", at(DAY)
    version.holding.save()
    with pytest.raises(NotNow, match="quarantined"):
        box(version, town.redaction, 10, 10, 50, 50)
    assert not RedactionMark.objects.exists()


def test_an_old_version_is_not_marked_any_more(town, version):
    version.pk, version.number = None, 2
    version._state.adding = True
    version.save()
    with pytest.raises(Stale):
        box(version.holding.versions.get(number=1), town.handler, 10, 10, 50, 50)


def test_a_redaction_reviewer_sees_the_case_once_its_redaction_has_begun(town, version):
    case = version.holding.case
    assert not may_see(town.redaction, case.pk)
    box(version, town.handler, 10, 10, 50, 50)
    assert may_see(town.redaction, case.pk)
    assert not may_see(make_town().redaction, case.pk)


@pytest.fixture
def detectors(monkeypatch):
    """Stand in for the detectors: every number that looks like a mobile one, and a name."""
    module = types.ModuleType(detecting.MODULE)

    def find_on_page(glyphs):
        text = "".join(glyph.char for glyph in glyphs)
        for word, kind, sure in (
            ("13800000000", "mobile", 0.99),
            ("13900000001", "mobile", 0.6),
            ("李四光", "name", 0.7),
        ):
            start = text.find(word)
            if start >= 0:
                places = range(start, start + len(word))
                found = types.SimpleNamespace(kind=kind, reason="号段有效", confidence=sure, rule=kind)
                yield types.SimpleNamespace(
                    found=found, places=places, boxes=boxes_of([glyphs[place] for place in places])
                )

    module.find_on_page = find_on_page
    monkeypatch.setitem(sys.modules, detecting.MODULE, module)


def _suggested(version, town):
    suggest.ask(version_id=version.pk, **who(town.redaction))
    return suggest.find(version.pk, now=at(DAY))


def test_suggestions_are_open_until_a_person_settles_them_and_a_rejected_one_is_remembered(
    town, version, detectors
):
    assert _suggested(version, town) == 3
    marks = {mark.ground + str(mark.confidence): mark for mark in version.redaction_marks.all()}
    assert {mark.status for mark in marks.values()} == {"open"}
    assert marks["mobile99"].author is None
    reject(version, marks["name70"], town.redaction, "公开的历史人物")
    assert settle.accept_kind(version_id=version.pk, kind="mobile", sure_from=90, **who(town.redaction)) == 1
    settle.accept(version_id=version.pk, mark_id=marks["mobile60"].pk, ground=PRIVACY, **who(town.redaction))
    marks["mobile60"].refresh_from_db()
    assert (marks["mobile60"].ground, marks["mobile60"].settled_by) == ("条例第十五条", town.redaction)
    assert _suggested(version, town) == 0
    note = Redacting.objects.get(version=version).detect_note
    assert note == "共找到3处，其中新的0处；1处与本件材料中已经不采纳的相同，没有再次提出"
    with pytest.raises(BadRequest, match="nothing_to_accept"):
        settle.accept_kind(version_id=version.pk, kind="mobile", **who(town.redaction))


def test_a_rejected_suggestion_is_remembered_in_the_next_version_of_the_document(town, version, detectors):
    _suggested(version, town)
    name = version.redaction_marks.get(ground="name")
    reject(version, name, town.redaction, "公开的历史人物")
    newer = listed(town, version.holding.case, LIST + "附注\n".encode())
    newer.holding_id, newer.number = version.holding_id, 2
    newer.save()
    assert _suggested(newer, town) == 2
    assert not newer.redaction_marks.filter(ground="name").exists()


def test_detectors_that_are_not_there_or_break_are_said_on_the_document(town, version, monkeypatch):
    monkeypatch.setattr(detecting, "MODULE", "workflow.review.redaction.no_such_detectors")
    _suggested(version, town)
    told = Redacting.objects.get(version=version)
    assert (told.detect_state, told.detect_note) == ("missing", detecting.ABSENT)

    def broken():
        raise RuntimeError(NUMBER)

    monkeypatch.setattr(detecting, "detectors", broken)
    _suggested(version, town)
    told.refresh_from_db()
    assert told.detect_state == "failed"
    assert "RuntimeError" in told.detect_note
    assert NUMBER not in told.detect_note


def test_where_a_person_left_off_is_remembered(town, version):
    who_where = {"version": version, "by": town.redaction, "now": at(DAY)}
    place.remember(**who_where, held=None, page=3, zoom=150, turn=90, hidden=["wish", "x"])
    held = place.RoomPlace.objects.get()
    assert (held.page, held.zoom, held.turn, held.hidden) == (3, 150, 90, ["wish"])
    place.remember(**who_where, held=held, page=4, zoom=151, turn=91, hidden=[])
    held.refresh_from_db()
    assert (held.page, held.zoom, held.turn, held.hidden) == (4, 100, 0, [])


def test_a_text_is_found_however_it_is_spaced(town):
    version = listed(town, handled(town), "电话１３８ 0000 0000，又 138-0000-0000。\n".encode())
    assert everywhere(version, "13800000000", town.handler, PHONE).marked == 2
    with pytest.raises(BadRequest, match="no_text"):
        everywhere(version, "  ", town.handler)
    with pytest.raises(BadRequest, match="bad_stretch"):
        choose_text.choose_text(
            version_id=version.pk, page=1, start=5, end=5000, ground=NAME, **who(town.handler)
        )
    assert "１３８" in text_of(version)


def test_a_rule_for_a_kind_reaches_every_document_of_the_case(town, version, detectors):
    other = listed(town, version.holding.case, LIST + "另册\n".encode())
    _suggested(version, town)
    _suggested(other, town)
    count = settle.accept_kind(
        version_id=version.pk, kind="mobile", sure_from=90, whole_set=True, **who(town.redaction)
    )
    assert count == 2
    assert [mark.confidence for mark in other.redaction_marks.filter(status="accepted")] == [99]
    told = JournalEntry.objects.filter(subject=f"redaction:{other.pk}", key="redaction.rule").get()
    assert told.data["count"] == 1


def test_a_rejection_is_remembered_in_every_document_of_the_case(town, version, detectors):
    _suggested(version, town)
    reject(version, version.redaction_marks.get(ground="name"), town.redaction, "公开的历史人物")
    other = listed(town, version.holding.case, LIST + "另册\n".encode())
    assert _suggested(other, town) == 2
    assert "1处与本件材料中已经不采纳的相同" in Redacting.objects.get(version=other).detect_note
    elsewhere = listed(town, handled(town))
    assert _suggested(elsewhere, town) == 3


def test_all_suggestions_of_the_same_text_are_rejected_at_once(town, version, detectors):
    other = listed(town, version.holding.case, LIST + "另册\n".encode())
    _suggested(version, town)
    _suggested(other, town)
    name = version.redaction_marks.get(ground="name")
    given = {"version_id": version.pk, "mark_id": name.pk, **who(town.redaction)}
    with pytest.raises(BadRequest, match="no_reason"):
        settle.reject_same(reason=" ", **given)
    assert settle.reject_same(reason="公开的历史人物", **given) == 2
    assert {mark.status for mark in RedactionMark.objects.filter(ground="name")} == {"rejected"}
    assert {mark.status for mark in RedactionMark.objects.filter(ground="mobile")} == {"open"}
    own = mark_text(version, "水田", town.redaction)
    with pytest.raises(BadRequest, match="no_suggestion"):
        settle.reject_same(reason="误", **given | {"mark_id": own.pk})

"""An edited working copy: a new draft, compared, linted, reviewed and signed anew as the system's own text."""

from __future__ import annotations

from typing import Any

import pytest

from letters import working_copy
from letters.models import Paper
from letters.own import changes
from letters.own.contract import editable
from letters.own.titles import base_of
from letters.working_copy import BadWorkingCopy
from office.errors import Refusal
from office.models import JournalEntry
from tests.letters.copies import edited, more_words, paragraph
from tests.workflow.factories import (
    DAY,
    DISCLOSE,
    REFUSE,
    Town,
    add_person,
    at,
    clear,
    handled,
    make_town,
    reviewing,
    searched,
)  # fmt: skip
from workflow.actions import propose, review, send_to_review, sign
from workflow.actions.import_draft import drop_edit, import_draft
from workflow.drafting import next_reply, system_reply
from workflow.errors import NotNow
from workflow.models import Case, DraftEdit
from workflow.requests import FileData
from workflow.selectors.documents import read_draft, working_copy_docx

pytestmark = pytest.mark.django_db
WORDS = "以上情况特此说明。"
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}


@pytest.fixture
def town() -> Town:
    return make_town()


def proposed(town: Town, **proposal: Any) -> Case:
    case = searched(town, handled(town))
    return propose.propose(case_id=case.pk, by=town.handler, item_seq=1, **WHEN, **(proposal or DISCLOSE))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def exported(town: Town, case: Case) -> bytes:
    made = working_copy_docx(fresh(case), town.handler, on=DAY)
    assert made is not None
    return made.content


def imported(town: Town, case: Case, content: bytes) -> Case:
    copy = FileData("工作稿.docx", content, kind="other")
    return import_draft(case_id=case.pk, by=town.handler, edited_copy=copy, **WHEN)


def to_review(town: Town, case: Case) -> Case:
    return send_to_review.send_to_review(case_id=case.pk, by=town.handler, **WHEN)


def signed(town: Town, case: Case) -> Paper:
    clear(town, fresh(case), "secrecy")
    clear(town, fresh(case), "redaction")
    sha = fresh(case).current_draft().body_sha256
    sign.sign(case_id=case.pk, by=town.signatory, seen_sha256=sha, **WHEN)
    return Paper.objects.get(subject_ref=case.subject_ref, kind__startswith="reply")


def test_what_is_signed_is_the_systems_text_with_the_offices_words(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    shown = read_draft(fresh(case), on=DAY)
    assert shown.edit is not None
    assert [line.what for line in shown.edit.lines if line.what != "same"] == ["gone", "added"]
    to_review(town, case)
    draft = fresh(case).current_draft()
    assert draft.edit_id == DraftEdit.objects.get().pk
    assert read_draft(fresh(case), on=DAY).sha256 == draft.body_sha256
    paper = signed(town, case)
    frozen = paper.frozen()
    assert WORDS in frozen["text"]
    assert paper.number_text in frozen["text"]
    assert paper.body_sha256 == draft.body_sha256
    for words in ("申请行政复议", "提起行政诉讼", "联系电话"):
        assert words in frozen["text"]
    assert DraftEdit.objects.get().status == "signed"
    assert fresh(case).current_edit() is None
    keys = JournalEntry.objects.filter(subject=case.subject_ref).values_list("key", flat=True)
    assert "case.import_draft" in keys


def test_every_review_of_the_old_draft_is_void_and_the_new_one_is_approved_again(town: Town) -> None:
    case = reviewing(town)
    old = fresh(case).current_draft()
    clear(town, fresh(case), "secrecy")
    review.send_back(case_id=case.pk, by=town.people["redaction"], reason="请补充说明", **WHEN)
    imported(town, case, more_words(exported(town, case), WORDS))
    to_review(town, case)
    new = fresh(case).current_draft()
    assert new.body_sha256 != old.body_sha256
    assert new.version == 2
    assert {row.status for row in old.reviews.all()} == {"void", "returned"}
    assert {row.status for row in new.reviews.all()} == {"pending"}
    with pytest.raises(Refusal, match="新稿"):
        review.clear(
            case_id=case.pk,
            kind="secrecy",
            by=town.people["secrecy"],
            opinion="同意。",
            seen_sha256=old.body_sha256,
            **WHEN,
        )
    assert WORDS in signed(town, case).frozen()["text"]


def test_an_edit_stays_in_use_after_it_was_sent_back_and_can_be_gone_on_with(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    to_review(town, case)
    review.send_back(case_id=case.pk, by=town.people["secrecy"], reason="请再说明一点", **WHEN)
    again = exported(town, case)
    assert WORDS in " ".join(p.text for p in working_copy.read(again).paragraphs)
    imported(town, case, more_words(again, "请知悉。"))
    assert sorted(DraftEdit.objects.values_list("status", flat=True)) == ["dropped", "open"]
    to_review(town, case)
    text = signed(town, case).frozen()["text"]
    assert WORDS in text
    assert "请知悉。" in text


def edited_by(person: Any, case: Case, words: str) -> FileData:
    """Return the working copy as a person gets it, with other words."""
    made = working_copy_docx(fresh(case), person, on=DAY)
    assert made is not None
    return FileData("工作稿.docx", more_words(made.content, words), kind="other")


@pytest.mark.parametrize("role", ["secrecy", "redaction"])
def test_a_reviewer_sends_the_draft_back_with_the_words_it_should_have(town: Town, role: str) -> None:
    case = proposed(town)
    to_review(town, case)
    person, old = town.people[role], fresh(case).current_draft()
    copy = edited_by(person, case, WORDS)
    for name in town.people.keys() - {"secrecy", "redaction"}:
        assert working_copy_docx(fresh(case), town.people[name], on=DAY) is None, name
    review.send_back(case_id=case.pk, by=person, reason="请用所附文字", edited_copy=copy, **WHEN)
    case = fresh(case)
    assert (case.state, DraftEdit.objects.get().by) == ("handling", person)
    assert working_copy_docx(case, person, on=DAY) is None
    shown = read_draft(case, on=DAY)
    assert shown.edit is not None
    assert shown.edit.by == person.display
    assert [line.what for line in shown.edit.lines if line.what != "same"] == ["gone", "added"]
    assert {row.status for row in old.reviews.all()} == {"void", "returned"}
    to_review(town, case)
    new = fresh(case).current_draft()
    assert (new.drafter, {row.status for row in new.reviews.all()}) == (town.handler, {"pending"})
    assert WORDS in signed(town, case).frozen()["text"]


def test_a_signatory_declines_with_other_words_and_every_review_is_done_anew(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), "请知悉。"))
    to_review(town, case)
    clear(town, fresh(case), "secrecy")
    clear(town, fresh(case), "redaction")
    copy = edited_by(town.signatory, case, WORDS)
    assert "请知悉。" in " ".join(one.text for one in working_copy.read(copy.content).paragraphs)
    review.decline(case_id=case.pk, by=town.signatory, reason="请用所附文字", edited_copy=copy, **WHEN)
    assert sorted(DraftEdit.objects.values_list("status", flat=True)) == ["dropped", "open"]
    to_review(town, case)
    assert {row.status for row in fresh(case).current_reviews()} == {"pending"}
    text = signed(town, case).frozen()["text"]
    assert WORDS in text
    assert "请知悉。" in text


@pytest.mark.parametrize(
    ("content", "message"), [(b"%PDF-1.7", "不是完整的 docx"), (None, "没有可以导入的修改")]
)
def test_a_bad_copy_sends_nothing_back(town: Town, content: bytes | None, message: str) -> None:
    case = proposed(town)
    to_review(town, case)
    made = working_copy_docx(fresh(case), town.people["secrecy"], on=DAY)
    assert made is not None
    copy = FileData("工作稿.docx", made.content if content is None else content, kind="other")
    with pytest.raises(Refusal, match=message) as found:
        review.send_back(case_id=case.pk, by=town.people["secrecy"], reason="请改", edited_copy=copy, **WHEN)
    assert found.value.field == "edited_copy"
    assert (fresh(case).state, DraftEdit.objects.exists()) == ("reviewing", False)
    assert {row.status for row in fresh(case).current_reviews()} == {"pending"}


def test_a_dropped_edit_gives_the_systems_draft_again(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    drop_edit(case_id=case.pk, by=town.handler, **WHEN)
    with pytest.raises(NotNow, match="没有导入过修改稿"):
        drop_edit(case_id=case.pk, by=town.handler, **WHEN)
    to_review(town, case)
    assert WORDS not in signed(town, case).frozen()["text"]


def test_a_changed_proposal_makes_the_edit_void_and_says_so(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    changed = DISCLOSE | {"facts": {"provided": "随本答复书提供纸质复印件2份，共24页"}}
    propose.propose(case_id=case.pk, by=town.handler, item_seq=1, **WHEN, **changed)
    with pytest.raises(NotNow, match="重新导出工作稿"):
        to_review(town, case)
    assert WORDS not in " ".join(p.text for p in working_copy.read(exported(town, case)).paragraphs)
    drop_edit(case_id=case.pk, by=town.handler, **WHEN)
    to_review(town, case)


def test_an_edit_that_would_lose_does_not_go_to_review(town: Town) -> None:
    case = proposed(town, **REFUSE)

    def edit(document: Any) -> None:
        found = paragraph(document, "本机关决定不予公开")
        found.runs[0].text = found.text.replace("本机关决定不予公开", "本机关决定暂缓提供")

    imported(town, case, edited(exported(town, case), edit))
    assert any(f.rule == "edit_lost_decision" for f in read_draft(fresh(case), on=DAY).findings)
    with pytest.raises(NotNow, match="少了“不予公开”的决定"):
        to_review(town, case)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "不是完整的 docx"), (b"%PDF-1.7", "不是完整的 docx"), (None, "没有可以导入的修改")],
)
def test_a_bad_copy_changes_nothing(town: Town, content: bytes | None, message: str) -> None:
    case = proposed(town)
    with pytest.raises(Refusal, match=message) as found:
        imported(town, case, exported(town, case) if content is None else content)
    assert found.value.field in ("edited_copy",)
    assert not DraftEdit.objects.exists()
    assert fresh(case).version == case.version


def test_a_copy_of_another_case_is_refused(town: Town) -> None:
    one, other = proposed(town), proposed(town, **REFUSE)
    with pytest.raises(BadWorkingCopy, match="重新导出"):
        imported(town, one, more_words(exported(town, other)))


def test_only_the_handler_has_the_copy_and_takes_it_back(town: Town) -> None:
    case = proposed(town)
    content = more_words(exported(town, case), WORDS)
    colleague = add_person(town, "handler", unit=town.unit)
    for person in (*(p for name, p in town.people.items() if name != "handler"), colleague):
        assert working_copy_docx(fresh(case), person, on=DAY) is None
        with pytest.raises(Refusal):
            import_draft(case_id=case.pk, by=person, edited_copy=FileData("x.docx", content), **WHEN)
    to_review(town, case)
    assert working_copy_docx(fresh(case), town.handler, on=DAY) is None


def test_the_words_are_sealed_and_gone_with_the_key(town: Town) -> None:
    from office import keys

    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    row = DraftEdit.objects.get()
    assert WORDS not in row.words_sealed
    assert WORDS not in str(
        JournalEntry.objects.filter(subject=case.subject_ref).values_list("data", flat=True)
    )
    keys.shred(case.subject_ref, now=at(DAY))
    with pytest.raises(keys.Shredded):
        next_reply(fresh(case), on=DAY)


def test_an_offices_new_wording_makes_the_edit_void(town: Town) -> None:
    case = proposed(town)
    imported(town, case, more_words(exported(town, case), WORDS))
    text = editable(base_of("items/disclose", DAY).source)
    words = text.replace("经审查，", "经依法审查，", 1)
    assert words != text
    row = changes.save_draft(
        key="items/disclose",
        source=words,
        office=town.office,
        from_on=DAY,
        reason="统一用语",
        by=town.admin,
        **WHEN,
    )
    changes.propose(wording_id=row.pk, by=town.admin, **WHEN)
    changes.confirm(wording_id=row.pk, by=town.people["legal"], **WHEN)
    with pytest.raises(NotNow, match="文书文本有了改动"):
        to_review(town, case)
    assert "经依法审查" in system_reply(fresh(case), on=DAY).composed.text

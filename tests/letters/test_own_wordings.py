"""An office's own wordings: two persons, versions that stay, in force from their day, and the shipped one otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import letters
from letters import wordings
from letters.models import OwnWording, Paper
from letters.own import changes
from letters.own.contract import BadWording, editable
from letters.own.in_force import as_wording
from letters.own.titles import base_of
from office.errors import NeverDeleted, Refusal
from office.models import JournalEntry, Office, Post, User
from office.roles import Role
from tests.house.tree import python, read
from tests.letters import samples
from tests.letters.conftest import DAY, NOW, Signer

KEY = "supplement_notice"
LATER = DAY + timedelta(days=5)
OLD = "请注明上述登记编号。"
NEW = "请注明上述登记编号，并写明联系电话。"
pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def people(bureau: Office) -> dict[str, User]:
    made = {}
    for name, role, office in (
        ("admin", Role.ADMIN, bureau), ("legal", Role.LEGAL, bureau), ("above", Role.ADMIN, bureau.parent),
        ("handler", Role.HANDLER, bureau), ("above_legal", Role.LEGAL, bureau.parent),
    ):  # fmt: skip
        made[name] = User.objects.create(username=name, name=name)
        Post.objects.create(user=made[name], office=office, role=role, from_on=date(2020, 1, 1))
    return made


def source(old: str = OLD, new: str = NEW) -> str:
    text = editable(base_of(KEY, DAY).source)
    assert old in text
    return text.replace(old, new)


def draft(bureau: Office, by: User, **more) -> OwnWording:
    given = {"key": KEY, "source": source(), "office": bureau, "from_on": LATER, "reason": "便于联系", "by": by, "on": DAY,
             "now": NOW} | more  # fmt: skip
    return changes.save_draft(**given)


def in_force(bureau: Office, people: dict[str, User], **more) -> OwnWording:
    row = draft(bureau, people["admin"], **more)
    changes.propose(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    return changes.confirm(wording_id=row.pk, by=people["legal"], on=DAY, now=NOW)


def text_on(bureau: Office, day: date) -> str:
    facts = samples.facts(KEY) | {"office": bureau.facts()}
    return letters.compose_for_office(KEY, facts, on=day).text


def test_one_proposes_another_confirms_and_the_day_decides(bureau, people) -> None:
    row = draft(bureau, people["admin"])
    assert row.state == "草稿"
    changes.propose(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    assert NEW not in text_on(bureau, LATER)
    with pytest.raises(Refusal, match="起草人以外"):
        changes.confirm(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    done = changes.confirm(wording_id=row.pk, by=people["legal"], on=DAY, now=NOW)
    assert (done.version, done.state) == (1, "第1版")
    assert NEW not in text_on(bureau, LATER - timedelta(days=1))
    assert NEW in text_on(bureau, LATER)
    said = JournalEntry.objects.filter(subject=bureau.ref).order_by("seq").values_list("key", flat=True)
    assert list(said) == ["wording.proposed", "wording.confirmed"]


def test_a_letter_remembers_its_version_and_the_text_is_found_again(bureau, people) -> None:
    in_force(bureau, people)

    def issue(day: date) -> Paper:
        facts = samples.facts(KEY) | {"office": bureau.facts()}
        return letters.seal(
            kind=KEY, facts=facts, office=bureau, subject_ref="case:1", by=Signer(), on=day, now=NOW
        )

    before, after = issue(DAY), issue(LATER)
    assert before.wordings_used == [(KEY, before.wording_version)]
    assert before.wording_version == wordings.paper(KEY, DAY).version
    [(key, version)] = after.wordings_used
    assert (key, version) == (KEY, after.wording_version)
    code, _, _ = version.partition("-")
    found = OwnWording.objects.get(office=bureau, key=key, version=int(code.removeprefix("own")))
    assert as_wording(found).version == version
    assert NEW in found.source
    assert NEW in after.frozen()["text"]
    assert NEW not in before.frozen()["text"]


def test_a_reply_names_every_wording_it_was_made_from(bureau, people) -> None:
    text = editable(base_of("items/refuse_discretion", DAY).source)
    words = text.replace("本机关决定不予公开。", "本机关决定对该信息不予公开。")
    assert words != text
    in_force(bureau, people, key="items/refuse_discretion", source=words, from_on=DAY)
    facts = samples.facts("reply_mixed") | {"office": bureau.facts()}
    paper = letters.seal(
        kind="reply_mixed", facts=facts, office=bureau, subject_ref="case:1", by=Signer(), on=DAY, now=NOW
    )
    used = dict(paper.wordings_used)
    assert set(used) == {"reply", "items/disclose", "items/refuse_discretion", "items/not_exist"}
    assert used["items/refuse_discretion"].startswith("own1-")
    assert used["reply"].startswith("3-")
    assert "本机关决定对该信息不予公开。" in paper.frozen()["text"]


def test_another_office_keeps_the_shipped_wording(bureau, people) -> None:
    in_force(bureau, people, from_on=DAY)
    assert NEW in text_on(bureau, DAY)
    assert NEW not in text_on(bureau.parent, DAY)


def test_plain_compose_asks_no_database(bureau, people) -> None:
    in_force(bureau, people, from_on=DAY)
    facts = samples.facts(KEY) | {"office": bureau.facts()}
    with CaptureQueriesContext(connection) as queries:
        assert NEW not in letters.compose(KEY, facts, on=DAY).text
    assert len(queries) == 0


def test_texts_are_read_once_for_each_edition(bureau, people) -> None:
    in_force(bureau, people, from_on=DAY)
    text_on(bureau, DAY)
    facts = samples.facts(KEY) | {"office": bureau.facts()}
    with CaptureQueriesContext(connection) as queries:
        letters.compose_for_office(KEY, facts, on=DAY)
    assert len(queries) == 1


def test_versions_follow_each_other_and_the_shipped_one_comes_back_as_a_version(bureau, people) -> None:
    in_force(bureau, people, from_on=DAY)
    second = in_force(bureau, people, source=source(new="请注明登记编号。"), from_on=LATER)
    back = in_force(bureau, people, source="", from_on=LATER + timedelta(days=5))
    assert (second.version, back.version, back.restores) == (2, 3, True)
    assert NEW in text_on(bureau, DAY)
    assert "请注明登记编号。" in text_on(bureau, LATER)
    assert OLD in text_on(bureau, LATER + timedelta(days=5))


def test_a_confirmation_after_its_day_never_reaches_back(bureau, people) -> None:
    row = draft(bureau, people["admin"], from_on=DAY)
    changes.propose(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    done = changes.confirm(wording_id=row.pk, by=people["legal"], on=LATER, now=NOW)
    assert done.from_on == LATER
    assert NEW not in text_on(bureau, DAY)


def test_what_is_refused(bureau, people) -> None:
    admin = people["admin"]
    with pytest.raises(Refusal, match="不能早于今天"):
        draft(bureau, admin, from_on=DAY - timedelta(days=1))
    with pytest.raises(Refusal, match="没有修改"):
        draft(bureau, admin, source=editable(base_of(KEY, DAY).source))
    with pytest.raises(Refusal, match="无须恢复"):
        draft(bureau, admin, source=" ")
    with pytest.raises(Refusal, match="没有这一种"):
        draft(bureau, admin, key="nothing")
    with pytest.raises(BadWording, match="条例没有第六十一条"):
        draft(bureau, admin, source=source("第三十条的规定", "第六十一条的规定"))
    unreasoned = draft(bureau, admin, reason=" ")
    with pytest.raises(Refusal, match="请写明修改的理由"):
        changes.propose(wording_id=unreasoned.pk, by=admin, on=DAY, now=NOW)
    with pytest.raises(Refusal, match="只有起草人"):
        changes.propose(wording_id=draft(bureau, admin).pk, by=people["legal"], on=DAY, now=NOW)


def test_who_may(bureau, people) -> None:
    for name in ("handler", "above_legal"):
        with pytest.raises(Refusal, match="只有本机关的管理员"):
            draft(bureau, people[name])
    row = draft(bureau, people["above"])
    changes.propose(wording_id=row.pk, by=people["above"], on=DAY, now=NOW)
    for name in ("handler", "above_legal"):
        with pytest.raises(Refusal, match="只有本机关的管理员"):
            changes.confirm(wording_id=row.pk, by=people[name], on=DAY, now=NOW)
        with pytest.raises(Refusal, match="只有本机关的管理员"):
            changes.refuse(wording_id=row.pk, by=people[name], on=DAY, now=NOW, reason="不妥")


def test_a_draft_is_edited_by_its_author_until_it_is_proposed(bureau, people) -> None:
    row = draft(bureau, people["admin"])
    draft(bureau, people["admin"], draft_id=row.pk, source=source(new="请注明登记编号。"))
    assert OwnWording.objects.get().source.count("请注明登记编号。") == 1
    with pytest.raises(Refusal, match="不能再改"):
        draft(bureau, people["legal"], draft_id=row.pk)
    changes.propose(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    with pytest.raises(Refusal, match="不能再改"):
        draft(bureau, people["admin"], draft_id=row.pk)
    second = draft(bureau, people["legal"])
    with pytest.raises(Refusal, match="等待复核"):
        changes.propose(wording_id=second.pk, by=people["legal"], on=DAY, now=NOW)


def test_a_text_is_sent_back_with_a_reason_and_decided_once(bureau, people) -> None:
    row = draft(bureau, people["admin"])
    changes.propose(wording_id=row.pk, by=people["admin"], on=DAY, now=NOW)
    with pytest.raises(Refusal, match="退回的理由"):
        changes.refuse(wording_id=row.pk, by=people["legal"], on=DAY, now=NOW)
    changes.refuse(wording_id=row.pk, by=people["legal"], on=DAY, now=NOW, reason="措辞不妥")
    assert OwnWording.objects.get().state == "已退回"
    with pytest.raises(Refusal, match="已经处理过"):
        changes.confirm(wording_id=row.pk, by=people["legal"], on=DAY, now=NOW)
    assert NEW not in text_on(bureau, LATER)


def test_the_database_holds_the_second_person_and_keeps_every_version(bureau, people) -> None:
    row = in_force(bureau, people)
    with pytest.raises(NeverDeleted):
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnWording.objects.filter(pk=row.pk).update(confirmed_by=row.entered_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnWording.objects.filter(pk=row.pk).update(version=None)


def test_the_journal_holds_hashes_and_no_text(bureau, people) -> None:
    in_force(bureau, people)
    entry = JournalEntry.objects.filter(key="wording.confirmed").get()
    assert entry.data["version"] == 1
    assert len(entry.data["sha256"]) == 64
    assert NEW not in str(entry.data)


def test_whoever_issues_papers_composes_by_the_offices_wordings() -> None:
    loose = [
        f"{path}:{number}"
        for path in python("workflow", "intake")
        for number, line in enumerate(read(path).splitlines(), 1)
        if "letters.compose(" in line and "load" not in path.parts
    ]
    assert loose == []

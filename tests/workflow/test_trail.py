"""What the trail holds: columns before and after without a word of anybody's, who read an identity, one id an act."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from office import journal
from office.models import JournalEntry
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    Town,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
)
from workflow.actions import extend, propose, receive_supplement, request_supplement
from workflow.changes import hashed
from workflow.models import Case
from workflow.requests import FileData
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WHEN = {"on": DAY, "now": at(DAY)}


@pytest.fixture
def town() -> Town:
    return make_town()


def last(case: Case) -> JournalEntry:
    return JournalEntry.objects.filter(subject=case.subject_ref).latest("seq")


def test_dates_and_references_before_and_after(town: Town) -> None:
    case = handled(town)
    assert last(case).data["changes"]["case"] == {
        "unit_id": [None, town.unit.pk],
        "handler_id": [None, town.handler.pk],
    }
    before = case.due_on
    case = extend.extend(case_id=case.pk, by=town.head, days=15, reason="档案年代较久", **WHEN)
    assert last(case).data["changes"]["case"]["due_on"] == [before.isoformat(), case.due_on.isoformat()]
    assert "期限由2026年3月30日改为" in trail_of(case)[-1].body


def test_words_before_and_after_are_hashes(town: Town) -> None:
    case = handled(town)
    propose.propose(case_id=case.pk, by=town.handler, item_seq=1, **WHEN, **DISCLOSE)
    changed = last(case).data["changes"]["item:1"]
    assert changed["outcome"] == ["", hashed("disclose")]
    assert changed["facts"][1] == hashed(DISCLOSE["facts"])
    waiting = registered(town)
    request_supplement.request_supplement(
        case_id=waiting.pk, by=town.intake, matters="内容不明确", guidance="请写明", days=15, **WHEN
    )
    receive_supplement.receive_supplement(
        case_id=waiting.pk, by=town.intake, items={1: "王䶮的征地批复"}, **WHEN
    )
    assert last(waiting).data["changes"]["item:1"]["description"][1] == hashed("王䶮的征地批复")
    assert list(journal.verify(waiting.subject_ref)) == []


def test_nothing_personal_stands_in_any_line(town: Town) -> None:
    case = replied(town)
    told = json.dumps(
        list(JournalEntry.objects.filter(subject=case.subject_ref).values_list("data", flat=True)),
        ensure_ascii=False,
    )
    for word in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, APPLICANT.address, "采薇村"):
        assert word not in told


def test_every_act_has_one_id_of_its_own(town: Town) -> None:
    case = replied(town)
    ids = list(JournalEntry.objects.filter(subject=case.subject_ref).values_list("act_id", flat=True))
    assert len(ids) == len(set(ids)) > 8


def test_reading_an_identity_is_logged_and_other_files_are_not(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    files = (
        FileData("身份证.txt", "复印件".encode(), kind="identity"),
        FileData("申请书.txt", b"x", kind="application"),
    )
    case = file_case(town, files=files)
    found = {row.kind: f"/desk/case/{case.pk}/file/{row.pk}/" for row in case.attachments.all()}
    client.force_login(town.intake, "django.contrib.auth.backends.ModelBackend")
    lines = JournalEntry.objects.filter(subject=case.subject_ref, key="case.read_identity")
    client.get(found["application"])
    assert not lines.exists()
    assert client.get(found["identity"]).status_code == 200
    assert [line.by_ref for line in lines] == [town.intake.ref]
    assert "查阅身份证明" in trail_of(case)[-1].title
    client.force_login(town.secrecy, "django.contrib.auth.backends.ModelBackend")
    assert client.get(found["identity"]).status_code == 404
    assert lines.count() == 1
    assert list(journal.verify(case.subject_ref)) == []

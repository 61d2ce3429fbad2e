"""The screens of wordings: who comes in, drafted by one, confirmed by another, and the letter that follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import OwnWording, Paper
from letters.own import changes
from letters.own.contract import editable
from letters.own.titles import base_of
from office.models import JournalEntry, Post, User
from office.roles import Role
from tests.workflow.factories import DAY, Town, add_person, at, handled, make_town
from workflow.actions.communicate import communicate

pytestmark = pytest.mark.django_db
KEY = "communication"
HOME = "/admin/wordings/"
OLD = editable(base_of(KEY, DAY).source)
NEW = OLD.rstrip() + "\n请您在便利的时候与本机关联系。\n"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town() -> Town:
    return make_town()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def draft(town: Town, by: User, **more: Any) -> OwnWording:
    given = {"key": KEY, "source": NEW, "office": town.office, "from_on": DAY, "reason": "便于联系", "by": by, "on": DAY,
             "now": at(DAY)} | more  # fmt: skip
    return changes.save_draft(**given)


def proposed(town: Town) -> OwnWording:
    row = draft(town, town.admin)
    return changes.propose(wording_id=row.pk, by=town.admin, on=DAY, now=at(DAY))


def pages_of(town: Town, row: OwnWording) -> list[str]:
    here = f"{HOME}{town.office.pk}/{KEY}/"
    change = f"{HOME}changes/{row.pk}/"
    return [
        f"{HOME}?office={town.office.pk}",
        here,
        f"{here}edit/",
        f"{here}restore/",
        change,
        f"{change}sample/1.pdf",
    ]


@pytest.mark.parametrize(
    "role", [role.value for role in Role if role not in ("applicant", "system", "consulted")]
)
def test_administrators_and_legal_officers_of_the_office_come_in_and_nobody_else(
    town: Town, role: str
) -> None:
    row = proposed(town)
    allowed = role in ("admin", "legal")
    for path in pages_of(town, row):
        assert as_(town.people[role]).get(path).status_code == (200 if allowed else 403), path
    shown = "文书文本" in text_of(as_(town.people[role]).get("/desk/"))
    assert shown == allowed or role == "admin"


@pytest.mark.parametrize("role", ["admin", "legal"])
def test_another_offices_wordings_are_not_there(town: Town, role: str) -> None:
    stranger = as_(make_town().people[role])
    row = proposed(town)
    for path in pages_of(town, row):
        assert stranger.get(path).status_code == 404, path
    for step in ("confirm", "refuse", "propose"):
        answer = stranger.post(f"{HOME}changes/{row.pk}/", {"step": step, "reason": "x"})
        assert answer.status_code == 404
    assert stranger.post(f"{HOME}{town.office.pk}/{KEY}/edit/", {}).status_code == 404
    assert OwnWording.objects.get().waits


def test_an_administrator_above_comes_in_and_a_stranger_signs_in_first(town: Town) -> None:
    above = User.objects.create(username="above", name="上级管理员")
    Post.objects.create(user=above, office=town.government, role="admin", from_on=dt.date(2020, 1, 1))
    row = proposed(town)
    for path in pages_of(town, row):
        assert as_(above).get(path).status_code == 200, path
        assert Client().get(path).status_code == 302, path


def test_a_draft_is_its_authors_alone(town: Town) -> None:
    row = draft(town, town.admin)
    other = as_(add_person(town, "admin"))
    for path in pages_of(town, row)[-2:]:
        assert as_(town.admin).get(path).status_code == 200
        assert other.get(path).status_code == 404
    assert f"changes/{row.pk}/" not in text_of(other.get(pages_of(town, row)[1]))


def test_from_draft_to_a_letter_that_carries_the_new_words(town: Town) -> None:
    author = as_(town.people["legal"])
    edit = f"{HOME}{town.office.pk}/{KEY}/edit/"
    assert "便利的时候" not in text_of(author.get(edit))
    saved = author.post(edit, {"source": NEW, "reason": "便于联系", "from_on": DAY.isoformat()}, follow=True)
    shown = text_of(saved)
    assert shown.count("请您在便利的时候与本机关联系。") >= 4
    assert "与系统文本不同之处" in shown
    row = OwnWording.objects.get()
    path = f"{HOME}changes/{row.pk}/"
    for number in (1, 2, 3):
        answer = author.get(f"{path}sample/{number}.pdf")
        assert answer.content.startswith(b"%PDF-")
    assert author.get(f"{path}sample/4.pdf").status_code == 404
    before = handled(town)
    communicate(case_id=before.pk, by=town.handler, on=DAY, now=at(DAY), matters="请确认获取方式。")
    assert "已提出" in text_of(author.post(path, {"step": "propose"}, follow=True))
    assert "须由起草人以外的人复核" in text_of(author.post(path, {"step": "confirm"}))
    done = as_(town.admin).post(path, {"step": "confirm"}, follow=True)
    assert "已复核施行，为第1版" in text_of(done)
    after = handled(town)
    communicate(case_id=after.pk, by=town.handler, on=DAY, now=at(DAY), matters="请确认获取方式。")
    old = Paper.objects.get(subject_ref=before.subject_ref, kind=KEY)
    new = Paper.objects.get(subject_ref=after.subject_ref, kind=KEY)
    assert "便利的时候" not in old.frozen()["text"]
    assert "便利的时候" in new.frozen()["text"]
    assert new.wording_version.startswith("own1-")
    assert not old.wording_version.startswith("own")
    listed = text_of(author.get(f"{HOME}?office={town.office.pk}"))
    assert "本机关文本第1版" in listed
    assert [e.key for e in JournalEntry.objects.filter(key__startswith="wording.").order_by("pk")] == [
        "wording.proposed", "wording.confirmed",
    ]  # fmt: skip


def test_faults_are_shown_by_line_and_what_was_typed_stays(town: Town) -> None:
    bad = NEW + "{{ ''.__class__ }}请说明用途。\n"
    edit = f"{HOME}{town.office.pk}/{KEY}/edit/"
    answer = as_(town.admin).post(edit, {"source": bad, "reason": "便于联系", "from_on": DAY.isoformat()})
    shown = text_of(answer)
    line = len(bad.rstrip("\n").split("\n"))
    assert f"第{line}行：不能使用“.__class__”" in shown
    assert "请您在便利的时候" in shown
    early = as_(town.admin).post(edit, {"source": NEW, "reason": "便于联系", "from_on": "2020-01-01"})
    assert "不能早于今天" in text_of(early)
    assert not OwnWording.objects.exists()


def test_a_refusal_needs_its_reason_and_is_shown(town: Town) -> None:
    row = proposed(town)
    other = as_(town.people["legal"])
    path = f"{HOME}changes/{row.pk}/"
    assert "请写明退回的理由" in text_of(other.post(path, {"step": "refuse", "reason": ""}))
    assert "措辞不够准确" in text_of(
        other.post(path, {"step": "refuse", "reason": "措辞不够准确"}, follow=True)
    )
    assert "措辞不够准确" in text_of(as_(town.admin).get(pages_of(town, row)[1]))


def test_the_shipped_text_comes_back_as_a_version(town: Town) -> None:
    changes.confirm(wording_id=proposed(town).pk, by=town.people["legal"], on=DAY, now=at(DAY))
    author = as_(town.admin)
    data = {"from_on": DAY.isoformat(), "reason": "统一文本"}
    restored = author.post(f"{HOME}{town.office.pk}/{KEY}/restore/", data, follow=True)
    assert "恢复系统文本" in text_of(restored)
    row = OwnWording.objects.get(source="")
    author.post(f"{HOME}changes/{row.pk}/", {"step": "propose"})
    done = as_(town.people["legal"]).post(f"{HOME}changes/{row.pk}/", {"step": "confirm"}, follow=True)
    assert "为第2版" in text_of(done)
    assert "第1版" in text_of(author.get(pages_of(town, row)[1]))
    assert "本机关文本第" not in text_of(author.get(f"{HOME}?office={town.office.pk}"))


def test_a_release_that_changed_the_shipped_text_is_told(town: Town) -> None:
    row = changes.confirm(wording_id=proposed(town).pk, by=town.people["legal"], on=DAY, now=at(DAY))
    base = base_of(KEY, DAY)
    older = base.source.replace("请", "烦请", 1)
    OwnWording.objects.filter(pk=row.pk).update(base_version="0-deadbeef", base_source=older)
    shown = text_of(as_(town.admin).get(pages_of(town, row)[1]))
    assert "系统文本后来更新为" in shown
    assert "<del>" in shown
    assert "系统文本已有更新" in text_of(as_(town.admin).get(f"{HOME}?office={town.office.pk}"))


def test_the_list_asks_few_questions(town: Town) -> None:
    proposed(town)
    client = as_(town.admin)
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{HOME}?office={town.office.pk}")
    assert len(queries) <= 12


def test_unknown_addresses_are_not_there(town: Town) -> None:
    client = as_(town.admin)
    for path in (f"{town.office.pk}/nothing/", f"{town.office.pk}/items.nothing/", "990000000/reply/", "changes/990000000/",
                 f"{town.office.pk}/reply/edit/?draft=990000000"):  # fmt: skip
        assert client.get(HOME + path).status_code == 404, path
    assert client.get(f"{HOME}?office=990000000").status_code == 404

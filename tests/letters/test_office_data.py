"""Changing what an office's letters print of it."""

from __future__ import annotations

from datetime import date

import pytest

from letters import office_data
from letters.lint import lint_facts
from letters.office_data import BadOfficeData, change, data_of, history, state_of
from office.errors import Refusal
from office.journal.sentences import sentence
from office.models import JournalEntry, Office, Post, User
from tests.letters import samples
from tests.letters.conftest import DAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(bureau) -> User:
    user = User.objects.create(username="keeper", name="孙宁")
    Post.objects.create(user=user, office=bureau, role="admin", from_on=date(2020, 1, 1))
    return user


def given(bureau: Office, admin: User, **more):
    return {
        "office_id": bureau.pk, "reason": "更换号码", "seen": state_of(bureau), "by": admin, "on": DAY, "now": NOW, **more,
    }  # fmt: skip


@pytest.mark.databases
def test_a_change_is_kept_with_what_was_and_why_and_the_journal_names_the_fields(bureau, admin):
    change(**given(bureau, admin, values={"phone": " 0415-3126688 ", "address": "清源县府前街18号"}))
    bureau.refresh_from_db()
    assert (bureau.phone, bureau.address) == ("0415-3126688", "清源县府前街18号")
    (row,) = history(bureau)
    assert row.lines == [("地址", "", "清源县府前街18号"), ("电话", "0415-3126677", "0415-3126688")]
    entry = JournalEntry.objects.get(key="office.changed")
    assert sentence(entry).endswith("修改机关资料：地址、电话")
    assert entry.data == {"change": row.pk, "fields": "地址、电话"}
    assert "3126688" not in str(entry.data)


@pytest.mark.parametrize("values, field", [
    ({"phone": ""}, "phone"), ({"name": " "}, "name"), ({"doc_code": ""}, "doc_code"), ({"postcode": "11810"}, "postcode"),
    ({"postcode": "１１８１００"}, "postcode"), ({"email": "nobody"}, "email"), ({"reconsideration_online": "网上"}, "reconsideration_online"),
    ({"kind": "club"}, "kind"), ({"name": "清源县人民政府"}, "name"), ({"name": "清源县😀局"}, "name"), ({"phone": "1" * 61}, "phone"),
])  # fmt: skip
def test_what_cannot_stand_in_a_letter_is_refused_at_its_field(bureau, admin, values, field):
    before = data_of(bureau)
    with pytest.raises(BadOfficeData) as caught:
        change(**given(bureau, admin, values=values))
    assert list(caught.value.faults) == [field]
    bureau.refresh_from_db()
    assert data_of(bureau) == before
    assert not JournalEntry.objects.filter(key="office.changed").exists()


def test_every_fault_is_told_at_once(bureau, admin):
    with pytest.raises(BadOfficeData) as caught:
        change(**given(bureau, admin, values={"phone": "", "postcode": "1", "email": "x"}))
    assert set(caught.value.faults) == {"phone", "postcode", "email"}


def test_nobody_undoes_what_another_changed_meanwhile(bureau, admin):
    seen = state_of(bureau)
    change(**given(bureau, admin, values={"phone": "0415-3126688"}))
    with pytest.raises(Refusal) as caught:
        change(**given(bureau, admin, values={"address": "府前街"}, seen=seen))
    assert caught.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    "more, code", [({"values": {}}, "unchanged"), ({"values": {"fax": "1"}, "reason": " "}, "no_reason")]
)
def test_a_change_is_one_and_has_its_reason(bureau, admin, more, code):
    with pytest.raises(Refusal) as caught:
        change(**given(bureau, admin, **more))
    assert caught.value.code == code


@pytest.mark.parametrize("role", ["head", "signatory", "legal", "handler", "supervisor"])
def test_only_an_administrator_changes_an_office(bureau, role):
    other = User.objects.create(username="other", name="李敏")
    Post.objects.create(user=other, office=bureau, role=role, from_on=date(2020, 1, 1))
    with pytest.raises(Refusal) as caught:
        change(**given(bureau, other, values={"phone": "1"}))
    assert caught.value.code == "not_your_role"


def test_an_administrator_of_another_office_does_not(bureau, admin):
    county = bureau.ancestors()[0]
    with pytest.raises(Refusal):
        change(**given(county, admin, values={"phone": "1"}))


def test_what_the_lint_asks_of_the_office_can_be_mended_there(bureau, admin):
    """Every place in the office's data that a rule names is a field of the page."""
    from letters.lint.finding import rules

    named = {
        rule.target.removeprefix("office.") for rule in rules().values() if rule.target.startswith("office.")
    }
    assert named - {"seal", "{field}"} <= set(office_data.FIELDS)
    facts = samples.facts("reply_refuse")
    facts = {**facts, "office": {**facts["office"], "phone": ""}, "handler": {}}
    (found,) = [f for f in lint_facts("reply_refuse", facts, on=DAY).findings if f.rule == "contact"]
    assert found.mend.target == "office.phone"

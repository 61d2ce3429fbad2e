"""Dated parameters: two persons, history, the tree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from office import journal, parameters
from office.errors import NeverDeleted, Refusal
from office.models import OfficeParameter
from office.roles import Role

from .conftest import DAY, NOW, appoint, make_user

K = "supplement.days"


@pytest.fixture
def admins(county):
    """One administrator of the department, one of the county above, one of the town beside."""
    people = [make_user(f"admin{n}") for n in range(3)]
    for person, office in zip(people, (county.land, county.government, county.town), strict=True):
        appoint(person, office, Role.ADMIN)
    return people


def change(by, confirmed_by=None, **more):
    fields = {"key": K, "value": 15, "from_on": DAY, "reason": "局务会决定", "now": NOW} | more
    row = parameters.propose(by=by, **fields)
    if confirmed_by:
        parameters.confirm(parameter_id=row.pk, by=confirmed_by, now=fields["now"] + timedelta(minutes=1))
    return row


def test_a_change_is_in_force_once_another_person_confirmed_it(county, admins):
    row = change(admins[0], office=county.land)
    assert parameters.get(K, office=county.land, on=DAY, default=7) == 7
    parameters.confirm(parameter_id=row.pk, by=admins[1], now=NOW)
    assert parameters.get(K, office=county.land, on=DAY, default=7) == 15
    assert parameters.get(K, office=county.land, on=DAY - timedelta(days=1), default=7) == 7
    assert parameters.get(K, office=county.town, on=DAY, default=7) == 7
    entries = [
        journal.sentence(e) for e in journal.writing.JournalEntry.objects.filter(subject=county.land.ref)
    ]
    assert entries == [
        "admin0提出修改参数supplement.days（自2026-11-20起）",
        "admin1复核同意修改参数supplement.days（自2026-11-20起）",
    ]
    assert list(journal.verify()) == []


def test_nobody_confirms_the_own_change_and_nobody_twice(county, admins):
    row = change(admins[0], office=county.land)
    with pytest.raises(Refusal) as refused:
        parameters.confirm(parameter_id=row.pk, by=admins[0], now=NOW)
    assert refused.value.code == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeParameter.objects.filter(pk=row.pk).update(confirmed_by=admins[0], confirmed_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeParameter.objects.filter(pk=row.pk).update(confirmed_at=NOW)
    parameters.confirm(parameter_id=row.pk, by=admins[1], now=NOW)
    for again in (parameters.confirm, parameters.withdraw):
        with pytest.raises(Refusal, match="处理过"):
            again(parameter_id=row.pk, by=admins[1], now=NOW)
    with pytest.raises(Refusal, match="没有这项"):
        parameters.confirm(parameter_id=10**6, by=admins[1], now=NOW)


def test_only_administrators_of_the_office_or_above_have_a_say(county, admins):
    handler = make_user("handler")
    appoint(handler, county.land, Role.HANDLER)
    for stranger in (handler, admins[2]):
        with pytest.raises(Refusal, match="管理员"):
            change(stranger, office=county.land)
    row = change(admins[0], office=county.land)
    with pytest.raises(Refusal, match="管理员"):
        parameters.confirm(parameter_id=row.pk, by=admins[2], now=NOW)
    with pytest.raises(Refusal, match="管理员"):
        change(admins[0], office=county.government)
    with pytest.raises(Refusal, match="理由") as refused:
        change(admins[0], office=county.land, reason="  ")
    assert refused.value.field == "reason"


def test_the_nearest_office_with_a_value_decides(county, admins):
    change(admins[0], admins[1], office=None, value=1)
    assert parameters.get(K, office=county.town, on=DAY, default=0) == 1
    assert parameters.get(K, office=None, on=DAY, default=0) == 1
    second = make_user("second")
    appoint(second, county.government, Role.ADMIN)
    change(admins[1], second, office=county.government, value=2)
    change(admins[0], admins[1], office=county.land, value=[3, "x"])
    values = [parameters.get(K, office=o, on=DAY, default=0) for o in (county.city, county.town, county.land)]
    assert values == [1, 2, [3, "x"]]


def test_later_days_and_later_corrections_win_and_history_is_kept(county, admins):
    a, b = admins[:2]
    change(a, b, office=county.land, value=1, from_on=date(2026, 1, 1))
    change(a, b, office=county.land, value=2, from_on=date(2026, 6, 1))
    change(a, b, office=county.land, value=3, from_on=date(2026, 6, 1), now=NOW + timedelta(hours=1))
    sent_back = change(a, office=county.land, value=9, now=NOW + timedelta(hours=2))
    parameters.withdraw(parameter_id=sent_back.pk, by=b, now=NOW)
    found = [
        parameters.get(K, office=county.land, on=d, default=0)
        for d in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1), DAY)
    ]
    assert found == [0, 1, 1, 3, 3]
    assert [row.value for row in parameters.history(K, office=county.land)] == [9, 3, 2, 1]
    with pytest.raises(NeverDeleted):
        OfficeParameter.objects.all().delete()

"""People, posts and the tree: who is what, where."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from office.actors import Actor, SystemActor
from office.errors import NeverDeleted
from office.models import Office, Post, Unit, User
from office.roles import POSTS, Role, role_named
from office.today import day_of, midnight, now, today

from .conftest import DAY, appoint, make_office, make_user


def test_a_supervisor_sees_every_office_below_and_none_beside(county):
    other = make_office("other", "白云县人民政府", parent=county.city, kind="government")
    boss = make_user("boss")
    appoint(boss, county.government, Role.SUPERVISOR)
    for office in (county.government, county.land, county.town):
        assert boss.roles_in(office.pk) == {"supervisor"}
    assert boss.roles_in(county.city.pk) == boss.roles_in(other.pk) == frozenset()
    assert set(boss.offices()) == {county.government, county.land, county.town}


def test_no_other_role_runs_down_the_tree(county):
    person = make_user("p")
    for role in POSTS:
        if role != Role.SUPERVISOR:
            appoint(person, county.government, role)
    assert person.roles_in(county.land.pk) == frozenset()
    assert person.roles_in(county.government.pk) == {r.value for r in POSTS} - {"supervisor"}


def test_roles_cost_one_query_for_each_person_and_page(county, django_assert_num_queries):
    person = make_user("p")
    appoint(person, county.government, Role.SUPERVISOR)
    appoint(person, county.land, Role.HANDLER, unit=county.unit)
    person = User.objects.get(pk=person.pk)
    with django_assert_num_queries(1):
        assert person.roles_in(county.land.pk) == {"handler", "supervisor"}
        assert person.roles_in(county.town.pk) == {"supervisor"}
        assert person.roles_in(10**9) == frozenset()


@pytest.mark.parametrize(
    "from_on, to_on, holds",
    [
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 1, 1), date(2026, 11, 20), True),
        (date(2026, 1, 1), date(2026, 11, 19), False),
    ],
)
def test_a_post_runs_from_its_first_day_to_its_last(county, from_on, to_on, holds):
    person = make_user("p")
    appoint(person, county.land, Role.HANDLER, from_on=from_on, to_on=to_on)
    assert bool(person.roles_in(county.land.pk)) is holds
    assert bool(person.roles_in(county.land.pk, on=DAY)) is holds


def test_a_deactivated_person_holds_nothing(county):
    person = make_user("p")
    appoint(person, county.land, Role.HANDLER)
    person.is_active = False
    person.save()
    assert User.objects.get(pk=person.pk).roles_in(county.land.pk) == frozenset()


def test_nothing_of_the_office_is_ever_deleted(county):
    person = make_user("p")
    post = appoint(person, county.land, Role.HANDLER)
    for row in (person, county.land, county.unit, post):
        with pytest.raises(NeverDeleted, match="停用"):
            row.delete()
    for model in (User, Office, Unit, Post):
        with pytest.raises(NeverDeleted):
            model.objects.all().delete()
        with pytest.raises(NeverDeleted):
            model.objects.filter(pk=1).delete()
    with pytest.raises((ProtectedError, NeverDeleted)):
        User._base_manager.filter(pk=person.pk).delete()
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"strict_separation": False, "separation_reason": ""},
        {"kind": "bank"},
        {"level": "moon"},
    ],
)
def test_the_database_refuses_an_office_that_cannot_be(county, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=county.land.pk).update(**change)


def test_the_database_refuses_an_office_that_is_its_own_parent(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=county.land.pk).update(parent=county.land.pk)
    county.government.parent = county.town
    with pytest.raises(ValidationError, match="下级"):
        county.government.clean()


def test_the_database_refuses_posts_that_cannot_be(county):
    person = make_user("p")
    for bad in (
        {"role": "applicant"},
        {"role": "handler", "from_on": date(2026, 2, 1), "to_on": date(2026, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            appoint(person, county.land, **bad)
    appoint(person, county.land, "handler")
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(person, county.land, "handler")
    with pytest.raises(ValidationError, match="科室"):
        Post(user=person, office=county.town, unit=county.unit, role="handler", from_on=DAY).clean()


def test_names_of_people_differ_by_more_than_case(db):
    make_user("wang")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("Wang")


def test_facts_come_from_the_tree(county, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        facts = county.land.facts()
    assert facts["government_name"] == "清源县人民政府"
    assert facts["superior_government"] == "云河市人民政府"
    assert facts["region"] == "清源县"
    assert facts["basic_court"] == "清源县人民法院"
    assert facts["intermediate_court"] == "云河市中级人民法院"
    assert all(isinstance(v, str) for v in facts.values())
    assert county.town.facts()["government_name"] == "清源县人民政府"
    own = county.government.facts()
    assert (own["government_name"], own["superior_government"]) == ("清源县人民政府", "云河市人民政府")
    assert county.city.facts()["superior_government"] == ""


def test_a_court_beyond_the_own_government_is_not_taken(county):
    county.government.basic_court = ""
    county.government.save()
    assert county.land.facts()["basic_court"] == ""


def test_the_tree_is_walked_both_ways(county):
    assert county.town.ancestors() == [county.government, county.city]
    assert set(county.city.descendants()) == {county.government, county.land, county.town}
    assert list(county.town.descendants()) == []


def test_actors(county):
    person = make_user("p", name="王建国")
    assert isinstance(person, Actor)
    assert (person.ref, person.display) == (f"user:{person.pk}", "王建国")
    system = SystemActor("tick")
    assert isinstance(system, Actor)
    assert (system.ref, system.display, system.roles_in(1)) == ("system:tick", "系统", {"system"})


def test_roles_are_known_by_value_and_by_name():
    assert role_named("handler") is role_named("承办人") is Role.HANDLER
    assert role_named("applicant") is role_named("申请人") is role_named("皇帝") is None


def test_days_are_days_of_shanghai(monkeypatch):
    assert day_of(datetime(2026, 11, 19, 16, 0, tzinfo=UTC)) == date(2026, 11, 20)
    assert day_of(datetime(2026, 11, 19, 15, 59, tzinfo=UTC)) == date(2026, 11, 19)
    assert midnight(DAY).astimezone(UTC) == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        day_of(datetime(2026, 11, 20))
    monkeypatch.setenv("DEMO_TODAY", "2020-02-29")
    assert today() == day_of(now()) == date(2020, 2, 29)
    monkeypatch.delenv("DEMO_TODAY")
    assert today() == day_of(now())
    assert today().year >= 2026

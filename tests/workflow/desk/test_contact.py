"""How a party is reached: a hint on the page, the whole on demand, and a line in the trail for whoever looked."""

from __future__ import annotations

import pytest

from office.models import JournalEntry
from tests.workflow.factories import handled, make_town
from tests.workflow.test_delegation import lend
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
KEY = "case.read_contact"


@pytest.mark.parametrize("who", ["intake", "handler", "archivist"])
def test_those_who_must_reach_the_applicant_open_it_and_it_is_logged(town, as_, who):
    case, person = handled(town), town.people[who]
    assert "查看完整的联系方式" in as_(person).get(f"/desk/case/{case.pk}/").content.decode()
    assert not JournalEntry.objects.filter(key=KEY).exists()
    page = as_(person).post(f"/desk/case/{case.pk}/contact/").content.decode()
    assert "13800000000" in page
    assert "云岫县采薇巷3号" in page
    assert "11010519491231002X" not in page
    line = JournalEntry.objects.get(key=KEY)
    assert (line.subject, line.by_ref, line.data) == (case.subject_ref, person.ref, {})
    assert trail_of(case)[-1].title == f"{person.display}查看当事人的联系方式"


@pytest.mark.parametrize(
    "who", ["secrecy", "allocator", "head", "signatory", "supervisor", "admin", "unit_head"]
)
def test_nobody_else_of_the_office_does(town, as_, who):
    case = handled(town)
    answer = as_(town.people[who]).post(f"/desk/case/{case.pk}/contact/")
    assert answer.status_code in (403, 404)
    assert "13800000000" not in answer.content.decode()
    assert not JournalEntry.objects.filter(key=KEY).exists()


@pytest.mark.parametrize("who", ["intake", "handler", "archivist"])
def test_nobody_of_another_office_does(town, as_, who):
    answer = as_(make_town().people[who]).post(f"/desk/case/{handled(town).pk}/contact/")
    assert answer.status_code == 404
    assert not JournalEntry.objects.filter(key=KEY).exists()


def test_opening_it_by_an_address_shows_and_logs_nothing(town, as_):
    assert as_(town.intake).get(f"/desk/case/{handled(town).pk}/contact/").status_code == 405
    assert not JournalEntry.objects.filter(key=KEY).exists()


def test_a_stand_in_is_named_with_whom_they_stand_in_for(town, as_):
    lend(town, town.intake, town.head)
    case = handled(town)
    assert as_(town.head).post(f"/desk/case/{case.pk}/contact/").status_code == 200
    line = JournalEntry.objects.get(key=KEY)
    assert (line.by_ref, line.data["acting_for"]) == (town.head.ref, town.intake.ref)

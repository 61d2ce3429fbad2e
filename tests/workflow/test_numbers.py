"""Case numbers: no gaps per office and year, an office's own start, refusals."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from tests.workflow.factories import file_case, make_town
from workflow.errors import BadRequest
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_numbers_run_by_office_and_year() -> None:
    one, two = make_town(), make_town()
    assert [file_case(town).number for town in (one, two, one, one, two)] == [
        "2026-0001", "2026-0001", "2026-0002", "2026-0003", "2026-0002",
    ]  # fmt: skip


def test_an_office_goes_on_from_its_own_number() -> None:
    town = make_town()
    call_command("caseseries", office=town.office.code, year=2026, first=88)
    assert [file_case(town).number for _ in range(2)] == ["2026-0088", "2026-0089"]
    with pytest.raises(CommandError, match="已有案件编号"):
        call_command("caseseries", office=town.office.code, year=2026, first=200)
    with pytest.raises(CommandError, match="没有编码"):
        call_command("caseseries", office="nowhere", year=2026, first=1)


def test_a_refused_request_takes_no_number() -> None:
    town = make_town()
    with pytest.raises(BadRequest):
        file_case(town, items=("",))
    type(town.office).objects.filter(pk=town.office.pk).update(reconsideration_online="")
    with pytest.raises(BadRequest, match="线上行政复议"):
        file_case(town)
    assert file_case(town, service="post").number == "2026-0001"


def test_the_database_refuses_an_unknown_state() -> None:
    town = make_town()
    case = file_case(town)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE workflow_case SET state = 'done' WHERE id = %s", [case.pk])
    with pytest.raises(AttributeError):
        Case.objects.get(pk=case.pk).state = "archived"

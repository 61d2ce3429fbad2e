"""An inspected office reads the result sheets on its own cases, once they are filled in, and no others."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from office.roles import POSTS
from tests.workflow.factories import Town, make_town, replied
from tests.workflow.supervision.test_inspections import drawn
from tests.workflow.supervision.test_supervision_acts import LATER, client_of, give
from workflow.actions import inspect
from workflow.models import Inspection, InspectionSheet
from workflow.selectors import beside, inspections

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
READERS = {"head", "signatory", "supervisor"}


def inspected(town: Town, other: Town, *, filled: bool = True) -> tuple[Inspection, dict[int, int]]:
    """Draw one case of each of two offices and fill in both sheets; return each office's sheet by its number."""
    for one in (town, other):
        replied(one)
    row = drawn(town)
    where = {sheet.case.office_id: sheet.seq for sheet in row.sheets.select_related("case")}
    for one, remarks in ((town, "甲局没有及时送达。"), (other, "乙局没有写明检索范围。")) if filled else ():
        inspect.check_sheet(
            record_id=row.pk,
            by=town.watcher,
            seq=where[one.office.pk],
            result="flawed",
            remarks=remarks,
            **give(LATER),
        )
    return row, where


def answers(person: Any, row: Inspection, where: dict[int, int], town: Town) -> list[int]:
    client = client_of(person)
    paths = ("", f"{where[town.office.pk]}/", "result.xlsx")
    return [client.get(f"/board/inspection/{row.pk}/{path}").status_code for path in paths]


def test_each_office_opens_its_own_sheets_alone(town: Town) -> None:
    other, third = make_town(parent=town.government), make_town(parent=town.government)
    row, where = inspected(town, other)
    for role in POSTS:
        expected = 200 if role in READERS else 404
        assert answers(town.people[role], row, where, town) == [expected] * 3, role
        assert answers(other.people[role], row, where, town)[1] == 404, role
        assert answers(third.people[role], row, where, town) == [404] * 3, role
    assert answers(make_town().supervisor, row, where, town) == [404] * 3
    head = client_of(town.head)
    page = head.get(f"/board/inspection/{row.pk}/").content.decode()
    assert "甲局没有及时送达" in page
    assert "乙局" not in page
    assert other.office.name not in page
    assert "有瑕疵 1 件" in page
    book = load_workbook(io.BytesIO(head.get(f"/board/inspection/{row.pk}/result.xlsx").content))
    values = [str(cell.value) for line in book.active.iter_rows() for cell in line]
    assert "甲局没有及时送达。" in values
    assert "乙局没有写明检索范围。" not in values
    assert [sheet.case.office for sheet in inspections.page(other.head, row.pk).sheets] == [other.office]


def test_it_only_reads(town: Town) -> None:
    row, where = inspected(town, make_town(parent=town.government))
    head, at = client_of(town.head), f"/board/inspection/{row.pk}/{where[town.office.pk]}/"
    page = head.get(at).content.decode()
    assert "甲局没有及时送达" in page
    assert "填写结果单</button>" not in page
    assert "须由监督员办理" in head.post(at, {"result": "good", "remarks": ""}).content.decode()
    assert InspectionSheet.objects.get(inspection=row, seq=where[town.office.pk]).result == "flawed"
    assert beside.sheet(town.head, "inspection", row.pk).steps == ()


def test_a_sheet_that_is_not_filled_in_is_not_there(town: Town) -> None:
    """Whoever learns that a case was drawn might put its file in order before it is looked at."""
    row, where = inspected(town, make_town(parent=town.government), filled=False)
    for role in READERS:
        assert answers(town.people[role], row, where, town) == [404] * 3
    assert "三月抽查" not in client_of(town.head).get("/desk/beside/inspection/").content.decode()
    inspect.check_sheet(
        record_id=row.pk, by=town.watcher, seq=where[town.office.pk], result="good", **give(LATER)
    )
    assert answers(town.head, row, where, town) == [200] * 3
    assert "三月抽查" in client_of(town.head).get("/desk/beside/inspection/").content.decode()
    assert inspections.page(town.watcher, row.pk).left == 1


@pytest.mark.parametrize("alone", [True, False])
def test_the_summary_on_several_offices_is_not_for_one_of_them(town: Town, alone: bool) -> None:
    replied(town)
    row = drawn(town, about_id=town.office.pk if alone else None)
    inspect.check_sheet(record_id=row.pk, by=town.watcher, seq=1, result="good", **give(LATER))
    inspect.close_inspection(record_id=row.pk, by=town.watcher, summary="总体较好。", **give(LATER))
    client = client_of(town.head)
    for page in (f"/board/inspection/{row.pk}/", f"/desk/beside/inspection/{row.pk}/"):
        assert ("总体较好。" in client.get(page).content.decode()) is alone

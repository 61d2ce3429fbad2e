"""Tables leave as clean spreadsheets: what is seen, nothing that calculates, nothing hidden."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.redaction.corpus import CASES
from tests.workflow.redaction.corpus.case import ID, OTHER_ID
from workflow.review.redaction import BadSource, Leaks, NotLocated, Wanted, probe
from workflow.review.redaction.tables import BLACK, Sheet, csv_of, redact_table, visible, xlsx

BOOKS = [one for one in CASES if one.suffix == ".xlsx"]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


def cells(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(row) for sheet in book.worksheets for row in sheet.iter_rows()]


@pytest.mark.parametrize("one", BOOKS, ids=str)
def test_nothing_hidden_comes_along(one):
    made = redact_table(one.make(), [Wanted(secret) for secret in one.secrets])
    assert probe(made.data, one.secrets).clean
    with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
        assert not [
            name for name in parts.namelist() if "comment" in name or "pivot" in name or "custom" in name
        ]
        assert b"openpyxl" not in b"".join(map(parts.read, parts.namelist()))
    assert made.found == (1 if one.shown else 0,)


@settings(max_examples=30)
@given(st.lists(st.lists(st.one_of(TEXT, st.sampled_from("=+-@").flatmap(lambda lead: TEXT.map(lead.__add__))),
                         min_size=1, max_size=4), min_size=1, max_size=4))  # fmt: skip
def test_a_text_stays_the_text_it_was(rows):
    made = xlsx([Sheet("表", rows)])
    assert made == xlsx([Sheet("表", rows)])
    for row in cells(made):
        assert all(cell.data_type in ("s", "n") for cell in row if cell.value is not None)
    for row in csv.reader(io.StringIO(csv_of(rows).decode("utf-8-sig"), newline="")):
        assert not any(text[:1] in ("=", "@", "\t", "＝") for text in row)


def test_a_formula_somebody_typed_is_a_text_and_a_number_stays_readable():
    rows = [["=1+1", "+86 138", "-5", "@a", "3.20", " =2"]]
    assert [cell.value for cell in cells(xlsx([Sheet("a/b", rows)]))[0]] == rows[0]
    assert csv_of(rows).decode("utf-8-sig") == "'=1+1,'+86 138,-5,'@a,3.20,' =2\r\n"


def test_a_string_is_a_bar_of_one_width_wherever_a_cell_has_it():
    rows = [["张三", f"证号{ID[:6]} {ID[6:14]} {ID[14:]}止"], ["欧阳娜娜", OTHER_ID.lower()]]
    made = redact_table(
        csv_of(rows), [Wanted("张三"), Wanted("欧阳娜娜"), Wanted(ID), Wanted(OTHER_ID)], kind="csv"
    )
    assert made.found == (1, 1, 1, 1)
    assert made.data.decode("utf-8-sig") == f"{BLACK},证号{BLACK}止\r\n{BLACK},{BLACK}\r\n"


def test_what_is_nowhere_and_what_is_left_is_refused():
    data = csv_of([[ID, "公开"]])
    with pytest.raises(NotLocated):
        redact_table(data, [Wanted("没有的")], kind="csv")
    with pytest.raises(Leaks, match="没有被遮盖"):
        redact_table(data, [Wanted("公开")], kind="csv")
    with pytest.raises(BadSource):
        redact_table(b"PK\x03\x04 broken", [])


def test_sheets_with_names_no_program_takes():
    made = xlsx([Sheet("a/b:c*", []), Sheet("A_B_C_", []), Sheet("", [])])
    assert len(set(openpyxl.load_workbook(io.BytesIO(made)).sheetnames)) == 3
    assert [sheet.name for sheet in visible(made)] == openpyxl.load_workbook(io.BytesIO(made)).sheetnames

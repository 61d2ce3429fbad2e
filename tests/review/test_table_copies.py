"""The clean table that goes out beside the pages: black where the marks are, texts alone, proved, and nothing else handed out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.review.at_home import at_home
from tests.review.makers import workbook
from tests.review.rooms import NUMBER, box, listed, mark_text, who
from tests.workflow.factories import DAY, at, handled, make_town
from workflow.models import DisclosedCopy
from workflow.review import copies
from workflow.review.disclosing import apart, begin, burning, table_copy
from workflow.review.disclosing.burning import certificate_of
from workflow.review.disclosing.table_files import Altered, table_file
from workflow.review.redaction import Leaks
from workflow.review.redaction.tables import BLACK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)
    monkeypatch.setattr(burning, "burn_apart", burned_here)


def burned_here(place, marks, *, pages, progress, layer=False):
    """Do in this process what the process for burning does."""
    (place / "job.json").write_text(json.dumps({"marks": list(marks), "layer": layer}), encoding="utf-8")
    apart.main(place)
    answer = json.loads((place / "answer.json").read_text(encoding="utf-8"))
    if told := answer.get("refused"):
        raise apart.Refused(told["code"], told["message"], told.get("findings", []))
    return answer["certificate"]


@pytest.fixture
def town(db):
    return make_town()


def fill(book):
    sheet = book.active
    sheet.title = "补偿清单"
    for row in (
        ["姓名", "身份证号码", "备注"],
        ["张三丰", NUMBER, "=1+1"],
        ["李四光", "无", "@经办：张三丰"],
        ["王五", "+86", "很长的说明" * 30],
    ):
        sheet.append(row)
    sheet["C4"].data_type = "s"
    hidden = book.create_sheet("底表")
    hidden.append(["赵六"])
    hidden.sheet_state = "hidden"


@pytest.fixture
def version(town):
    return listed(town, handled(town), workbook(fill), name="清单.xlsx")


def made(town, version, **more):
    asked = begin.ask_for_copy(version_id=version.pk, **who(town.handler), **more)
    burning.run(asked.pk, now=at(DAY))
    return DisclosedCopy.objects.select_related("table", "file", "version__holding__case").get(pk=asked.pk)


def cells(content):
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_what_the_marks_cover_is_black_in_its_cells_and_what_they_leave_stays(town, version):
    mark_text(version, "张三丰", town.handler)
    mark_text(version, NUMBER, town.handler)
    copy = made(town, version)
    assert copy.status == "passed", (copy.reason, copy.findings)
    out = table_file(copy, "xlsx")
    rows = cells(out.content)["补偿清单"]
    assert rows[3] == [BLACK, BLACK, "=1+1"]
    assert rows[4][2] == "@经办：张三丰"  # the same name where no mark is stays, as it does on the pages
    assert rows[5][1] == "+86"
    assert "底表" not in cells(out.content)
    with zipfile.ZipFile(io.BytesIO(out.content)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert NUMBER.encode() not in whole
    assert "赵六".encode() not in whole
    assert b"<f>" not in whole
    told = json.loads(certificate_of(copy))
    assert told["table"]["xlsx"]["sha256"] == copy.table_sha256 == hashlib.sha256(out.content).hexdigest()
    assert told["table"]["covered_cells"] == 2
    assert {"table_structure", "table_texts_and_bytes", "table_identity_numbers"} <= {
        probe["probe"] for probe in told["probes"]
    }


def test_a_csv_is_inert_and_the_one_that_was_proved(town, version):
    mark_text(version, "张三丰", town.handler)
    mark_text(version, NUMBER, town.handler)
    copy = made(town, version)
    out = table_file(copy, "csv-1")
    lines = out.content.decode("utf-8-sig").splitlines()
    assert lines[3] == f"{BLACK},{BLACK},'=1+1"
    assert lines[4].endswith("'@经办：张三丰")
    assert table_file(copy, "csv-2") is None
    assert table_file(copy, "zip") is None


def test_a_cell_over_several_lines_and_a_box_over_a_part_of_one(town, version):
    mark_text(version, NUMBER, town.handler)
    mark_text(version, "很长的说明", town.handler)
    copy = made(town, version)
    long = cells(table_file(copy, "xlsx").content)["补偿清单"][5][2]
    assert long == BLACK + "很长的说明" * 29


def test_a_box_over_the_heading_takes_the_name_of_the_sheet(town, version):
    mark_text(version, NUMBER, town.handler)
    box(version, town.handler, 42, 25, 400, 38)
    assert list(cells(table_file(made(town, version), "xlsx").content)) == [BLACK]


def test_an_open_identity_number_keeps_both_back(town, version):
    mark_text(version, "张三丰", town.handler)
    copy = made(town, version)
    assert (copy.status, copy.table, copy.file) == ("refused", None, None)


def test_a_table_that_is_not_set_like_its_pages_is_refused(version):
    table = copies.files.read(version.copy.table)
    with pytest.raises(table_copy.Moved):
        table_copy.table_copy(table, b"%PDF-other", [])


def test_a_trace_in_the_file_is_found(version, monkeypatch):
    from workflow.review.redaction import Box, Mark

    pages, table = copies.files.read(version.copy.pdf), copies.files.read(version.copy.table)
    whole = Mark(1, Box(0, 0, 842, 595), "条例第十五条")

    def leaking(sheets):
        held = io.BytesIO(real(sheets))
        with zipfile.ZipFile(held, "a") as book:
            book.writestr("docProps/custom.xml", f"<p>{NUMBER}</p>")
        return held.getvalue()

    real = table_copy.xlsx
    assert table_copy.table_copy(table, pages, [whole]).told["covered_cells"] > 5
    monkeypatch.setattr(table_copy, "xlsx", leaking)
    with pytest.raises(Leaks) as told:
        table_copy.table_copy(table, pages, [whole])
    places = {one.where for one in told.value.findings}
    assert any("custom.xml" in place for place in places), places


def test_a_file_that_is_not_the_one_that_was_proved_is_not_handed_out(town, version, monkeypatch):
    mark_text(version, NUMBER, town.handler)
    copy = made(town, version)
    monkeypatch.setattr("workflow.review.disclosing.table_files.csv_of", lambda rows: b"other")
    with pytest.raises(Altered):
        table_file(copy, "csv-1")


def test_the_page_offers_the_tables_and_says_whether_text_can_be_searched(town, version):
    mark_text(version, NUMBER, town.handler)
    copy = made(town, version)
    client = Client()
    client.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    where = [version.holding.case_id, version.pk, copy.pk]
    shown = client.get(reverse("room:copy", args=where)).content.decode()
    assert copy.table_sha256 in shown
    assert "没有；只有画面" in shown
    for part in ("xlsx", "csv-1"):
        address = reverse("room:copy_table", args=[*where, part])
        assert address in shown
        assert client.get(address).headers["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("room:copy_table", args=[*where, "csv-9"])).status_code == 404


def test_a_searchable_copy_has_a_layer_of_what_is_left_and_proves_it(town, version):
    mark_text(version, NUMBER, town.handler)
    plain = made(town, version)
    copy = made(town, version, searchable=True)
    plain.refresh_from_db()
    assert (plain.status, copy.status) == ("void", "passed"), copy.reason
    told = json.loads(certificate_of(copy))
    assert told["copy"]["searchable_layer"] is True
    texts = next(probe for probe in told["probes"] if probe["probe"] == "text_of_pages")
    assert (texts["result"], texts["looked"] > 0) == ("nothing", True)


def test_without_an_engine_a_searchable_copy_is_refused_with_the_packages(town, version, monkeypatch):
    from workflow.errors import NotNow
    from workflow.review.redaction import ocr

    mark_text(version, NUMBER, town.handler)
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(NotNow, match="tesseract-ocr-chi-sim"):
        begin.ask_for_copy(version_id=version.pk, searchable=True, **who(town.handler))

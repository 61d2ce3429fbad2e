"""What a figure opens to is exported as it is listed: every line of it, no more than the reader may see, texts as texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County
from workflow.models import Case
from workflow.supervision import list_file

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

LISTS = [
    ("board:statistics_cases", "2026-05", {"what": "new"}),
    ("board:statistics_cases", "2026-05", {"what": "event", "of": "extension", "span": "year"}),
    ("board:annual_cases", 2025, {"table": "3", "row": "new", "column": "all"}),
    ("board:annual_cases", 2025, {"table": "3", "row": "total", "column": "natural"}),
    ("board:annual_cases", 2025, {"table": "4", "row": "reconsideration", "column": "all"}),
]


@pytest.fixture
def filled(county: County) -> County:
    fill(county.offices[0], 90, seed=7)
    fill(county.offices[1], 20, seed=8)
    return county


def rows_of(content: bytes) -> list[list[Any]]:
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(("name", "period", "asked"), LISTS)
def test_a_file_is_the_list(
    filled: County,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    period: Any,
    asked: dict[str, str],
) -> None:
    monkeypatch.setattr(list_file, "BATCH", 7)
    client.force_login(filled.head, "django.contrib.auth.backends.ModelBackend")
    office = filled.offices[0]
    where = [office.pk, "own", period] if name.startswith("board:stat") else [office.pk, period, "own"]
    page = client.get(reverse(name, args=where), asked)
    listed = page.context["listed"]
    assert ("file=xlsx" in page.content.decode()) is (listed.count > 0)
    rows = rows_of(client.get(reverse(name, args=where), asked | {"file": "xlsx"}).content)
    assert len(rows) - 1 == listed.count
    first = [[row.number, row.title, row.office] for row in listed.rows]
    assert [row[:3] for row in rows[1 : len(first) + 1]] == first
    assert all(isinstance(row[4], dt.datetime) for row in rows[1:])
    text = b"".join(client.get(reverse(name, args=where), asked | {"file": "csv"}).streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    plain = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in plain] == [row[0] for row in rows]
    assert client.get(reverse(name, args=where), asked | {"file": "exe"}).status_code == 404
    other = [filled.offices[1].pk if one == office.pk else one for one in where]
    assert client.get(reverse(name, args=other), asked | {"file": "csv"}).status_code == 404


def test_a_title_that_calculates_stays_a_text(filled: County, client: Client) -> None:
    client.force_login(filled.supervisor, "django.contrib.auth.backends.ModelBackend")
    for title in ("=1+1", "+86", "-2", "@SUM(A1)", "#N/A"):
        Case.objects.update(title=title)
        content = client.get("/board/list.xlsx?standing=all").content
        [sheet] = load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows(min_row=2):
            assert (row[1].value, row[1].data_type) == (title, "s")
    Case.objects.update(title=" ＝cmd\x0b二")
    assert rows_of(client.get("/board/list.xlsx?standing=all").content)[1][1] == " ＝cmd\n二"
    text = b"".join(client.get("/board/list.csv?standing=all").streaming_content).decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(text)))[1:]))[1].startswith("' ＝cmd")

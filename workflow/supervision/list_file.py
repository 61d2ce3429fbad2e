"""A list as a file: a workbook, or CSV in the encoding that spreadsheets open without asking."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from workflow.spreadsheet import CONTENT_TYPE, long_sheet

XLSX, CSV = "xlsx", "csv"
# A spreadsheet would run a cell of a CSV file that begins with one of these, blanks before it or not.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BLANKS = " \n\u3000\u00a0"
#: Rows of a list behind a figure that are read at a time.
BATCH = 2000
WIDTHS = (12, 40, 22, 14, 12, 12, 40)


def list_file(
    rows: Iterable[Sequence[Any]], *, form: str, name: str, title: str, widths: Sequence[int]
) -> HttpResponse | StreamingHttpResponse:
    """Return a list as an answer that is saved as a file, its first row the head. Raises Http404 for another form.

    :param form: ``xlsx`` or ``csv``
    :param name: of the file, without its ending
    """
    answer: HttpResponse | StreamingHttpResponse
    if form == XLSX:
        answer = HttpResponse(long_sheet(title, rows, widths=widths), content_type=CONTENT_TYPE)
    elif form == CSV:
        answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or ""
    return answer


def behind_file(
    page: Callable[[int, int], Any], *, form: str, name: str, records: bool = False
) -> HttpResponse | StreamingHttpResponse:
    """Return everything behind a figure as a file; no applicant is named.

    :param page: gives a page of the list, by the place it begins in and its size
    :param records: whether a line is of something about a case, with a day and words of its own
    """
    return list_file(_behind(page, records), form=form, name=name, title="案件清单", widths=WIDTHS)


def _behind(page: Callable[[int, int], Any], records: bool) -> Iterator[list[Any]]:
    told = ("日期", "内容") if records else ("办结日", "结果")
    yield ["案件编号", "事由", "机关", "类别", "收到日", *told]
    after, listed = 0, page(0, BATCH)
    while True:
        for row in listed.rows:
            yield [row.number, row.title, row.office, row.kind, row.received_on, row.done_on, row.told]
        after += BATCH
        if after >= listed.count:
            return
        listed = page(after, BATCH)


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_plain("" if cell is None else str(cell)) for cell in row])


def _plain(cell: str) -> str:
    calculates = cell.lstrip(BLANKS).startswith(FORMULA) and not cell.lstrip("-").isdecimal()
    return f"'{cell}" if calculates else cell

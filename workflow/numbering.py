"""Case numbers without gaps, per office and year."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from office.rows import only
from workflow.errors import BadRequest
from workflow.models import Case, CaseSeries


def draw_case_number(office_id: int, year: int) -> int:
    """Take the next case number of an office and year; must run inside the transaction that uses it.

    The series row is locked until that transaction ends, so that a rolled-back case leaves no gap.
    """
    series = _locked(office_id, year)
    series.last = max(series.last + 1, series.first)
    series.save(update_fields=["last"])
    return series.last


def start_series(office_id: int, year: int, first: int) -> None:
    """Let an office that begins in mid-year go on from its own number ``first`` (earlier ones stay outside).

    Raises BadRequest when the office already has cases of that year.
    """
    if first < 1:
        raise BadRequest("bad_first", "起始序号应为正整数", field="first")
    with transaction.atomic():
        series = _locked(office_id, year)
        if Case.objects.filter(office_id=office_id, year=year).exists():
            raise BadRequest("series_in_use", f"{year}年已有案件编号，不能再设起始序号", field="first")
        series.first, series.last = first, 0
        series.save(update_fields=["first", "last"])


def _locked(office_id: int, year: int) -> CaseSeries:
    rows = CaseSeries.objects.select_for_update(of=("self",))
    found = only(rows.filter(office_id=office_id, year=year))
    if found is not None:
        return found
    try:
        with transaction.atomic():
            CaseSeries.objects.create(office_id=office_id, year=year)
    except IntegrityError:
        pass  # another process opened the year at the same moment; its row is the one to lock
    return rows.get(office_id=office_id, year=year)

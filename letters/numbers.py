"""Document numbers without gaps, per office, series and year."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from letters.models import NumberSeries
from office.models import Office
from office.rows import only


def draw_number(office: Office, series: str, year: int) -> int:
    """Take the next number of a series; must run inside the transaction that issues the paper.

    The series row is locked until that transaction ends, so that a paper that fails leaves no gap.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("文号须在出具文书的同一事务中取得")
    row = _locked(office, series, year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def draw_numbers(office: Office, series: str, year: int, count: int) -> range:
    """Take the next numbers of a series at once, as `draw_number` takes one; they follow each other."""
    if count < 1:
        raise ValueError(count)
    first = draw_number(office, series, year)
    if count > 1:
        NumberSeries.objects.filter(office=office, series=series, year=year).update(last=first + count - 1)
    return range(first, first + count)


def number_text(doc_code: str, series: str, year: int, number: int) -> str:
    """Write a document number: 清自然资依复〔2026〕12号."""
    return f"{doc_code}{series}〔{year}〕{number}号"


def _locked(office: Office, series: str, year: int) -> NumberSeries:
    rows = NumberSeries.objects.select_for_update(of=("self",))
    found = only(rows.filter(office=office, series=series, year=year))
    if found is not None:
        return found
    try:
        with transaction.atomic():
            NumberSeries.objects.create(office=office, series=series, year=year)
    except IntegrityError:
        pass  # another process opened the series at the same moment; its row is the one to lock
    return rows.get(office=office, series=series, year=year)

"""The register of document numbers: every number from 1 to the last with what became of it; and its check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from letters.models import NumberSeries, Paper, ReservedNumber
from office.models import Office

USED, VOIDED, RESERVED, OUTSIDE, MISSING = "已用", "作废", "预留", "系统外使用", "缺号"


@dataclass(frozen=True)
class Entry:
    """One number: its text, what became of it, for which paper and on which day, with the reason where it is void."""

    number: int
    text: str
    state: str
    title: str = ""
    on: date | None = None
    reason: str = ""
    paper_id: int | None = None
    subject_ref: str = ""
    reserved_id: int | None = None


@dataclass(frozen=True)
class Problem:
    """One fault of a series: which number, and what is wrong with it."""

    office: str
    series: str
    year: int
    number: int
    says: str


def series_of(office: Office) -> list[NumberSeries]:
    """List the series an office has drawn numbers from, the newest year first."""
    return list(NumberSeries.objects.filter(office=office, last__gte=1).order_by("-year", "series"))


def entries(office: Office, series: str, year: int, *, first: int, last: int) -> list[Entry]:
    """List the numbers of a stretch of a series in order, each with what became of it; a gap is shown as one."""
    here = {"office": office, "series": series, "year": year, "number__gte": first, "number__lte": last}
    found = {
        paper.number: _of_paper(paper) for paper in Paper.objects.filter(**here).select_related("voiding")
    }
    for row in ReservedNumber.objects.filter(**here).select_related("reservation"):
        found.setdefault(row.number, _of_reserved(row))
    return [found.get(number, Entry(number, "", MISSING)) for number in range(first, last + 1)]


def check(office: Office | None = None) -> Iterator[Problem]:
    """Yield every gap, every number given twice and every number beyond the last of its series."""
    rows = NumberSeries.objects.select_related("office").order_by("office__code", "year", "series")
    for row in rows.filter(office=office) if office else rows:
        here = {"office_id": row.office_id, "series": row.series, "year": row.year}
        given: Counter[int] = Counter()
        for model in (Paper, ReservedNumber):
            numbers = model._default_manager.filter(**here).values_list("number", flat=True)
            given.update(numbers.iterator(chunk_size=5000))
        told = (row.office.name, row.series, row.year)
        for number in range(1, row.last + 1):
            if number not in given:
                yield Problem(*told, number, "缺号：没有文书，也没有预留")
        for number, times in sorted(given.items()):
            if times > 1:
                yield Problem(*told, number, f"重号：用了 {times} 次")
            if number > row.last:
                yield Problem(*told, number, f"超出：该系列只编到 {row.last} 号")
    yield from _without_series(office)


def _without_series(office: Office | None) -> Iterator[Problem]:
    known = set(NumberSeries.objects.values_list("office_id", "series", "year"))
    for model in (Paper, ReservedNumber):
        rows = model._default_manager.select_related("office")
        rows = rows.filter(office=office) if office else rows
        used = rows.order_by().values_list("office_id", "office__name", "series", "year").distinct()
        for office_id, name, series, year in used:
            if (office_id, series, year) not in known:
                yield Problem(name, series, year, 0, "有文号而没有该系列的编号记录")


def _of_paper(paper: Paper) -> Entry:
    voiding = getattr(paper, "voiding", None)
    return Entry(
        paper.number, paper.number_text, VOIDED if voiding else USED, paper.title, paper.signed_on,
        voiding.reason if voiding else "", paper.pk, paper.subject_ref,
    )  # fmt: skip


def _of_reserved(row: ReservedNumber) -> Entry:
    state = {"reserved": RESERVED, "used": OUTSIDE, "voided": VOIDED}[row.stage]
    reason = row.reason or (row.reservation.reason if row.stage == "reserved" else "")
    title = f"{row.title}（主送：{row.recipient}）" if row.recipient else row.title
    on = row.settled_on or row.reservation.made_on
    return Entry(row.number, row.number_text, state, title, on, reason, reserved_id=row.pk)

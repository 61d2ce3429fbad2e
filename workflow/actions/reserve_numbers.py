"""Keep numbers of a series back, use one for a paper typed outside, declare one void (预留、使用、作废文号)."""

from __future__ import annotations

import datetime as dt
import uuid

from letters.catalogue import KINDS
from letters.models import NumberReservation, ReservedNumber
from letters.numbers import draw_numbers, number_text
from office import files
from office.models import Office, User
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.requests import FileData

#: How many numbers are kept back at once.
MOST = 50
SERIES = tuple(sorted({kind.series for kind in KINDS.values()}))


def reserve_numbers(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, series: str, count: int, reason: str,
    act_id: uuid.UUID | None = None,
) -> NumberReservation:  # fmt: skip
    """Take the next numbers of a series of the day's year out of turn; no paper is given one of them any more."""
    if series not in SERIES:
        raise BadRequest("no_series", "请选择文号系列", field="series")
    if not 1 <= count <= MOST:
        raise BadRequest("bad_count", f"一次可以预留 1 至 {MOST} 个文号", field="count")
    if not reason.strip():
        raise BadRequest("no_reason", "请写明预留的理由", field="reason")
    office = Office.objects.get(pk=office_id)
    if not office.doc_code:
        raise BadRequest("no_doc_code", "本机关还没有机关代字，不能编文号，请管理员先填写", field="series")

    def build(doing: Doing) -> NumberReservation:
        numbers = draw_numbers(office, series, on.year, count)
        row = NumberReservation.objects.create(
            office=office, series=series, year=on.year, first=numbers[0], count=count, reason=reason.strip(), made_by=by,
            made_on=on, created_at=now,
        )  # fmt: skip
        ReservedNumber.objects.bulk_create(
            ReservedNumber(
                reservation=row, office=office, series=series, year=on.year, number=n,
                number_text=number_text(office.doc_code, series, on.year, n),
            )
            for n in numbers
        )  # fmt: skip
        doing.note.update(series=series, year=on.year, first=numbers[0], last=numbers[-1])
        return row

    return make("reserve_numbers", office, build, by=by, on=on, now=now, act_id=act_id)


def use_number(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, title: str, recipient: str, used_on: dt.date,
    copy: FileData | None = None, act_id: uuid.UUID | None = None,
) -> ReservedNumber:  # fmt: skip
    """Enter which paper, typed outside, bears a reserved number; a scan of it may be kept."""
    if not title.strip():
        raise BadRequest("no_title", "请填写文件标题", field="title")

    def effect(row: ReservedNumber, doing: Doing) -> None:
        if used_on > on or used_on.year != row.year:
            raise BadRequest("bad_day", f"成文日期应在{row.year}年内，不能晚于今天", field="used_on")
        row.title, row.recipient = title.strip(), recipient.strip()
        if copy is not None:
            row.copy = files.put(office=row.office, content=copy.content, name=copy.name, now=now)
        row.settled_on, row.settled_by = used_on, by
        row.use()
        doing.note["number"] = row.number_text

    return take("use_number", ReservedNumber, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def void_number(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, act_id: uuid.UUID | None = None
) -> ReservedNumber:
    """Declare a reserved number void, with the reason; it is never given again."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明作废的理由", field="reason")

    def effect(row: ReservedNumber, doing: Doing) -> None:
        row.reason, row.settled_on, row.settled_by = reason.strip(), on, by
        row.void()
        doing.note["number"] = row.number_text

    return take("void_number", ReservedNumber, record_id, effect, by=by, on=on, now=now, act_id=act_id)

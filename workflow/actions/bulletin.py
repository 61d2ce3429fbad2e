"""Draft a month's bulletin on the offices below, fill it in, settle it (月度通报)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.models import Bulletin
from workflow.selectors.bulletin_figures import count, span
from workflow.supervising import seat

MOST_WORDS = 20_000


def begin_bulletin(
    *,
    office_id: int,
    by: User,
    on: dt.date,
    now: dt.datetime,
    year: int,
    month: int,
    act_id: uuid.UUID | None = None,
) -> Bulletin:
    """Begin the bulletin of a month that is over or runs; its figures are those on record today.

    Raises BadRequest for a month that has not begun, or that has a bulletin already.
    """
    office = seat(office_id, by, on=on)
    if not (1 <= month <= 12 and 2008 <= year <= on.year) or span(year, month)[0] > on:
        raise BadRequest("bad_month", "请选择已经开始的月份", field="month")

    def build(doing: Doing) -> Bulletin:
        if Bulletin.objects.filter(office=office, year=year, month=month).exists():
            raise BadRequest("twice", f"{year}年{month}月的通报已经起草，请打开原来的通报", field="month")
        doing.note.update(year=year, month=month)
        return Bulletin.objects.create(
            office=office, year=year, month=month, figures=count(office, year, month, on=on), figures_on=on, made_by=by,
            created_at=now,
        )  # fmt: skip

    made: Bulletin = make("begin_bulletin", office, build, by=by, on=on, now=now, act_id=act_id)
    return made


def fill_bulletin(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, words: str, version: int,
    act_id: uuid.UUID | None = None,
) -> Bulletin:  # fmt: skip
    """Write what the bulletin says besides its figures.

    :param version: of the bulletin that was before the writer's eyes
    """
    if not words.strip() or len(words) > MOST_WORDS:
        raise BadRequest("no_words", f"请写明存在的问题和下一步要求，不超过{MOST_WORDS}字", field="words")

    def effect(row: Bulletin, doing: Doing) -> None:
        if row.version != version:
            raise BadRequest("changed", "刚才另有人改过这份通报，请重新打开再填写", field="words")
        row.words, row.version = words.strip(), row.version + 1
        doing.note.update(year=row.year, month=row.month)

    return _take("fill_bulletin", record_id, effect, by, on, now, act_id)


def recount_bulletin(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Bulletin:
    """Count the figures of a draft anew, as the cases are on record today."""

    def effect(row: Bulletin, doing: Doing) -> None:
        row.figures, row.figures_on = count(row.office, row.year, row.month, on=on), on
        row.version += 1
        doing.note.update(year=row.year, month=row.month)

    return _take("recount_bulletin", record_id, effect, by, on, now, act_id)


def settle_bulletin(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Bulletin:
    """Settle a bulletin: figures and words stay as they are. Raises BadRequest while its words are not written."""

    def effect(row: Bulletin, doing: Doing) -> None:
        if not row.words:
            raise BadRequest("no_words", "“存在的问题和下一步要求”还没有写", field="words")
        row.settled_by, row.settled_on = by, on
        row.settle()
        doing.note.update(year=row.year, month=row.month)

    return _take("settle_bulletin", record_id, effect, by, on, now, act_id)


def reopen_bulletin(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, act_id: uuid.UUID | None = None
) -> Bulletin:
    """Open a settled bulletin again after a mistake was found in it."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明撤回定稿的理由", field="reason")

    def effect(row: Bulletin, doing: Doing) -> None:
        row.settled_by, row.settled_on, row.version = None, None, row.version + 1
        row.open_again()
        doing.note.update(year=row.year, month=row.month, reason=reason.strip())

    return _take("reopen_bulletin", record_id, effect, by, on, now, act_id)


def _take(
    step: str,
    record_id: int,
    effect: object,
    by: User,
    on: dt.date,
    now: dt.datetime,
    act_id: uuid.UUID | None,
) -> Bulletin:
    done: Bulletin = take(step, Bulletin, record_id, effect, by=by, on=on, now=now, act_id=act_id)  # type: ignore[arg-type]
    return done

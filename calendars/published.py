"""The calendar in force: the years shipped as files with the confirmed notices of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from django.db import DatabaseError, connection

import calendars
from calendars import years
from calendars.days import Calendar
from calendars.growing import joined, regions_of
from calendars.models import Edition, StoredNotice
from calendars.models.edition import ONLY

# The edition that one request or one act has read.
_moment: ContextVar[dict[str, str] | None] = ContextVar("calendars_moment", default=None)
# By edition and region. A process keeps the newest edition only.
_built: dict[tuple[str, str], Calendar] = {}
_regions: dict[str, frozenset[str]] = {}
TABLE = Edition._meta.db_table
PINNED = "pinned"


def calendar(region: str = "") -> Calendar:
    """Give the calendar in force for a region, rebuilt when any process has put another edition in force.

    One small query outside `moment`; none after the first inside.

    :param region: 行政区划代码 of an office; blank: the whole country
    """
    token = edition()
    held = _built.get((token, region))
    if held is None:
        held = _build(region)
        if any(key[0] != token for key in tuple(_built)):
            _built.clear()
        _built[token, region] = held
    return held


def regions() -> frozenset[str]:
    """Name the regions that have days off of their own (全国年节及纪念日放假办法 第四条), shipped or confirmed."""
    token = edition()
    if token not in _regions:
        own = StoredNotice.objects.filter(confirmed_at__isnull=False).exclude(region_code="")
        found = years.regions() | set(own.order_by().values_list("region_code", flat=True).distinct())
        _regions.clear()
        _regions[token] = frozenset(found)
    return _regions[token]


def has_own_days(code: str) -> bool:
    """Tell whether a region, or one it lies in, has days off of its own."""
    return bool(code) and not regions().isdisjoint(regions_of(code))


def edition() -> str:
    """Read which edition is in force."""
    memo = _moment.get()
    if memo is None:
        return _read_token()
    if "edition" not in memo:
        memo["edition"] = _read_token()
    return memo["edition"]


@contextmanager
def moment() -> Iterator[None]:
    """Read the edition once for everything inside: a request, or one step of a job."""
    if _moment.get() is not None:
        yield
        return
    token = _moment.set({})
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def pinned() -> Iterator[None]:
    """Keep the edition from changing until the transaction ends: for whoever writes dates.

    To be entered before any case is locked. Nobody waits but for a change of edition, which waits in turn for
    those inside; so no date is ever written by a calendar that is no longer in force. Inside another of the same
    transaction nothing is asked again.
    """
    held = _moment.get()
    if held is not None and PINNED in held and connection.in_atomic_block:
        yield
        return
    token = _moment.set({"edition": _read_token(lock="FOR SHARE"), PINNED: ""})
    try:
        yield
    finally:
        _moment.reset(token)


def begin_change() -> None:
    """Take the edition for oneself until the transaction ends, before any case is locked."""
    Edition.objects.get_or_create(pk=ONLY)
    Edition.objects.select_for_update().get(pk=ONLY)


def changed() -> None:
    """Put a new edition in force, inside the transaction that changed what it consists of."""
    Edition.objects.update_or_create(pk=ONLY, defaults={"token": uuid4()})
    held = _moment.get()
    if held is not None:
        held.clear()


def stored(region: str = "") -> Calendar | None:
    """Give the calendar in force, or None where there is no database with our tables (a bare command line)."""
    return calendar(region) if present() else None


def present() -> bool:
    """Say whether there is a database with our tables, leaving none behind that was not there."""
    name = str(connection.settings_dict["NAME"])
    in_memory = "memory" in name
    if connection.vendor == "sqlite" and not in_memory and not Path(name).exists():
        return False  # looking would leave an empty file behind
    try:
        return TABLE in connection.introspection.table_names()
    except DatabaseError:
        return False


def _read_token(lock: str = "") -> str:
    suffix = f" {lock}" if lock and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token FROM {TABLE} WHERE id = %s{suffix}", [ONLY])  # noqa: S608
        row = cursor.fetchone()
    return str(row[0]).replace("-", "") if row else ""


def _build(region: str) -> Calendar:
    rows = StoredNotice.objects.filter(confirmed_at__isnull=False).order_by("year", "published_on", "pk")
    found = joined(calendars.load(), ((r.year, r.as_notice()) for r in rows.filter(region_code="")))
    if not region:
        return found
    own = rows.filter(region_code__in=regions_of(region))
    regional = (*calendars.load(region[:6]).regional, *(r.as_notice() for r in own))
    return found.with_regional(regional) if regional else found

"""Run a load: the county, then its offices one by one or side by side, then series, sequences and statistics."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import django
from dateutil.relativedelta import relativedelta
from django.core.management.color import no_style
from django.db import connection, transaction

from law.values import value
from office.errors import Refusal
from office.models import Office
from workflow.load import indexes
from workflow.load.county import Staff, build
from workflow.load.plan import number, number_papers, plan
from workflow.load.records import Writer
from workflow.load.sink import Copy, Insert, Sink
from workflow.load.tables import models
from workflow.load.writer import series_of_kinds, write_case
from workflow.models import Case

BATCH = 1000
# Below this, building indexes again costs more than keeping them.
WITHOUT_INDEXES = 50_000
PAPERS = 8
#: The wording of the letters begins with the amended Regulation.
EARLIEST = dt.date(2019, 5, 15)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What is asked for."""

    cases: int
    years: int
    seed: int
    until: dt.date
    processes: int = 1


@dataclass(frozen=True)
class Shard:
    """One office's part of a load, in values that another process can be sent."""

    staff: Staff
    number: int
    first_id: int
    seed: str
    first: dt.date
    until: dt.date


@dataclass(frozen=True)
class Filled:
    """What an office's series have come to."""

    office: int
    cases: dict[int, int]
    papers: dict[tuple[str, int], int]


def load(order: Order, say: Say) -> float:
    """Fill the database and return the seconds it took. Raises Refusal where there are cases or offices already."""
    first = order.until - relativedelta(years=order.years)
    _check(order, first)
    began = time.monotonic()
    with transaction.atomic():
        staff = build()
    shards = _shards(order, staff, first)
    bare = connection.vendor == "postgresql" and order.cases >= WITHOUT_INDEXES
    taken = indexes.take_off() if bare else None
    done = _write(shards, order.processes)
    say(f"rows written after {time.monotonic() - began:.0f} s")
    _series(done)
    _sequences()
    if taken is not None:
        indexes.put_back(taken, workers=order.processes)
    _statistics()
    return time.monotonic() - began


def write_shard(shard: Shard) -> Filled:
    """Plan and write the cases of one office."""
    rng = random.Random(shard.seed)  # noqa: S311  (made-up cases, not secrets)
    cases = plan(rng, shard.number, shard.first, shard.until, before=shard.first_id - 1)
    yearly = number(cases, shard.first_id)
    papers = number_papers(cases, series_of_kinds())
    retention = (
        int(value("retention.long_years", shard.until)), int(value("retention.short_years", shard.until)),
    )  # fmt: skip
    with connection.cursor() as cursor:
        writer = Writer(shard.staff, rng, _sink(cursor), retention=retention)
        writer.next_paper = shard.first_id * PAPERS
        for place, case in enumerate(cases, start=1):
            write_case(writer, case)
            if place % BATCH == 0:
                writer.sink.flush()
        writer.sink.flush()
    return Filled(shard.staff.office, yearly, papers)


def _check(order: Order, first: dt.date) -> None:
    if Case.objects.exists() or Office.objects.exists():
        raise Refusal("not_empty", "数据库里已有机关或者案件：只能向空库装入测试数据")
    if order.cases < 1 or first < EARLIEST:
        raise Refusal("bad_order", f"案件数应为正整数，最早只能从{EARLIEST}起")


def _shards(order: Order, staff: list[Staff], first: dt.date) -> list[Shard]:
    whole = sum(one.share for one in staff)
    made, start, left = [], 1, order.cases
    for place, one in enumerate(staff):
        number = left if place == len(staff) - 1 else round(order.cases * one.share / whole)
        number = min(number, left)
        made.append(Shard(one, number, start, f"{order.seed}/{one.facts['code']}", first, order.until))
        start, left = start + number, left - number
    return made


def _write(shards: list[Shard], processes: int) -> list[Filled]:
    if processes == 1 or connection.vendor != "postgresql":
        with transaction.atomic():
            return [write_shard(shard) for shard in shards]
    # The largest first, so that no process is left with a whole office at the end.
    ordered = sorted(shards, key=lambda shard: -shard.number)
    spawn = multiprocessing.get_context("spawn")
    # A fresh process must set Django up before it reads its first shard.
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=django.setup) as pool:
        return list(pool.map(write_shard, ordered))


def _sink(cursor: object) -> Sink:
    if connection.vendor != "postgresql":
        return Insert(cursor)
    if not connection.in_atomic_block:
        cursor.execute("SET synchronous_commit = off")  # type: ignore[attr-defined]
    return Copy(cursor)


def _series(done: list[Filled]) -> None:
    """Leave every number series where the last number stands, as drawing them one by one would have."""
    with connection.cursor() as cursor:
        sink = _sink(cursor)
        for filled in done:
            sink.rows["case_series"] += [
                (filled.office, year, 1, last) for year, last in sorted(filled.cases.items())
            ]
            sink.rows["number_series"] += [
                (filled.office, series, year, last) for (series, year), last in sorted(filled.papers.items())
            ]
        sink.flush()


def _sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)


def _statistics() -> None:
    # SQLite's statistics hold averages only: told that most cases are archived, it would read them all to find
    # the few open ones. Without them it trusts its indexes, as in every installation.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

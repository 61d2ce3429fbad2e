"""Board, lists, case page, search, reports and tick at 10,000 and at a million cases, side by side: supervision [CASES … | sqlite CASES]."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.pg import cluster

VOLUMES = (10_000, 1_000_000)
ROUNDS = 40
#: The most each may take at a million cases on two cores, in seconds; 0 where nothing is promised.
LIMITS = {
    "board, the county's": 0.100, "board, an office's": 0.100, "work list, a handler's": 0.050, "unit list": 0.050, "watch list, overdue": 0.050,
    "case page, open": 0.080, "case page, archived": 0.080, "search: case number": 0.150, "search: identity number": 0.150,
    "search: a rare word": 0.150, "search: a common word": 0.150, "search: two words": 0.150, "search: no such word": 0.150,
    "annual report, county": 1.0, "annual report, office": 1.0, "monthly figures, county": 0.3, "tick: reminders and clocks": 5.0,
    "viewflow's own queue, first page and count": 0,
}  # fmt: skip
ON_SQLITE = {"board, the county's": 0.300}
HOME = {"DJANGO_SETTINGS_MODULE": "config.settings", "DJANGO_DEBUG": "0"}


def run(arguments: Sequence[str]) -> int:
    """Load each volume into a database of its own, measure there, and print both beside the limits."""
    if arguments and arguments[0] == "inside":
        print(json.dumps(_inside()))
        return 0
    sqlite = bool(arguments) and arguments[0] == "sqlite"
    volumes = [int(one) for one in arguments[1 if sqlite else 0 :]] or list(VOLUMES)
    found = []
    for volume in volumes:
        with _loaded(volume, sqlite=sqlite) as place:
            done = subprocess.run(
                [sys.executable, "-m", "bench", "supervision", "inside"], env=place, check=True, text=True,
                stdout=subprocess.PIPE,
            )  # fmt: skip
            found.append(json.loads(done.stdout.splitlines()[-1]))
    _print(found, ON_SQLITE if sqlite else LIMITS)
    return 0


@contextmanager
def _loaded(volume: int, *, sqlite: bool) -> Iterator[dict[str, str]]:
    """Fill a throw-away database and yield the environment in which it is used."""
    with tempfile.TemporaryDirectory() as data:
        place = {**os.environ, **HOME, "DATA_DIR": data}
        place.pop("DATABASE_URL", None)
        processes = 1 if sqlite else os.cpu_count() or 1
        load = ("makeload", "--cases", volume, "--years", 5, "--seed", 1, "--processes", processes)
        if sqlite:
            _manage(place, ("migrate", "--verbosity", "0"), load)
            yield place
            return
        with cluster() as url:
            place["DATABASE_URL"] = url
            _manage(place, ("migrate", "--verbosity", "0"), load)
            yield place


def _manage(place: dict[str, str], *commands: tuple[object, ...]) -> None:
    for command in commands:
        line = [sys.executable, "manage.py", *map(str, command)]
        subprocess.run(line, env=place, check=True, stdout=sys.stderr)


def _print(found: list[dict[str, Any]], limits: dict[str, float]) -> None:
    """Print a row for each piece of work: median and 95th percentile by volume, growth, and the limit."""
    print(
        "| work | "
        + " | ".join(f"{one['cases']:,} cases, {one['open']:,} open: p50 / p95" for one in found)
        + " | growth | limit |"
    )
    print("|---|" + "---|" * (len(found) + 2))
    for name in found[0]["times"]:
        cells, medians = [], []
        for one in found:
            times = sorted(one["times"][name])
            medians.append(statistics.median(times))
            size = one["bytes"].get(name)
            weight = f", {size / 1024:.0f} KB" if size else ""
            cells.append(f"{medians[-1] * 1e3:,.1f} / {times[int(len(times) * 0.95)] * 1e3:,.1f} ms{weight}")
        limit = limits.get(name, 0)
        growth = f"{medians[-1] / medians[0]:.1f} ×" if len(found) > 1 else ""
        print(f"| {name} | {' | '.join(cells)} | {growth} | {f'{limit * 1e3:,.0f} ms' if limit else ''} |")
    for one in found:
        print(
            f"{one['cases']:,} cases: {one['told']:,} reminders in the tick over {one['open']:,} open cases, {one['rate']:,.0f} open cases/s"
        )


def _inside() -> dict[str, Any]:
    """Measure on the loaded database of DATABASE_URL."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection, transaction

    from office.models import Office, User
    from office.today import now, today
    from workflow import jobs
    from workflow.models import Case, Party
    from workflow.selectors.timeliness import open_cases

    settings.ALLOWED_HOSTS = ["*"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    above = User.objects.get(username="load-supervisor")
    cases = open_cases(Case.objects.all())
    busy = (
        cases.filter(handler__isnull=False, state="handling")
        .select_related("handler", "office")
        .order_by("due_on")[0]
    )
    old = Case.objects.filter(state="archived", office=busy.office).order_by("pk")[0]
    party = Party.objects.filter(case=old).first()
    assert party is not None
    assert busy.handler is not None
    intake = User.objects.filter(posts__office=busy.office, posts__role="intake").order_by("pk")[0]
    county, handler, desk = _browser(above), _browser(busy.handler), _browser(intake)
    year = today().year - 1
    government = Office.objects.get(parent__isnull=True, code__startswith="load-")
    find = lambda words: lambda: desk.post("/desk/search/", {"text": words})  # noqa: E731
    common, rare = _words(old.office_id)
    work: dict[str, Callable[[], Any]] = {
        "board, the county's": lambda: county.get("/board/"),
        "board, an office's": lambda: _browser_of(busy.office_id).get("/board/"),
        "work list, a handler's": lambda: handler.get("/desk/"),
        "unit list": lambda: handler.get("/desk/unit/"),
        "watch list, overdue": lambda: county.get("/desk/watch/?level=overdue"),
        "case page, open": lambda: handler.get(f"/desk/case/{busy.pk}/"),
        "case page, archived": lambda: desk.get(f"/desk/case/{old.pk}/"),
        "search: case number": find(old.number),
        "search: identity number": find("11010519491231002X"),
        "search: a rare word": find(rare),
        "search: a common word": find(common),
        "search: two words": find(f"{rare} {common}"),
        "search: no such word": find("鼋鼍"),
        "annual report, county": lambda: _annual(government, year),
        "annual report, office": lambda: _annual(busy.office, year),
        "monthly figures, county": lambda: _monthly(government, year),
    }
    if connection.vendor != "postgresql":
        work = {name: work[name] for name in ON_SQLITE}
    times, sizes = {}, {}
    for name, ask in work.items():
        rounds = 7 if name.startswith(("annual", "monthly")) else ROUNDS
        times[name], answer = _timed(ask, rounds)
        if hasattr(answer, "status_code"):
            assert answer.status_code == 200, (name, answer.status_code)
            sizes[name] = len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    told, spent, count = 0, [0.0], cases.count()
    if connection.vendor == "postgresql":
        times["viewflow's own queue, first page and count"], _ = _timed(lambda: _stock_queue(busy.handler), 7)
        spent = []
        for _ in range(3):
            with transaction.atomic():
                began = time.perf_counter()
                told = jobs.remind(now())
                jobs.move_clocks(now())
                spent.append(time.perf_counter() - began)
                transaction.set_rollback(True)
        times["tick: reminders and clocks"] = spent
    return {
        "cases": Case.objects.count(), "open": count, "times": times, "bytes": sizes, "told": told,
        "rate": count / statistics.median(spent) if spent[0] else 0,
    }  # fmt: skip


def _browser(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


_held: dict[int, Any] = {}


def _browser_of(office_id: int) -> Any:
    """Return the browser of the head of an office."""
    from office.models import User

    if office_id not in _held:
        head = User.objects.filter(posts__office_id=office_id, posts__role="head").order_by("pk")[0]
        _held[office_id] = _browser(head)
    return _held[office_id]


def _words(office_id: int) -> tuple[str, str]:
    """Return two characters many titles of an office hold, and two that few do."""
    from collections import Counter

    from workflow.models import Case

    titles = Case.objects.filter(office_id=office_id).order_by("-pk").values_list("title", flat=True)[:20_000]
    pairs: Counter[str] = Counter()
    for title in titles:
        pairs.update({title[n : n + 2] for n in range(len(title) - 1) if title[n : n + 2].isalpha()})
    ordered = pairs.most_common()
    return ordered[0][0], ordered[-1][0]


def _annual(office: Any, year: int) -> object:
    from office.today import today
    from workflow.models import AnnualReport
    from workflow.selectors import annual_report

    scope = AnnualReport.Scope.WHOLE if office.parent_id is None else AnnualReport.Scope.OWN
    return annual_report.assembled(office, year, scope, on=today())


def _monthly(office: Any, year: int) -> object:
    from workflow.annual.statistics import Months
    from workflow.selectors.statistics import statistics

    return statistics(office, list(office.descendants()), Months.named(f"{year}-06"))


def _stock_queue(user: Any) -> object:
    """Read the first page and the count of the inbox viewflow brings along."""
    from viewflow.workflow.models import Task

    from workflow.flow import CaseFlow

    rows = Task._default_manager.inbox([CaseFlow], user).select_related("process")
    return rows.count(), list(rows.order_by("-created")[:25])


def _timed(ask: Callable[[], Any], rounds: int) -> tuple[list[float], Any]:
    answer = ask()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - began)
    return times, answer

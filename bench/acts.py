"""What acts cost: queries and processor time an act and a whole case, and 20 processes at once: acts [pg] [PROCESSES]."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.pg import cluster

CASES = 20
PROCESSES, SECONDS = 20, 20
READY = "ready"


def run(arguments: Sequence[str]) -> int:
    """Measure on a throw-away SQLite file, or with ``pg`` on a throw-away PostgreSQL, there also many at once."""
    processes = next((int(word) for word in arguments if word.isdigit()), PROCESSES)
    with tempfile.TemporaryDirectory() as data:
        place = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        if "pg" not in arguments:
            place["DATABASE_URL"] = f"sqlite:///{Path(data) / 'bench.sqlite3'}"
            return _lines(place, ["manage.py", "migrate", "-v0"], ["-m", "bench.acts", "alone"])
        with cluster() as url:
            place["DATABASE_URL"] = url
            code = _lines(place, ["manage.py", "migrate", "-v0"], ["-m", "bench.acts", "alone"])
            return code or _many(place, processes)


def _lines(place: dict[str, str], *lines: list[str]) -> int:
    for line in lines:
        code = subprocess.run([sys.executable, *line], env=place, check=False).returncode
        if code:
            return code
    return 0


def _many(place: dict[str, str], processes: int) -> int:
    """Let so many processes do whole plain cases for some seconds, each in an office of its own.

    They begin together: each says that it is warm, having done one case, and waits to be told to begin.
    """
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.acts", "worker"],
            env=place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for worker in workers:
        assert worker.stdout is not None
        if worker.stdout.readline().strip() != READY:
            for other in workers:
                other.kill()
            return worker.wait() or 1
    began, load = time.monotonic(), os.getloadavg()[0]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("begin\n")
        worker.stdin.flush()
    done: list[int] = []
    waits: list[float] = []
    for worker in workers:
        said = worker.communicate()[0].split()
        if worker.returncode:
            return worker.returncode
        done.append(int(said[0]))
        waits += [float(word) for word in said[1:]]
    spent = time.monotonic() - began
    cuts = statistics.quantiles(waits, n=100)
    print(
        f"{processes} processes, {SECONDS} s: {sum(done)} acts, {sum(done) / SECONDS:.0f} acts/s, an act p50 {cuts[49]:.2f} s "
        f"p99 {cuts[98]:.2f} s, all over after {spent:.1f} s, load before {load:.1f}"
    )
    return 0


def alone() -> None:
    """Print a table of the acts: queries, processor time of this process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.workflow.factories import make_town
    from tests.workflow.plain_case import beside, plain

    town = make_town()
    for _, do in plain(town):
        do()
    counted: dict[str, int] = {}
    for once in plain(town), beside(town):
        for name, do in once:
            with CaptureQueriesContext(connection) as queries:
                do()
            counted[name] = len(queries)
    spent: dict[str, list[float]] = {}
    whole: list[float] = []
    for _ in range(CASES):
        began = time.process_time()
        for name, do in plain(town):
            before = time.process_time()
            do()
            spent.setdefault(name, []).append(time.process_time() - before)
        whole.append(time.process_time() - began)
    print(f"{'act':26}{'queries':>8}{'processor, ms':>16}")
    for name, queries in counted.items():
        cost = f"{statistics.median(spent[name]) * 1000:.1f}" if name in spent else "—"
        print(f"{name:26}{queries:>8}{cost:>16}")
    print(
        f"a whole plain case on {connection.vendor}: {statistics.median(whole):.3f} s of one core (best {min(whole):.3f}), "
        f"load {os.getloadavg()[0]:.1f}"
    )


def worker() -> None:
    """Say when warm, begin when told, do plain cases until the time is over; print how many acts and how long each took."""
    from tests.workflow import factories
    from tests.workflow.plain_case import plain

    factories._counter = iter(range(os.getpid() * 1000, os.getpid() * 1000 + 999))
    town = factories.make_town()
    for _, do in plain(town):
        do()
    print(READY, flush=True)
    sys.stdin.readline()
    end = time.monotonic() + SECONDS
    waits = []
    while time.monotonic() < end:
        for _, do in plain(town):
            before = time.monotonic()
            do()
            if time.monotonic() > end:
                break
            waits.append(time.monotonic() - before)
    print(len(waits), *(f"{wait:.4f}" for wait in waits))


if __name__ == "__main__":
    import django

    django.setup()
    alone() if sys.argv[1] == "alone" else worker()

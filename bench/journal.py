"""Checking the journal's chains: journal [pg] [LINES]: a million lines written in bulk, then `verifyjournal`, by processor time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.load import _server_seconds
from tests.pg import cluster

LINES, PER_CASE, BATCH = 1_000_000, 11, 20_000


def run(arguments: Sequence[str]) -> int:
    """Write so many lines on a throw-away SQLite file (or with ``pg`` PostgreSQL), check all, then break one and find it."""
    lines = next((word for word in arguments if word.isdigit()), str(LINES))
    with tempfile.TemporaryDirectory() as data:
        place = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        if "pg" in arguments:
            with cluster() as url:
                return _on({**place, "DATABASE_URL": url}, lines, url)
        return _on({**place, "DATABASE_URL": f"sqlite:///{Path(data) / 'bench.sqlite3'}"}, lines, None)


def _on(place: dict[str, str], lines: str, url: str | None) -> int:
    for line in (["manage.py", "migrate", "-v0"], ["-m", "bench.journal", lines]):
        code = subprocess.run([sys.executable, *line], env=place, check=False).returncode
        if code:
            return code
    before = _server_seconds(url) if url else 0.0
    subprocess.run([sys.executable, "-m", "bench.journal", "verify"], env=place, check=True)
    if url:
        print(f"the server's processor time: {_server_seconds(url) - before:.1f} s")
    return 0


def write(lines: int) -> None:
    """Write valid chains of eleven lines each, as the load writes them."""
    import datetime as dt
    import uuid

    from office.journal import FIRST, entry_hash
    from office.models import JournalEntry

    rows: list[JournalEntry] = []
    last = FIRST
    at = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
    for number in range(lines):
        case, seq = divmod(number, PER_CASE)
        prev = FIRST if seq == 0 else last
        line = {
            "subject": f"case:{case + 1}", "seq": seq + 1, "key": "case.propose", "at": at, "on": at.date(),
            "by_ref": "user:7", "office_id": 1, "act_id": uuid.UUID(int=number + 1),
            "data": {"before": "handling", "after": "handling", "item": 1, "outcome": "disclose"}, "prev_hash": prev,
        }  # fmt: skip
        last = entry_hash(**line)
        rows.append(JournalEntry(**line, hash=last))
        if len(rows) == BATCH:
            JournalEntry.objects.bulk_create(rows)
            rows.clear()
    JournalEntry.objects.bulk_create(rows)


def verify() -> None:
    """Check every line and say what it cost."""
    from django.db import connection

    from office import journal

    began, cpu = time.monotonic(), time.process_time()
    faults = list(journal.verify())
    print(
        f"{connection.vendor}: {journal.count():,} lines, {len(faults)} faults, our processor {time.process_time() - cpu:.1f} s, "
        f"on the wall {time.monotonic() - began:.1f} s, load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    import django

    django.setup()
    verify() if sys.argv[1] == "verify" else write(int(sys.argv[1]))

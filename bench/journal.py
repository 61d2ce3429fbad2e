"""Checking the journal's chains: journal [pg] [LINES]: a million lines written in bulk, then `verifyjournal`, by processor time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.load import _server_seconds
from tests.pg import cluster

LINES, PER_CASE, BATCH = 1_000_000, 11, 20_000


def run(arguments: Sequence[str]) -> int:
    """Write so many lines on a throw-away SQLite file (or with ``pg`` PostgreSQL), and check all."""
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


def told(case: int, seq: int) -> tuple[str, dict[str, Any]]:
    """Give the key and the data of one line of a plain case, as its acts write them; no two cases tell the same."""
    sha = hashlib.sha256(f"{case}".encode()).hexdigest()
    states = ("submitted", "registered", "handling", "handling", "handling", "reviewing", "reviewing", "signing",
              "replied", "served", "archived")  # fmt: skip
    before = states[seq - 1] if seq else ""
    data: dict[str, Any] = {"before": before, "after": states[seq]}
    match seq:
        case 0:
            return "case.submit", data | {"channel": "portal", "items": 1}
        case 1:
            return "case.register", data | _papers(("registration_receipt", "依收", case, sha))
        case 2:
            given = {"unit_id": [None, case % 7], "handler_id": [None, case % 31]}
            return "case.assign", data | {"unit": case % 7, "handler": case % 31, "changes": {"case": given}}
        case 3:
            return "case.record_search", data | {"item": None, "found": True}
        case 4:
            item = {"outcome": ["", "disclose"], "facts": [f"s{sha[:16]}", f"s{sha[16:32]}"], "proposed_on": [None, "2026-03-02"],
                    "proposed_by_id": [None, case % 31]}  # fmt: skip
            return "case.propose", data | {"item": 1, "outcome": "disclose", "changes": {"item:1": item}}
        case 5 | 6 | 7:
            return "case.clear_secrecy", data | {"draft": 1, "sha256": sha}
        case 8:
            signed = {
                "draft": 1,
                "signer": 9,
                "signed_on": "2026-03-02",
                "changes": {"case": {"replied_on": [None, "2026-03-02"]}},
            }
            return "case.sign", data | signed | _papers(("reply_disclose", "依复", case, sha))
        case 9:
            moved = {"completed_on": [None, "2026-03-02"], "clock_status": ["replied", "met"]}
            return "case.serve", data | {"channel": "counter", "changes": {"case": moved}}
        case _:
            filed = {
                "retention_years": [None, 10],
                "archived_on": [None, "2026-03-02"],
                "manifest_sha256": ["", f"s{sha[:16]}"],
            }
            papers = _papers(("archive_cover", "依卷", case, sha), ("archive_note", "依备", case, sha))
            return "case.archive", data | {
                "manifest": sha,
                "years": 10,
                "count": 6,
                "changes": {"case": filed},
            } | papers


def _papers(*made: tuple[str, str, int, str]) -> dict[str, Any]:
    return {
        "papers": [
            {"kind": kind, "number": f"云自然资{series}〔2026〕{n + 1}号", "sha256": sha}
            for kind, series, n, sha in made
        ]
    }


def write(lines: int) -> None:
    """Write valid chains of eleven lines each, as the acts of a plain case do."""
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
        key, data = told(case, seq)
        line = {
            "subject": f"case:{case + 1}", "seq": seq + 1, "key": key, "at": at + dt.timedelta(microseconds=number), "on": at.date(),
            "by_ref": f"user:{case % 31}", "office_id": 1, "act_id": uuid.UUID(int=number + 1), "data": data, "prev_hash": prev,
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

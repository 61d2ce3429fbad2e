"""Fill a throw-away PostgreSQL by makeload and print its rate: load [CASES [PROCESSES [MEASUREMENT]]]."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.pg import cluster

COMMANDS = (
    ("migrate", "--verbosity", "0"),
    ("makeload", "--cases", "{cases}", "--years", "5", "--seed", "1", "--processes", "{processes}"),
    ("recompute", "--check", "--every", "{every}"),
)


def run(arguments: Sequence[str]) -> int:
    """Load so many cases (100,000) with so many processes (all cores), then check a sample of their dates.

    A measurement named after them is run on what was loaded.
    """
    cases = int(arguments[0]) if arguments else 100_000
    processes = int(arguments[1]) if len(arguments) > 1 else os.cpu_count() or 1
    given = {"cases": cases, "processes": processes, "every": max(1, cases // 2000)}
    with cluster() as url, tempfile.TemporaryDirectory() as data:
        place = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": data,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        lines = [
            [sys.executable, "manage.py", *(part.format(**given) for part in command)] for command in COMMANDS
        ]
        lines += [[sys.executable, "-m", "bench", name] for name in arguments[2:]]
        for line in lines:
            code = subprocess.run(line, env=place, check=False).returncode
            if code:
                return code
        spent, server = resource.getrusage(resource.RUSAGE_CHILDREN), _server_seconds(url)
        print(f"processor time: {spent.ru_utime + spent.ru_stime:.0f} s ours, {server:.0f} s the server's")
    return 0


def _server_seconds(url: str) -> float:
    """Add up the processor time of the server's finished sessions, from the system's account of its parent."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    pid = (Path(row[0]) / "postmaster.pid").read_text().split("\n")[0]
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in numbers[11:15]) / os.sysconf("SC_CLK_TCK")

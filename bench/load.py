"""Fill a throw-away PostgreSQL by makeload and print its rate: load [CASES [PROCESSES]]."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tests.pg import cluster

COMMANDS = (
    ("migrate", "--verbosity", "0"),
    ("makeload", "--cases", "{cases}", "--years", "5", "--seed", "1", "--processes", "{processes}"),
    ("recompute", "--check", "--every", "{every}"),
)


def run(arguments: Sequence[str]) -> int:
    """Load so many cases (100,000) with so many processes (all cores), then check a sample of their dates."""
    cases = int(arguments[0]) if arguments else 100_000
    processes = int(arguments[1]) if len(arguments) > 1 else os.cpu_count() or 1
    given = {"cases": cases, "processes": processes, "every": max(1, cases // 2000)}
    with cluster() as url, tempfile.TemporaryDirectory() as data:
        place = {**os.environ, "DATABASE_URL": url, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        for command in COMMANDS:
            line = [sys.executable, "manage.py", *(part.format(**given) for part in command)]
            code = subprocess.run(line, env=place, check=False).returncode
            if code:
                return code
    return 0

"""Answer `clock` and `workdays` without Django where an installation has no database yet, `report check` anywhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from law.cli.common import write_utf8

#: Any of these may lead to a database, which then has to be asked for its years and readings.
LEADS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def answer(argv: Sequence[str], environ: Mapping[str, str], root: Path) -> int | None:
    """Answer a call and give its exit code, or nothing where the settings have to be read.

    Starting Django costs several times what the answer costs; other systems call these commands often.

    :param argv: the name of the command and its arguments
    :param root: the folder of `manage.py`
    """
    # Whether a published table adds up is no matter of an office's years and readings.
    checks = list(argv[:2]) == ["report", "check"]
    if not argv or (argv[0] not in ("clock", "workdays") and not checks):
        return None
    if not checks and any(name in environ for name in LEADS):
        return None
    if any(given.startswith(("--settings", "--pythonpath", "--no-color")) for given in argv):
        return None
    if not checks and (Path(environ.get("DATA_DIR", root / "var")) / "db.sqlite3").exists():
        return None
    if isinstance(sys.stdin, io.TextIOWrapper):
        # A line that is no text is refused, the others are answered.
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    write_utf8(sys.stdout, sys.stderr)
    # Only the one that is asked for is loaded.
    if checks:
        from law.cli import report

        return report.run(argv[2:], stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)
    if argv[0] == "clock":
        from law.cli import clock

        return clock.run(argv[1:], stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)
    from calendars import cli

    return cli.run(argv[1:], stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)

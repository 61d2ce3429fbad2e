"""`manage.py remedy`: hands its arguments to `law.cli.remedy` and exits with its code."""

from __future__ import annotations

import sys
from typing import TextIO

from calendars.management.passing import PassingCommand
from calendars.published import present
from law.cli.remedy import run
from office.today import today
from workflow.rules import everywhere


class Command(PassingCommand):
    """Write the remedy clause of an outcome, by the readings of the database if there is one."""

    help = "救济途径：remedy --outcome X --office-kind K --on DATE（--json）"

    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""
        own = everywhere() if present() else None
        day = today().isoformat()
        return run(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr, today=day, overrides=own)

"""`manage.py workdays`: hands its arguments to `calendars.cli` and exits with its code."""

from __future__ import annotations

import io
import sys
from typing import TextIO

from calendars.cli import run
from calendars.management.passing import PassingCommand
from calendars.published import stored


class Command(PassingCommand):
    """Count working days; needs no database, but goes by the years stored in one where there is one."""

    help = "工作日：add DATE N | add - | between D1 D2 | show YEAR | check（--json）"

    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(
                errors="replace"
            )  # a line that is no text is refused, the others are answered
        return run(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr, calendar=stored())

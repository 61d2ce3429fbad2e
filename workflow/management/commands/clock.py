"""`manage.py clock`: hands its arguments to `law.cli.clock` and exits with its code."""

from __future__ import annotations

import sys
from typing import TextIO

from calendars.management.passing import PassingCommand
from calendars.published import stored
from law.cli.clock import run
from workflow.rules import everywhere


class Command(PassingCommand):
    """Evaluate a request's clock from a JSON description, by the years and readings of the database if any."""

    help = "期限：clock FILE.json | - | --lines [FILE]（--json）"

    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""
        days = stored()
        own = None if days is None else everywhere()
        return run(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr, calendar=days, overrides=own)

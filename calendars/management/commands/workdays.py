"""`manage.py workdays`: hands its arguments to `calendars.cli` and exits with its code."""

from __future__ import annotations

import io
import sys
from typing import Any

from django.core.management.base import BaseCommand

from calendars.cli import run
from calendars.published import stored


class Command(BaseCommand):
    """Count working days; needs no database, but goes by the years stored in one where there is one."""

    help = "工作日：add DATE N | add - | between D1 D2 | show YEAR | check（--json）"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on untouched: a minus sign is standard input here, not an option."""
        ours = [a for a in argv[2:] if not a.startswith(("--settings", "--pythonpath", "--no-color"))]
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(
                errors="replace"
            )  # a line that is no text is refused, the others are answered
        sys.exit(run(ours, stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr, calendar=stored()))

    def add_arguments(self, parser: Any) -> None:
        """Take everything as it stands, for `call_command`."""
        parser.add_argument("arguments", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer a `call_command`; a refusal ends with the exit code that the command line gives."""
        out: Any = self.stdout
        err: Any = self.stderr
        code = run(options["arguments"], stdin=sys.stdin, stdout=out, stderr=err, calendar=stored())
        if code:
            raise SystemExit(code)

"""`manage.py years`: hands its arguments to `calendars.notice.cli` and exits with its code."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from calendars.notice.cli import run


class Command(BaseCommand):
    """Import a year from the text of its notice."""

    help = "年度放假安排：years import --text notice.txt --year 2027 [--write DIR]"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on untouched, without settings of an office or a database."""
        ours = [a for a in argv[2:] if not a.startswith(("--settings", "--pythonpath", "--no-color"))]
        sys.exit(run(ours, stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr))

    def add_arguments(self, parser: Any) -> None:
        """Take everything as it stands, for `call_command`."""
        parser.add_argument("arguments", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer a `call_command`; a refusal ends with the exit code that the command line gives."""
        code = run(options["arguments"], stdin=sys.stdin, stdout=self.stdout, stderr=self.stderr)  # type: ignore[arg-type]
        if code:
            raise SystemExit(code)

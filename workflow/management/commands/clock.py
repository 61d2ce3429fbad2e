"""`manage.py clock`: hands its arguments to `law.cli.clock` and exits with its code."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from calendars.published import stored
from law.cli.clock import run
from workflow.rules import everywhere


class Command(BaseCommand):
    """Evaluate a request's clock from a JSON description."""

    help = "期限：clock FILE.json | - | --lines [FILE]（--json）"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on untouched, with the years and readings of the database where there is one."""
        ours = [a for a in argv[2:] if not a.startswith(("--settings", "--pythonpath", "--no-color"))]
        sys.exit(_run(ours, sys.stdout, sys.stderr))

    def add_arguments(self, parser: Any) -> None:
        """Take everything as it stands, for `call_command`."""
        parser.add_argument("arguments", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer a `call_command`; a refusal ends with the exit code that the command line gives."""
        code = _run(options["arguments"], self.stdout, self.stderr)
        if code:
            raise SystemExit(code)


def _run(arguments: list[str], stdout: Any, stderr: Any) -> int:
    days = stored()
    own = None if days is None else everywhere()
    return run(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr, calendar=days, overrides=own)

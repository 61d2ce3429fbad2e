"""`manage.py report check`: hands its arguments to `law.cli.report` and exits with its code."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from law.cli import report as checking
from law.cli.common import BAD_INPUT


class Command(BaseCommand):
    """Check an annual report (条例50)."""

    help = "年度报告：report check FILE"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on untouched, so that a check needs neither database nor environment."""
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
    if arguments[:1] == ["check"]:
        return checking.run(arguments[1:], stdin=sys.stdin, stdout=stdout, stderr=stderr)
    stderr.write("用法：report check FILE [--previous FILE] [--json]\n")
    return BAD_INPUT

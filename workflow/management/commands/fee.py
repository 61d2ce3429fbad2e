"""`manage.py fee`: hands its arguments to `law.cli.fee` and exits with its code."""

from __future__ import annotations

import sys
from typing import TextIO

from calendars.management.passing import PassingCommand
from law.cli.fee import run
from office.today import today


class Command(PassingCommand):
    """Compute the information processing fee, without settings of an office or a database."""

    help = "信息处理费：fee items|pages --count N（--json）"

    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""
        day = today().isoformat()
        return run(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr, today=day)

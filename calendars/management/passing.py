"""Management commands whose arguments a function of their own reads, answers and turns into an exit code."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser

# What Django itself takes from any command line.
_DJANGO = ("--settings", "--pythonpath", "--no-color")


class PassingCommand(BaseCommand, ABC):
    """Pass the arguments on untouched, from the command line and from `call_command` alike."""

    requires_system_checks = []

    @abstractmethod
    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on: a minus sign is standard input here, not an option."""
        ours = [given for given in argv[2:] if not given.startswith(_DJANGO)]
        sys.exit(self.answer(ours, sys.stdout, sys.stderr))

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Make a parser that takes everything as it stands, for `call_command`."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("arguments", nargs="*")
        read = parser.parse_args

        def as_it_stands(args: Any = None, namespace: Any = None) -> Any:
            return read(["--", *(args or ())], namespace)

        parser.parse_args = as_it_stands  # type: ignore[method-assign]
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer a `call_command`; another exit code than 0 ends as it does on the command line."""
        stdout: Any = self.stdout
        stderr: Any = self.stderr
        code = self.answer(options["arguments"], stdout, stderr)
        if code:
            raise SystemExit(code)

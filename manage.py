#!/usr/bin/env python
"""Command line entry point."""

import os
import sys
from pathlib import Path

from law.cli.bare import answer
from law.cli.common import write_utf8


def main() -> None:
    """Run a management command with the project's settings, or answer at once what needs none."""
    code = answer(sys.argv[1:], os.environ, Path(__file__).resolve().parent)
    if code is not None:
        sys.exit(code)
    # Every command answers in Chinese, whatever the machine's language is.
    write_utf8(sys.stdout, sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Whoever set the machine up reads what to write instead, not where in the code it was noticed.
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()

"""An SQLite file with every migration applied: `python -m tests.migrated FILE` makes it, a test run copies it.

Applying them takes a good quarter of a minute; `./dev test` has it done once, beside the lint, and not by each worker.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

#: Names the file; unset, each worker applies the migrations itself.
NAME = "GONGKAI_MIGRATED"


def make(path: Path) -> None:
    """Apply every migration to a new file; it is there under its name only when it is whole."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    import sqlite3

    from django.core.management import call_command
    from django.db import connection

    half = path.with_suffix(".half")
    connection.settings_dict["NAME"] = str(half)
    call_command("migrate", verbosity=0)
    connection.close()
    with closing(sqlite3.connect(half)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half.rename(path)


def brought(to: str) -> bool:
    """Copy the file to where a test run wants its database; tell whether there was one to copy."""
    path = os.environ.get(NAME)
    if not path:
        return False
    shutil.copyfile(path, to)
    return True


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""An SQLite file with every migration applied: `python -m tests.migrated FILE` makes it, a test run copies it.

`./dev test` has it done once, and not by each worker.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

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


def step_by_step(loader: MigrationLoader) -> MigrationLoader:
    """Have a loader go every step that ever was, where a later migration does several at once; return it."""
    loader.replace_migrations = False
    loader.build_graph()
    for key, migration in loader.replacements.items():
        loader.graph.remove_replacement_node(key, migration.replaces)
    return loader


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""A database with every migration applied, made once, of which each process of a test run begins with a copy.

`python -m tests.migrated FILE` makes an SQLite file; `python -m tests.migrated --server` makes a database on the
PostgreSQL of DATABASE_URL. `./dev test` does both, the latter through `python -m tests.pg --migrated`.
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

#: Names the file, or the database of the server; unset, each process applies the migrations itself.
NAME = "GONGKAI_MIGRATED"
#: What the database is called on a server.
DATABASE = "gongkai_migrated"


def make(path: Path) -> None:
    """Apply every migration to a new file; it is there under its name only when it is whole."""
    import sqlite3

    os.environ.pop("DATABASE_URL", None)
    half = path.with_suffix(".half")
    _migrate(str(half))
    with closing(sqlite3.connect(half)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half.rename(path)


def make_on_server() -> None:
    """Apply every migration to a new database beside the one of DATABASE_URL."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{DATABASE}"')
    _migrate(DATABASE)


def _migrate(name: str) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop(NAME, None)
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    connection.close()


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
    if sys.argv[1] == "--server":
        make_on_server()
    else:
        make(Path(sys.argv[1]))

"""Dumps and loads the database whole, by each database's own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from .errors import BackupFault

# Whatever is in the schema goes: pg_restore --clean knows only what is in the dump.
EMPTY = """
DO $$ DECLARE gone record; BEGIN
  FOR gone IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', gone.tablename);
  END LOOP;
  FOR gone IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', gone.name);
  END LOOP;
END $$
"""
NAMES = {"sqlite": "db.sqlite3", "postgresql": "db.dump"}


def file_name() -> str:
    """Return the name a dump of this installation's database has."""
    return NAMES[connection.vendor]


def dump(target: Path) -> dict[str, int]:
    """Write the database to a file as it is at one moment, and return its rows by table at that moment.

    Others may go on writing.
    """
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        rows = _counts_in(target)
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            rows = counts()
            _run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={target}",
            )
    target.chmod(0o600)
    return rows


def load(source: Path) -> None:
    """Replace the database's content by a dump. Nobody else may be connected."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(source, path)
        connection.connect()
        return
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    connection.close()
    _run(
        "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source)
    )


def holds_rows() -> bool:
    """Tell whether the database holds anything of an office."""
    tables = ("office_user", "office_office", "office_journalentry", "office_storedfile")
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in tables:
            if table in there:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  (names written here)
                if cursor.fetchone():
                    return True
    return False


def counts() -> dict[str, int]:
    """Return how many rows every table of the database has."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def _counts_in(path: Path) -> dict[str, int]:
    """Return the rows by table of an SQLite file."""
    with closing(sqlite3.connect(path)) as copy:
        names = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names.fetchall()
        }


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy by SQLite's own backup, which takes in the write-ahead log."""
    if not source.is_file():
        raise BackupFault(f"找不到数据库文件 {source.name}")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _tool(name: str) -> str:
    """Find a PostgreSQL program on PATH, or beside Debian's server, newest first."""
    if found := shutil.which(name):
        return found
    beside = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda p: float(p.parents[1].name),
        reverse=True,
    )
    if not beside:
        raise BackupFault(f"找不到 {name}，请安装 postgresql-client 并加入 PATH")
    return str(beside[0])


def _run(name: str, *arguments: str) -> None:
    """Run a PostgreSQL program against this database; the password goes by the environment alone."""
    facts: dict[str, Any] = connection.settings_dict
    env = os.environ | {
        variable: str(facts[key])
        for variable, key in (
            ("PGHOST", "HOST"),
            ("PGPORT", "PORT"),
            ("PGUSER", "USER"),
            ("PGPASSWORD", "PASSWORD"),
        )
        if facts.get(key)
    }
    where = [f"--dbname={facts['NAME']}"]
    done = subprocess.run(
        [_tool(name), *where, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["没有说明"])[0]
        raise BackupFault(f"{name} 失败：{first}")

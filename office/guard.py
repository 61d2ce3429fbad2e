"""Database triggers that keep the journal append-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "office_journalentry"
REFUSAL = "the journal is append-only"

# The insert trigger is there because INSERT OR REPLACE deletes without firing the delete trigger.
SQLITE = {
    "office_journal_no_update": f"BEFORE UPDATE ON {TABLE}",
    "office_journal_no_delete": f"BEFORE DELETE ON {TABLE}",
    "office_journal_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS ("  # noqa: S608
    f"SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (subject = NEW.subject AND seq = NEW.seq))",
}
POSTGRESQL = {
    "office_journal_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
    "office_journal_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION office_journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; does nothing where they are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, when in SQLITE.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
            return
        cursor.execute(FUNCTION)
        for name, when in POSTGRESQL.items():
            if name not in present(connection):
                cursor.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION office_journal_refuse()")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for migrating backwards and for the flush of a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in POSTGRESQL:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")


def wanted(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers this database must have."""
    return set(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers on the journal that are there and switched on."""
    if connection.vendor == "sqlite":
        sql = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'"  # noqa: S608
    else:
        sql = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' "  # noqa: S608
            f"AND tgrelid = to_regclass('{TABLE}')"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def forwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Install the triggers from a migration."""
    install(schema_editor.connection)


def backwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers from a migration."""
    remove(schema_editor.connection)


def reinstall(sender: AppConfig, using: str, plan: Any = (), **kwargs: Any) -> None:
    """Put the triggers back after a migration that rebuilt the table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = TABLE in connection.introspection.table_names(cursor)
    if there and wanted(connection) - present(connection):
        install(connection)


@contextmanager
def flushable_tests() -> Iterator[None]:
    """Let the flush between transactional tests empty the journal of a *test* database.

    For tests alone, called once by the test configuration. A flush of any other database goes on failing on
    the triggers: the name must be the one the test runner made.
    """
    original = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        connection = self.connection  # type: ignore[attr-defined]
        name = str(connection.settings_dict["NAME"])
        if not (name.startswith("test_") or "/test_" in name or "mode=memory" in name or name == ":memory:"):
            return original(self, sql_list)
        with connection.cursor() as cursor:
            there = TABLE in connection.introspection.table_names(cursor)
        if there:
            remove(connection)
        try:
            return original(self, sql_list)
        finally:
            if there:
                install(connection)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = original  # type: ignore[method-assign]

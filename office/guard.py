"""Database triggers that keep the journal append-only."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
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
    """Take the triggers away, for migrating backwards. (Emptying a test database: `tests/emptying.py`.)"""
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


def reinstall(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    """Put the triggers back after `migrate`, which may have rebuilt the table; a flush has no plan."""
    if plan is None:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        there = TABLE in connection.introspection.table_names(cursor)
    if there and wanted(connection) - present(connection):
        install(connection)

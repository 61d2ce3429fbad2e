"""Database triggers that keep rows as they were written: the journal, and what floors above guard with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True)
class Guard:
    """Refuse to change, remove or replace the rows of a table.

    :param name: what the names of the triggers begin with
    :param unique: columns that no two rows share; replacing a row by them deletes it without firing the delete trigger
    :param kept: columns that never change; with none, a row never changes at all
    :param opens: which old rows may change in their other columns, as a condition on OLD
    :param since: the migration that installs it, as (app, name); without one it has to be there in any database
    """

    table: str
    name: str
    refusal: str
    unique: tuple[str, ...]
    kept: tuple[str, ...] = ()
    opens: str = ""
    since: tuple[str, str] | None = None

    def triggers(self, vendor: str) -> dict[str, str]:
        """Return what each trigger is about, by its name."""
        if vendor == "sqlite":
            same = " AND ".join(f"{column} = NEW.{column}" for column in self.unique)
            found = f"SELECT 1 FROM {self.table} WHERE id = NEW.id OR ({same})"  # noqa: S608 - names of ours
            return {
                f"{self.name}_no_update": f"BEFORE UPDATE ON {self.table}{self._when('IS NOT')}",
                f"{self.name}_no_delete": f"BEFORE DELETE ON {self.table}",
                f"{self.name}_no_replace": f"BEFORE INSERT ON {self.table} WHEN EXISTS ({found})",
            }
        rows, all_rows = "FOR EACH ROW", "FOR EACH STATEMENT"
        if not self.kept:
            changes = {f"{self.name}_no_change": f"BEFORE UPDATE OR DELETE ON {self.table} {rows}"}
        else:
            changes = {
                f"{self.name}_no_update": f"BEFORE UPDATE ON {self.table} {rows}{self._when('IS DISTINCT FROM')}",
                f"{self.name}_no_delete": f"BEFORE DELETE ON {self.table} {rows}",
            }
        return changes | {f"{self.name}_no_truncate": f"BEFORE TRUNCATE ON {self.table} {all_rows}"}

    def _when(self, differs: str) -> str:
        if not self.kept:
            return ""
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in self.kept)
        return f" WHEN (NOT ({self.opens}) OR {changed})"

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Put the triggers in place; does nothing where they are."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name, what in self.triggers("sqlite").items():
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {name} {what} BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
                    )
                return
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {self.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            for name, what in self.triggers("postgresql").items():
                if name not in present(connection, [self]):
                    cursor.execute(f"CREATE TRIGGER {name} {what} EXECUTE FUNCTION {self.name}_refuse()")

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take the triggers away, for migrating backwards. (Emptying a test database: `tests/emptying.py`.)"""
        with connection.cursor() as cursor:
            for name in self.triggers(connection.vendor):
                on = "" if connection.vendor == "sqlite" else f" ON {self.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    def forwards(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Install the triggers from a migration."""
        self.install(schema_editor.connection)

    def backwards(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Remove the triggers from a migration."""
        self.remove(schema_editor.connection)


JOURNAL = Guard("office_journalentry", "office_journal", "the journal is append-only", ("subject", "seq"))
forwards, backwards = JOURNAL.forwards, JOURNAL.backwards

_guards: dict[str, list[Guard]] = {}


def register(app: str, guard: Guard) -> None:
    """Have a table looked after: its triggers come back after `migrate`, and `journal.verify` misses them."""
    if guard not in _guards.setdefault(app, []):
        _guards[app].append(guard)


def guards() -> list[Guard]:
    """List every guarded table."""
    return [guard for found in _guards.values() for guard in found]


def present(connection: BaseDatabaseWrapper, among: Iterable[Guard]) -> set[str]:
    """Return the names of the triggers on some guarded tables that are there and switched on."""
    sql, tables = _asked(connection, among)
    with connection.cursor() as cursor:
        cursor.execute(sql, tables)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that this database must have and has not, by one question.

    One of an earlier release lacks what came later: a guard is asked for once its migration has been applied.
    """
    sql, params = _asked(connection, guards())
    steps = [".".join(guard.since) for guard in guards() if guard.since]
    sql += " UNION ALL SELECT app || '.' || name FROM django_migrations WHERE app || '.' || name IN ("
    sql += ", ".join(["%s"] * len(steps)) + ")" if steps else "'')"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *steps])
        there = {row[0] for row in cursor.fetchall()}
    due = [guard for guard in guards() if guard.since is None or ".".join(guard.since) in there]
    return {name for guard in due for name in guard.triggers(connection.vendor)} - there


def _asked(connection: BaseDatabaseWrapper, among: Iterable[Guard]) -> tuple[str, list[str]]:
    tables = [guard.table for guard in among]
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(tables))
        return f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", tables  # noqa: S608
    found = ", ".join(["to_regclass(%s)"] * len(tables))
    on = "WHERE NOT tgisinternal AND tgenabled <> 'D'"
    return f"SELECT tgname::text FROM pg_trigger {on} AND tgrelid IN ({found})", tables  # noqa: S608


def reinstall(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    """Put the triggers back after `migrate`, which may have rebuilt a table; a flush has no plan."""
    if plan is None:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for guard in _guards.get(sender.label, ()):
        if guard.table in tables and guard.triggers(connection.vendor).keys() - present(connection, [guard]):
            guard.install(connection)

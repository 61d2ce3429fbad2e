"""A database made at once is the database that every step that ever was leads to: state, tables, triggers, rows."""

from __future__ import annotations

import contextlib
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from tests.migrated import step_by_step

#: When a migration was applied, and the token of a calendar's edition, differ from one database to the next.
OF_THE_MOMENT = {"django_migrations": "applied", "calendars_edition": "token"}
#: The same migrations are written down in either way, in another order.
UNORDERED = "django_migrations"


def states() -> tuple[ProjectState, ProjectState]:
    """The models as either way leaves them, by the migrations' own account."""
    return MigrationLoader(None).project_state(), step_by_step(MigrationLoader(None)).project_state()


def test_both_ways_end_in_the_same_models() -> None:
    short, long = states()
    assert not MigrationAutodetector(long, short)._detect_changes()
    assert short.models.keys() == long.models.keys()
    for name, model in short.models.items():
        # The order is the order of a table's columns.
        assert list(model.fields) == list(long.models[name].fields), name


def test_no_step_is_left_out() -> None:
    """What stands for several steps names each of them, from an app's first on."""
    loader = MigrationLoader(None)
    for (app, name), migration in loader.replacements.items():
        steps = sorted(
            step for label, step in loader.disk_migrations if label == app and "_squashed_" not in step
        )
        last = name.partition("_squashed_")[2]
        assert migration.replaces == [(app, step) for step in steps[: steps.index(last) + 1]], (app, name)
    assert {app for app, _ in loader.replacements} >= {"office", "letters", "workflow"}


#: What stood for the first steps before, by the last of them: a database made then has it written down beside them.
STOOD_BEFORE = {21: "0001_squashed_0021_mark_explained"}


@pytest.mark.parametrize("taken", [0, 1, 20, 21, 24, 27, 28])
def test_a_database_between_the_steps_takes_the_rest_of_them(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step of the workflow a database stands at, and whatever made it, it goes on from there."""
    loader = MigrationLoader(None)
    [(at_once, stands)] = [found for found in loader.replacements.items() if found[0][0] == "workflow"]
    steps = sorted(key for key in loader.disk_migrations if key[0] == "workflow" and key != at_once)
    others = {key for key in loader.disk_migrations if key[0] != "workflow"}
    before = {("workflow", name) for last, name in STOOD_BEFORE.items() if taken >= last}
    written = others | set(steps[:taken]) | before
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: dict.fromkeys(written))
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    assert not executor.loader.detect_conflicts()
    rest = [(migration.app_label, migration.name) for migration, _ in planned(executor)]
    assert rest == (steps[taken:] if taken else [at_once, *steps[len(stands.replaces) :]])


@contextlib.contextmanager
def emptied(path: Path) -> Iterator[None]:
    """Have the connection lead to a new empty database of the kind the tests run on, and back."""
    place = connection.settings_dict
    before, name = place["NAME"], f"ways_{uuid.uuid4().hex[:12]}"
    server = None
    connection.close()
    if connection.vendor == "postgresql":
        import psycopg

        server = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        server.execute(f'CREATE DATABASE "{name}"')
    else:
        name = str(path / f"{name}.sqlite3")
    place["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        place["NAME"] = before
        if server is not None:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            server.close()


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]


def parts(create: str) -> list[str]:
    """Cut a CREATE TABLE of SQLite at the commas of its outermost brackets; each piece is a column or a constraint."""
    inner = create[create.index("(") + 1 : create.rindex(")")]
    found, depth, begun = [], 0, 0
    for at, letter in enumerate(inner + ","):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append(re.sub(r"\s+", " ", inner[begun:at]).strip())
            begun = at + 1
    return found


def sqlite_schema() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, name, table, sql in rows("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if kind == "table" and not name.startswith("sqlite_"):
            found[f"table {name}"] = sorted(parts(sql))
        elif sql:
            found[f"{kind} {name} on {table}"] = sql
    return found


POSTGRES = {
    "columns": "SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length, numeric_precision, "
    "is_nullable, column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "sequences": "SELECT sequence_name, data_type, start_value, increment FROM information_schema.sequences",
}


def schema() -> dict[str, Any]:
    """Everything the database says of its own shape."""
    if connection.vendor == "sqlite":
        return sqlite_schema()
    return {f"{what} {row[:2]}": row[2:] for what, sql in POSTGRES.items() for row in rows(sql)}


def content() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without what belongs to the moment it was made."""
    found = {}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            left_out = {OF_THE_MOMENT.get(table)} | ({"id"} if table == UNORDERED else set())
            found[table] = sorted(
                (
                    {name: value for name, value in zip(names, row, strict=True) if name not in left_out}
                    for row in cursor.fetchall()
                ),
                key=str,
            )
    return found


def planned(executor: MigrationExecutor) -> list[Any]:
    """The steps that `migrate` would still take."""
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def at_once() -> None:
    call_command("migrate", verbosity=0)


def step_after_step() -> None:
    """Take every step that ever was; what the short way does besides, a `migrate` with nothing to do does as well."""
    executor = MigrationExecutor(connection)
    loader = step_by_step(executor.loader)
    executor.migrate(loader.graph.leaf_nodes())
    taken = set(rows("SELECT app, name FROM django_migrations"))
    assert {step for stands in loader.replacements.values() for step in stands.replaces} <= taken
    call_command("migrate", verbosity=0)


@pytest.mark.slow
@pytest.mark.databases
def test_both_ways_make_the_same_database(tmp_path: Path, django_db_blocker: Any) -> None:
    made = []
    with django_db_blocker.unblock():
        for way in (at_once, step_after_step):
            with emptied(tmp_path):
                way()
                assert not planned(MigrationExecutor(connection))
                made.append((schema(), content()))
    (short_schema, short_rows), (long_schema, long_rows) = made
    assert short_schema == long_schema
    assert any(key.startswith("trigger") for key in short_schema)
    assert short_rows == long_rows
    assert short_rows["calendars_edition"]
    assert short_rows["django_content_type"]

"""The two databases are set up as an installation has them."""

import datetime as dt
import uuid

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from office import guard
from office.models import JournalEntry, Latch
from tests.emptying import KEPT, empty


@pytest.mark.django_db
@pytest.mark.pg
def test_postgres_is_utf8_with_the_plain_collation():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        assert cursor.fetchone() == ("UTF8", "C.UTF-8")


@pytest.mark.django_db
@pytest.mark.pg
def test_postgres_waits_for_a_lock_but_not_for_ever():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] not in ("0", "0ms")


@pytest.mark.django_db(transaction=True)
def test_sqlite_is_a_file_in_wal_with_immediate_writers():
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "wal"
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone()[0] == 1
    assert connection.transaction_mode == "IMMEDIATE"
    assert not connection.is_in_memory_db()


def filled() -> dict[str, int]:
    """Count the rows of every table that holds any."""
    with connection.cursor() as cursor:
        counted = {}
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            [counted[table]] = cursor.fetchone()
    return {table: rows for table, rows in counted.items() if rows}


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_holds_what_every_migrate_writes_and_nothing_else():
    empty()
    # What has been loaded by now counts: the desk's flow brings a permission of its own.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    kept = filled()
    assert kept.keys() == KEPT
    Latch.objects.create(name="a test")
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    entry = dict(key="test.done", at=at, on=at.date(), by_ref="x", office_id=1, act_id=uuid.uuid4(), data={})
    JournalEntry.objects.bulk_create([JournalEntry(subject="case:1", seq=1, prev_hash="", hash="", **entry)])
    assert filled() == kept | {Latch._meta.db_table: 1, JournalEntry._meta.db_table: 1}
    empty()
    assert filled() == kept
    assert guard.missing(connection) == set()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    assert filled() == kept

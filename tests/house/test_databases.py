"""The two databases are set up as an installation has them."""

import pytest
from django.db import connection


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

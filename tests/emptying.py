"""Empty a test database after a test that really committed: what holds rows, save what every `migrate` puts back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

#: Written by every `migrate` of the models as they are, and of nothing a test does.
KEPT = {"auth_permission", "django_content_type"}


def empty() -> None:
    """Delete every row that a test may have left, the journal's too.

    Django's `flush` truncates every table, which on PostgreSQL makes each of them and of their indexes anew, and then
    writes every permission again: for a handful of rows in a tenth of the tables.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(table) for table in sorted(set(tables) - KEPT)]
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in quoted)
    with lifted(), connection.cursor() as cursor:
        cursor.execute(filled)
        connection.ops.execute_sql_flush([f"DELETE FROM {table}" for (table,) in cursor.fetchall()])


@contextmanager
def lifted() -> Iterator[None]:
    """Suspend every trigger of the test database for this connection, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)

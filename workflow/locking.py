"""Turn a lock that could not be had in time into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction

from workflow.errors import Busy

# SQLite says so in words, PostgreSQL by its codes: lock not available, deadlock, serialization.
SQLITE_BUSY = "database is locked"
POSTGRES_BUSY = frozenset({"55P03", "40P01", "40001"})


@contextmanager
def one_transaction() -> Iterator[None]:
    """Run an act in one transaction; a lock held too long by others is a refusal, not a fault.

    Raises Busy when the wait was over; any other database error passes through.
    """
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if SQLITE_BUSY in str(error) or state in POSTGRES_BUSY:
            raise Busy("busy", "现在办理的人较多，本次没有办成，请稍后再试") from error
        raise

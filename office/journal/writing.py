"""Writes lines of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ..actors import Actor
from ..models import JournalEntry
from .chain import FIRST, entry_hash
from .sentences import check


class OutsideTransaction(RuntimeError):
    """Raised when a line is written without a transaction: it could outlive the act it tells of."""


def write(
    *,
    subject: str,
    key: str,
    by: Actor,
    on: date,
    now: datetime,
    office_id: int | None,
    act_id: UUID,
    data: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Append one line to a subject's chain, inside the caller's transaction and under its lock.

    The caller holds the lock of the subject's row; two writers without one meet the unique constraint and
    the second fails. `data` holds references and plain values only. Raises UnknownKey, BadEntry,
    OutsideTransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(key)
    plain = dict(data or {})
    check(key, plain)
    if now.tzinfo is None:
        raise ValueError("an aware instant is needed")
    last = (
        JournalEntry.objects.filter(subject=subject).order_by("-seq").values_list("seq", "hash").first()
    ) or (0, FIRST)
    line: dict[str, Any] = {
        "subject": subject,
        "seq": last[0] + 1,
        "key": key,
        "at": now.astimezone(UTC),
        "on": on,
        "by_ref": by.ref,
        "office_id": office_id,
        "act_id": act_id,
        "data": plain,
        "prev_hash": last[1],
    }
    return JournalEntry.objects.create(**line, hash=entry_hash(**line))

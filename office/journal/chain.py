"""The hash that chains a subject's lines: pure, no database."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

#: What stands before the first line of every chain.
FIRST = "0" * 64

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """Write a value as canonical JSON: keys sorted, no spaces, characters as they are."""
    return _encode(value)


def entry_hash(
    *,
    subject: str,
    seq: int,
    key: str,
    at: datetime,
    on: date,
    by_ref: str,
    office_id: int | None,
    act_id: UUID,
    data: dict[str, Any],
    prev_hash: str,
) -> str:
    """Hash one line together with the hash before it; makers of bulk data use it as well."""
    line = [
        subject,
        seq,
        key,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        on.isoformat(),
        by_ref,
        office_id,
        str(act_id),
        data,
        prev_hash,
    ]
    return hashlib.sha256(_encode(line).encode("utf-8")).hexdigest()

"""What a document says, kept beside it under the key of its case: packed, then sealed."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

from office import keys


def seal(subject: str, value: Any) -> str:
    """Return a value sealed under the data key of a subject, e.g. "case:12"."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return keys.data_key(subject).seal(base64.b64encode(zlib.compress(plain, 6)).decode("ascii"))


def unseal(subject: str, token: str) -> Any:
    """Return what was sealed; nothing for nothing. Raises BadToken, and Shredded once the key is gone."""
    return opener(subject)(token) if token else None


def opener(subject: str) -> Callable[[str], Any]:
    """Return what unseals many values of a subject with its key read once."""
    held: list[Any] = []

    def unsealed(token: str) -> Any:
        if not token:
            return None
        if not held:
            held.append(keys.data_key(subject))
        return json.loads(zlib.decompress(base64.b64decode(held[0].unseal(token))))

    return unsealed

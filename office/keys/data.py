"""Data keys: one for each subject, wrapped by the office's key; shredding one shreds what it sealed."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from ..models import DataKey
from ..rows import only
from .cipher import BadToken, decrypt, encrypt, seal, unseal

PREFIX = "data"


class Shredded(RuntimeError):
    """Raised when text is asked for whose key was shredded."""


@dataclass(frozen=True)
class DataCipher:
    """Seals and unseals under the data key of one subject."""

    subject: str
    _key: bytes = field(repr=False)

    def seal(self, text: str) -> str:
        """Seal text for this subject."""
        sealed = encrypt(self._key, text.encode("utf-8"), self._context())
        return f"{PREFIX}:{base64.urlsafe_b64encode(sealed).decode('ascii')}"

    def unseal(self, token: str) -> str:
        """Return the text in a token of this subject. Raises BadToken."""
        prefix, _, body = token.partition(":")
        if prefix != PREFIX:
            raise BadToken("不是密文")
        try:
            sealed = base64.urlsafe_b64decode(body)
        except ValueError:
            raise BadToken("密文已损坏") from None
        return decrypt(self._key, sealed, self._context()).decode("utf-8")

    def _context(self) -> bytes:
        return f"{PREFIX}:{self.subject}".encode()


def data_key(subject: str) -> DataCipher:
    """Return the cipher of a subject, e.g. "case:12", making its key on first use.

    Raises Shredded once the key was shredded: a subject never gets a second key.
    """
    row = only(DataKey.objects.filter(subject=subject))
    if row is None:
        fresh = base64.b64encode(os.urandom(32)).decode("ascii")
        try:
            with transaction.atomic():
                row = DataKey.objects.create(
                    subject=subject, wrapped=seal(fresh, context=f"data-key:{subject}")
                )
        except IntegrityError:  # a race of two first uses: the second reads the first one's key
            row = DataKey.objects.get(subject=subject)
    if row.shredded_at is not None:
        raise Shredded(f"{subject} 的数据密钥已销毁")
    return DataCipher(subject, base64.b64decode(unseal(row.wrapped, context=f"data-key:{subject}")))


def shred(subject: str, *, now: datetime) -> bool:
    """Destroy the data key of a subject for good; what it sealed can be read by nobody afterwards.

    Hashes and chains stay whole. Returns whether there was a key to destroy. The deed is the caller's to
    journal. Backups made earlier still hold the wrapped key until they expire.
    """
    with transaction.atomic():
        row, made = DataKey.objects.select_for_update().get_or_create(
            subject=subject, defaults={"wrapped": "", "shredded_at": now}
        )
        if made or row.shredded_at is not None:
            return False
        row.wrapped, row.shredded_at = "", now
        row.save(update_fields=["wrapped", "shredded_at"])
    return True

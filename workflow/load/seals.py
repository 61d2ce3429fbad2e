"""Sealing and hashing in bulk: as office.keys does it, but reading the key files once for a whole load."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office import keys
from office.keys.cipher import NONCE, PREFIX
from office.keys.codes import derived, hashed
from office.keys.index import PREFIX as BLIND_PREFIX


class Seals:
    """Holds the current keys while a load runs; what it makes, office.keys reads."""

    def __init__(self, noise: random.SystemRandom) -> None:
        held, search, query = keys.ring("encryption"), keys.ring("search"), keys.ring("query")
        self._noise = noise
        self._version, self._cipher = held.current, AESGCM(held.key())
        self._search_version, self._search = search.current, search.key()
        self._query_version, self._query = query.current, query.key()
        self._first_query = query.key(query.versions[0])

    def seal(self, text: str, context: str = "") -> str:
        """Seal a text under the office's key, as ``office.keys.seal``."""
        nonce = self._noise.randbytes(NONCE)
        bound = f"{PREFIX}:{self._version}:{context}".encode()
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), bound)
        return f"{PREFIX}:{self._version}:{base64.urlsafe_b64encode(sealed).decode('ascii')}"

    def blind(self, purpose: str, text: str) -> str:
        """Hash a text for searching, as ``office.keys.blind``."""
        message = f"{purpose}\x00{text}".encode()
        return (
            f"{BLIND_PREFIX}{self._search_version}:{hmac.digest(self._search, message, hashlib.sha256).hex()}"
        )

    def query_code_hash(self, submission: uuid.UUID) -> str:
        """Hash the query code of a submission, as ``office.keys.hash_query_code``."""
        return hashed(derived(submission, self._first_query), self._query_version, self._query)


def act_id(rng: random.Random) -> str:
    """Draw a random UUID (version 4) in its usual spelling."""
    digits = f"{rng.getrandbits(128) & ~(0xF000 << 64) & ~(0xC000 << 48) | (4 << 76) | (0x8000 << 48):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

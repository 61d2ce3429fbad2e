"""Sealing text with AES-GCM under the current encryption key."""

from __future__ import annotations

import base64
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .ring import ring

PREFIX = "enc"
_TOKEN = re.compile(r"enc:(\d{1,6}):([A-Za-z0-9_-]+={0,2})\Z")
NONCE = 12


class BadToken(ValueError):
    """Raised for sealed text that is damaged or was moved; its message holds neither text nor key."""


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt bytes under a key, bound to a context: a nonce, then the text with its tag."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt what `encrypt` made; raises BadToken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], context)
    except (InvalidTag, ValueError):
        raise BadToken("密文已损坏，或密钥不符") from None


def seal(text: str, *, context: str = "") -> str:
    """Seal text into a token that names its key's version; two seals of one text differ.

    `context` binds the token to a place: it must be given again to unseal.
    """
    held = ring("encryption")
    sealed = encrypt(held.key(), text.encode("utf-8"), _bound(held.current, context))
    return f"{PREFIX}:{held.current}:{base64.urlsafe_b64encode(sealed).decode('ascii')}"


def unseal(token: str, *, context: str = "") -> str:
    """Return the text in a token. Raises BadToken, KeyMissing."""
    version, body = _split(token)
    return decrypt(ring("encryption").key(version), body, _bound(version, context)).decode("utf-8")


def version_of(token: str) -> int:
    """Return the version of the key a token was sealed with."""
    return _split(token)[0]


def _bound(version: int, context: str) -> bytes:
    return f"{PREFIX}:{version}:{context}".encode()


def _split(token: str) -> tuple[int, bytes]:
    match = _TOKEN.match(token)
    if match is None:
        raise BadToken("不是密文")
    try:
        return int(match[1]), base64.urlsafe_b64decode(match[2])
    except ValueError:
        raise BadToken("密文已损坏") from None

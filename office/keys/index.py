"""Keyed hashes by which sealed text can be found again without being read."""

from __future__ import annotations

import hashlib
import hmac

from .ring import ring

PREFIX = "h"


def blind(purpose: str, text: str) -> str:
    """Hash text for a purpose under the current search key; the caller normalises the text first.

    The same text under another purpose hashes differently, so that columns cannot be joined by it.
    """
    return _hash(purpose, text, ring("search").current)


def blind_candidates(purpose: str, text: str) -> list[str]:
    """Return the hashes a text may have under every key kept, current first: for `field__in`."""
    held = ring("search")
    rest = [version for version in reversed(held.versions) if version != held.current]
    return [_hash(purpose, text, version) for version in (held.current, *rest)]


def derived(purpose: str) -> tuple[int, bytes]:
    """Derive 32 secret bytes for a purpose from the current search key; returns its version and the bytes.

    For an index of many keyed numbers, of which one hash a value would be too slow; who keeps one must make it
    anew when the version changes.
    """
    held = ring("search")
    return held.current, hmac.digest(held.key(), b"derived\x00" + purpose.encode("utf-8"), hashlib.sha256)


def _hash(purpose: str, text: str, version: int) -> str:
    message = purpose.encode("utf-8") + b"\x00" + text.encode("utf-8")
    return f"{PREFIX}{version}:{hmac.new(ring('search').key(version), message, hashlib.sha256).hexdigest()}"

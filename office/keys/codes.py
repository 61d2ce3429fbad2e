"""Query codes (查询码): readable secrets by which an applicant follows a case; kept only as hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from uuid import UUID

from ..errors import Refusal
from .ring import ring

#: No 0/O, 1/I/L, U/V: thirty characters that survive a telephone call and bad handwriting.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 5  # 15 characters of 30: 73 bits
PREFIX = "q"


def new_query_code() -> str:
    """Make a new query code, e.g. "7KQ2M-XW9PD-H4TRA" (73 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def normal(code: str) -> str:
    """Bring a typed code into its one form: full width, small letters, spaces and dashes do not matter.

    Raises Refusal when it cannot be a code.
    """
    plain = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Pd")
    if len(plain) != GROUPS * GROUP or set(plain) - set(ALPHABET):
        raise Refusal(
            "bad_query_code",
            "查询码应为15位字母和数字（不含0、1、I、L、O、U），请对照回执核对后重新输入。",
            field="query_code",
        )
    return plain


def hash_query_code(code: str) -> str:
    """Hash a code under the current query key, for storing."""
    return _hash(normal(code), ring("query").current)


def query_code_hashes(code: str) -> list[str]:
    """Return the hashes a code may be stored under, current key first: for `field__in`.

    A stored code cannot be hashed again without the code, so older keys stay until no row uses them.
    """
    held, plain = ring("query"), normal(code)
    rest = [version for version in reversed(held.versions) if version != held.current]
    return [_hash(plain, version) for version in (held.current, *rest)]


def _hash(plain: str, version: int) -> str:
    return hashed(plain, version, ring("query").key(version))


def hashed(plain: str, version: int, key: bytes) -> str:
    """Hash the fifteen characters of a code under one key, as it is stored."""
    return f"{PREFIX}{version}:{hmac.digest(key, plain.encode('ascii'), hashlib.sha256).hex()}"


def query_code_for(submission: UUID) -> str:
    """Derive the query code of one submission, so that sending the same form twice shows the same code."""
    held = ring("query")
    plain = derived(submission, held.key(held.versions[0]))
    return "-".join(plain[i : i + GROUP] for i in range(0, len(plain), GROUP))


def derived(submission: UUID, key: bytes) -> str:
    """Derive the fifteen characters of a submission's code from a key."""
    number = int.from_bytes(hmac.digest(key, b"code:" + submission.bytes, hashlib.sha256), "big")
    drawn = []
    for _ in range(GROUPS * GROUP):
        number, place = divmod(number, len(ALPHABET))
        drawn.append(ALPHABET[place])
    return "".join(drawn)

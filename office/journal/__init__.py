"""The journal (留痕): append-only lines about a subject, chained by hash."""

from .chain import FIRST, canonical, entry_hash
from .sentences import (
    BadEntry,
    UnknownKey,
    keys,
    names_of,
    register,
    sentence,
)
from .verify import Fault, count, heads, verify
from .writing import OutsideTransaction, write

__all__ = [
    "FIRST",
    "BadEntry",
    "Fault",
    "OutsideTransaction",
    "UnknownKey",
    "canonical",
    "count",
    "entry_hash",
    "heads",
    "keys",
    "names_of",
    "register",
    "sentence",
    "verify",
    "write",
]

"""The journal (留痕): append-only lines about a subject, chained by hash."""

from .chain import FIRST, canonical, entry_hash
from .sentences import (
    ACTING_FOR,
    BadEntry,
    UnknownKey,
    keys,
    names_of,
    refs_of,
    register,
    sentence,
)
from .verify import Fault, count, heads, verify
from .writing import OutsideTransaction, write

__all__ = [
    "ACTING_FOR",
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
    "refs_of",
    "register",
    "sentence",
    "verify",
    "write",
]

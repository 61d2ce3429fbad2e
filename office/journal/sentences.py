"""Registered keys of the journal, each with the Chinese sentence by which its lines are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from ..web.dates import chinese_date

if TYPE_CHECKING:
    from ..models import JournalEntry


class UnknownKey(LookupError):
    """Raised for a key nobody registered."""


class BadEntry(ValueError):
    """Raised for data that do not belong into the journal."""


_sentences: dict[str, str] = {}
#: Filled in for every sentence; all other names must be in the line's data.
GIVEN = frozenset({"by", "on", "subject"})
#: Under this name a line says for whom its author acted; every sentence then says so (代理).
ACTING_FOR = "acting_for"

_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def register(key: str, sentence: str) -> str:
    """Register a key with its sentence, e.g. ("case.extended", "{by}延长答复期限{days}个工作日").

    Names in braces are taken from the line's data; {by} and {on} are given. Returns the key. Raises
    ValueError when the key is registered with another sentence.
    """
    if _sentences.setdefault(key, sentence) != sentence:
        raise ValueError(f"{key} is registered with another sentence")
    return key


def keys() -> dict[str, str]:
    """Return all registered keys with their sentences."""
    return dict(_sentences)


def check(key: str, data: Mapping[str, Any]) -> None:
    """Refuse an unknown key, missing names, values that are not plain JSON, and personal values."""
    if key not in _sentences:
        raise UnknownKey(key)
    wanted = {name for _, name, _, _ in Formatter().parse(_sentences[key]) if name} - GIVEN
    if wanted - data.keys():
        raise BadEntry(f"{key} lacks {sorted(wanted - data.keys())}")
    _check_value(data, key)


def _check_value(value: Any, where: str) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise BadEntry(f"{where}: names are strings")
            _check_value(inner, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_value(inner, where)
    elif isinstance(value, str):
        # The message never repeats the value.
        if "\x00" in value:
            raise BadEntry(f"{where}: no NUL in text")
        for pattern in (_ID_NUMBER, _MOBILE, _MAIL):
            if pattern.search(value):
                raise BadEntry(f"{where}: looks like a personal value; the journal holds references")
    # Floats are refused: the two databases write them back differently and the chain would break.
    elif value is not None and not isinstance(value, bool | int):
        raise BadEntry(f"{where}: {type(value).__name__} is not plain JSON")


def sentence(entry: JournalEntry, names: Mapping[str, str] | None = None) -> str:
    """Read a line of the journal as a Chinese sentence; `names` gives the names behind references."""
    template = _sentences.get(entry.key)
    if template is None:
        raise UnknownKey(entry.key)
    known = names if names is not None else names_of(refs_of(entry))
    values = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in entry.data.items()
    }
    day = chinese_date(entry.on)
    by = known.get(entry.by_ref, entry.by_ref)
    if ACTING_FOR in entry.data:
        by = f"{by}（代{values[ACTING_FOR]}）"
    return template.format(**{**values, "by": by, "on": day, "subject": entry.subject})


def refs_of(entry: JournalEntry) -> set[str]:
    """Return every reference to a person in a line: who did it, for whom, to whom."""
    named = {value for value in entry.data.values() if isinstance(value, str) and value.startswith("user:")}
    return {entry.by_ref, *named}


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Return the names behind references such as "user:7" and "system:tick", with one query."""
    from ..models import User

    wanted = set(refs)
    found = {ref: "系统" for ref in wanted if ref.startswith("system:")}
    found |= {ref: "申请人" for ref in wanted if ref.startswith("applicant")}
    ids = [int(ref[5:]) for ref in wanted if ref.startswith("user:") and ref[5:].isdigit()]
    if ids:
        for pk, name, username in User.objects.filter(pk__in=ids).values_list("pk", "name", "username"):
            found[f"user:{pk}"] = name or username
    return found

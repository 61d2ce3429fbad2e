"""JSON from outside, read strictly: a name twice in one place and numbers that are none are refused."""

from __future__ import annotations

import json
from typing import Any


class TwiceNamed(ValueError):
    """Raised where an object has one name twice; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoNumber(ValueError):
    """Raised for NaN and the infinities, which Python would take; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def loads(text: str) -> Any:
    """Return what a JSON text says.

    :raises TwiceNamed, NoNumber: for what JSON does not have
    :raises json.JSONDecodeError: where it is no JSON
    :raises RecursionError: where it is nested too deeply
    :raises ValueError: where a whole number has thousands of digits
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise TwiceNamed(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> Any:
    raise NoNumber(name)

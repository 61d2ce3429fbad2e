"""Many words as one pattern that looks at each character once: a tree of their beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def any_of(words: Iterable[str], between: str = "") -> str:
    """This function will give a pattern that matches the longest of some words.

    :param words: plain words, at least one
    :param between: a pattern of what may stand between two characters of a word
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _written(tree, between)


def _written(node: dict[str, Any], between: str) -> str:
    branches = [
        re.escape(char) + _rest(child, between) for char, child in sorted(node.items()) if char != _END
    ]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _rest(node: dict[str, Any], between: str) -> str:
    if node.keys() == {_END}:
        return ""
    rest = between + _written(node, between)
    return f"(?:{rest})?" if _END in node else rest

"""Surnames, characters of given names, and words around names: the tables the others look up."""

from __future__ import annotations

import re
from functools import cache

from workflow.review.redaction.detect.tables import classes, table

NEVER = "never"


@cache
def surnames() -> dict[str, str]:
    """This function will give each single-character surname with how often it is one: common, fair, rare or word."""
    found = {}
    for kind in ("rare", "fair", "common", "word"):
        found.update(dict.fromkeys(classes("surnames")[kind].replace(" ", ""), kind))
    return found


@cache
def compounds() -> frozenset[str]:
    """This function will give the surnames of two and more characters."""
    return frozenset(classes("surnames")["compound"].split())


@cache
def given() -> dict[str, str]:
    """This function will give the characters of given names with what they speak for: strong, fair, good, low, never."""
    found = {}
    for kind in ("low", "good", "fair", "strong", NEVER):
        found.update(dict.fromkeys(classes("given")[kind], kind))
    return found


@cache
def asked() -> frozenset[str]:
    """This function will give further characters of names, which count only where a field asks for a name."""
    return frozenset(classes("given")["asked"])


@cache
def surname_pattern() -> re.Pattern[str]:
    """This function will give a pattern for every place where a surname may begin."""
    longest_first = sorted(compounds(), key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(longest_first)}|[{''.join(surnames())}]))")


@cache
def around() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """This function will give what words before a name speak for, and by first character, longest first, those after."""
    rows = table("context")
    before = {word: kind for kind, words in rows["before"].items() for word in words}
    after: dict[str, list[tuple[str, str]]] = {}
    known = {word: kind for kind, words in rows["after"].items() for word in words}
    for word in sorted(known, key=len, reverse=True):
        after.setdefault(word[0], []).append((word, known[word]))
    return before, after


@cache
def not_persons() -> frozenset[str]:
    """This function will give words that begin like a name and are none."""
    return frozenset(word for words in classes("not_persons").values() for word in words.split())


@cache
def weights() -> dict[str, float]:
    """This function will give what each trait of a candidate adds to its score, in natural log-odds."""
    return {trait: float(value) for trait, value in classes("name_weights").items()}


def is_han(char: str) -> bool:
    """This function will tell whether a character is a Chinese one."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or char == "〇"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
    )

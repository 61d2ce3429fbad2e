"""Which provisions of 条例 there are, and what the numbers of the 2007 text were cited for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Old:
    """Hold an article of the 2007 text: what it was about, and where that now stands."""

    article: int
    about: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    now: str


@dataclass(frozen=True, slots=True)
class Repealed:
    """Hold words that name a text no longer in force, and since when."""

    words: re.Pattern[str]
    since: date
    what: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold how many 款 an article has, and how many 项 in which of them."""

    paragraphs: int = 1
    items: int = 0
    items_in: int = 1


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "citations.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _shapes() -> dict[int, Shape]:
    return {
        row["number"]: Shape(row.get("paragraphs", 1), row.get("items", 0), row.get("items_in", 1))
        for row in _raw()["article"]
    }


@lru_cache(maxsize=1)
def _old() -> tuple[Old, ...]:
    return tuple(
        Old(
            row["article"],
            row["about"],
            re.compile(row["words"]),
            re.compile(row["unless"]) if "unless" in row else None,
            row["now"],
        )
        for row in _raw()["old"]
    )


@lru_cache(maxsize=1)
def _repealed() -> tuple[Repealed, ...]:
    return tuple(Repealed(re.compile(row["words"]), row["since"], row["what"]) for row in _raw()["repealed"])


def in_force_from() -> date:
    """Tell from which day the present numbers count."""
    found: date = _raw()["text"]["from"]
    return found


def shape(article: int) -> Shape | None:
    """Give an article's paragraphs and items; nothing where 条例 has no such article."""
    if not 1 <= article <= _raw()["text"]["last_article"]:
        return None
    return _shapes().get(article, Shape())


def why_not(article: int, paragraph: int | None, item: int | None) -> str:
    """Say in Chinese why 条例 has no such provision; nothing where it has.

    :param paragraph: the 款 that is cited, if any
    :param item: the 项 that is cited, if any
    """
    found = shape(article)
    if found is None:
        return f"条例没有第{article}条，共{_raw()['text']['last_article']}条"
    if paragraph and paragraph > found.paragraphs:
        if found.paragraphs == 1:
            return f"条例第{article}条不分款，没有第{paragraph}款"
        return f"条例第{article}条只有{found.paragraphs}款，没有第{paragraph}款"
    if paragraph == 1 and found.paragraphs == 1 and found.items and not item:
        return f"条例第{article}条只有项，没有款，请写“第×项”"
    if item and not found.items:
        return f"条例第{article}条没有项"
    if item and item > found.items:
        return f"条例第{article}条只有{found.items}项，没有第{item}项"
    return ""


def old_article(article: int, sentence: str) -> Old | None:
    """Give the article of the 2007 text that a sentence cites by its old number; nothing where the present one fits.

    Only a number standing beside what the old article said, and the present one of that number does not say, counts.
    """
    for row in _old():
        if row.article == article and row.words.search(sentence):
            return None if row.unless and row.unless.search(sentence) else row
    return None


def repealed(text: str, on: date) -> list[tuple[str, str]]:
    """List what a text names that is no longer in force on a day, each with the sentence why."""
    return [
        (found.group(), row.what)
        for row in _repealed()
        if on >= row.since and (found := row.words.search(text))
    ]

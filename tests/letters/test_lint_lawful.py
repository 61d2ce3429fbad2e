"""Lawful papers of many offices: the lint stops none of them, and warns only where a warning is in place."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters import lint
from letters.compose_paper import compose
from tests.letters import samples
from tests.letters.papers import NUMBER, put

TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "lint_lawful.toml").read_text(encoding="utf-8")
)
LETTERS: list[dict[str, Any]] = TABLE["letter"]
LEAST = 60


def _named(letter: dict[str, Any]) -> str:
    return f"{letter['kind']}: {letter['says']}"


def _facts(letter: dict[str, Any]) -> dict[str, Any]:
    facts = samples.facts(letter["kind"])
    chosen = letter.get("items") or ([letter["item"]] if "item" in letter else [])
    if chosen:
        facts = samples.with_items(*({**samples.ITEMS[name], "seq": n} for n, name in enumerate(chosen, 1)))
    facts = deepcopy(facts)
    facts["office"] = {**facts["office"], **TABLE["office"].get(letter.get("office", ""), {})}
    for path, value in letter.get("set", {}).items():
        put(facts, path, value)
    return facts


def _findings(letter: dict[str, Any]) -> list[lint.Finding]:
    assert set(letter) <= {"says", "kind", "office", "item", "items", "set", "text", "whole", "on", "warn"}
    facts = _facts(letter)
    on = date.fromisoformat(letter.get("on") or samples.ON.isoformat())
    linted = lint.lint_facts(letter["kind"], facts, on=on)
    assert not linted.bad, [error.message for error in linted.bad]
    text = compose(letter["kind"], facts, on=on).issued(NUMBER, on).text
    for old, new in letter.get("text", ()):
        assert old in text, f"“{old}” is not in the text"
        text = text.replace(old, new)
    text = letter.get("whole", text)
    # What passes as facts passes as a text as well, since an office may write it elsewhere.
    return [*linted.findings, *lint.check_text(letter["kind"], text, facts, on=on)]


@pytest.mark.parametrize("letter", LETTERS, ids=_named)
def test_a_lawful_paper_is_not_stopped(letter: dict[str, Any]):
    found = _findings(letter)
    assert [f"{f.rule}: {f.message}" for f in found if f.blocks] == []
    assert {f.rule for f in found} == set(letter.get("warn", ()))


def test_there_are_enough_of_them():
    assert len(LETTERS) >= LEAST
    assert len({_named(letter) for letter in LETTERS}) == len(LETTERS)

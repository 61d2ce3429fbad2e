"""The table of the lint: for each rule papers that must be stopped, and near-identical ones that must pass."""

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

PAIRS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "lint_cases.toml").read_text(encoding="utf-8")
)["pair"]
LEAST = 60


def _named(pair: dict[str, Any]) -> str:
    return f"{pair['rule']}: {pair['says']}"


def made(pair: dict[str, Any], change: dict[str, Any]) -> tuple[dict[str, Any], date]:
    """Return the facts and the day of one side of a pair."""
    known = {"set", "drop", "text", "on"}
    assert set(change) <= known, f"{_named(pair)}: {set(change) - known}"
    facts = samples.facts(pair["kind"])
    if "item" in pair:
        facts["items"] = [deepcopy(samples.ITEMS[pair["item"]])]
        facts.pop("attachments", None)
    for path, value in change.get("set", {}).items():
        put(facts, path, value)
    for path in change.get("drop", ()):
        put(facts, path, None)
    return facts, date.fromisoformat(change.get("on") or pair.get("on") or samples.ON.isoformat())


def findings(pair: dict[str, Any], change: dict[str, Any]) -> list[lint.Finding]:
    """Lint one side of a pair: its facts, or its text as it was edited elsewhere."""
    facts, on = made(pair, change)
    if "text" not in change:
        linted = lint.lint_facts(pair["kind"], facts, on=on)
        assert not linted.bad, [error.message for error in linted.bad]
        return list(linted.findings)
    text = compose(pair["kind"], facts, on=on).issued(NUMBER, on).text
    for old, new in change["text"]:
        assert old in text, f"{_named(pair)}: “{old}” is not in the text"
        text = text.replace(old, new)
    return lint.check_text(pair["kind"], text, facts, on=on)


@pytest.mark.parametrize("pair", PAIRS, ids=_named)
def test_a_paper_is_stopped_and_its_twin_passes(pair: dict[str, Any]):
    found = [f for f in findings(pair, pair["stop"]) if f.rule == pair["rule"]]
    assert found, "the rule does not find it"
    assert any(f.blocks for f in found) != pair.get("warn", False)
    passed = findings(pair, pair.get("pass", {}))
    assert pair["rule"] not in {f.rule for f in passed}
    assert [f.message for f in passed if f.blocks] == []


def test_every_rule_has_its_pair_and_there_are_enough():
    assert {pair["rule"] for pair in PAIRS} == set(lint.rules())
    assert len(PAIRS) >= LEAST
    assert len({_named(pair) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_says_nothing_as_a_text_from_elsewhere_either(name: str):
    facts = samples.facts(name)
    text = compose(name, facts, on=samples.ON).issued(NUMBER, samples.ON).text
    assert lint.check_text(name, text, facts, on=samples.ON) == []


@pytest.mark.parametrize("pair", PAIRS, ids=_named)
def test_a_finding_says_why_and_leads_to_its_place(pair: dict[str, Any]):
    for found in findings(pair, pair["stop"]):
        assert found.reason
        assert found.article
        assert found.mend.label
        assert "{" not in found.mend.target
        assert found.message.strip() == found.message


@pytest.mark.parametrize(
    ("on", "rules"),
    [(date(2014, 11, 20), {"suit_term", "old_article", "repealed"}), (date(2026, 11, 20), set())],
)
def test_a_text_is_judged_by_the_law_of_its_day(on: date, rules: set[str]):
    facts = samples.facts("reply_not_exist")
    text = compose("reply_not_exist", facts, on=samples.ON).issued(NUMBER, samples.ON).text
    text = text.replace("6个月内", "3个月内").replace(
        "经检索，没有", "依照国务院令第492号和《条例》第二十四条答复，没有"
    )
    found = {f.rule for f in lint.check_text("reply_not_exist", text, facts, on=on)}
    assert ({"suit_term", "old_article", "repealed"} - found) == rules

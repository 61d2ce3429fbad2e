"""Run every rule of the lint over a composed paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from letters.compose_paper import Composed
from letters.lint import dates, items, remedies, words
from letters.lint.finding import BLOCK, Finding, Looked

Rule = Callable[[Looked], Iterator[Finding]]
RULES: tuple[Rule, ...] = (*remedies.RULES, *items.RULES, *dates.RULES, *words.RULES)


def check(composed: Composed, facts: Mapping[str, Any]) -> list[Finding]:
    """Return the findings on a composed paper and its facts, those that block the signature first."""
    looked = Looked(composed, facts)
    found = [finding for rule in RULES for finding in rule(looked)]
    return sorted(found, key=lambda finding: finding.severity != BLOCK)

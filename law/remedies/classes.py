"""Which class of remedy an outcome has on the day of signature: A, B, C, or P for procedural papers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class ClassRule:
    """Hold one dated rule: which outcomes have which class, by what authority."""

    cls: str
    outcomes: frozenset[str]
    from_on: date
    until_on: date | None
    citation: str
    certainty: str


DIRECT = ClassRule(
    "B",
    frozenset(),
    date.min,
    None,
    "《行政复议法》第十一条、《行政诉讼法》第四十四条至第四十六条",
    "verified",
)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "classes.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def rules() -> tuple[ClassRule, ...]:
    """Read the dated rules."""
    return tuple(
        ClassRule(
            r["class"], frozenset(r["outcomes"]), r["from"], r.get("until"), r["citation"], r["certainty"]
        )
        for r in _tables()["rule"]
    )


def class_rule(outcome: Outcome, on: date) -> ClassRule:
    """Give the rule that sets an outcome's class on the day of signature; without one it is B."""
    for rule in rules():
        if (
            outcome.value in rule.outcomes
            and rule.from_on <= on
            and (rule.until_on is None or on <= rule.until_on)
        ):
            return rule
    return DIRECT


def is_procedural(paper_kind: str) -> bool:
    """Say whether a paper is procedural (class P) and so bears no remedy clause."""
    return paper_kind in _tables()["papers"]["procedural"]

"""Grounds of refusal (不予公开的理由): the rows of 条例14–16, read from the tables of those articles."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from law.errors import BadTable
from law.values import Certainty

ROOT = Path(__file__).parent / "gid"


class Binding(StrEnum):
    """Name how a ground binds: without choice, unless an exception holds, or by the office's own choice."""

    MUST = "must"
    MUST_UNLESS = "must_unless"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold one provision on which a refusal may rest, what it covers, and the outcomes that rest on it."""

    provision: str
    covers: str
    outcomes: tuple[str, ...]
    binding: Binding
    from_on: date
    citation: str
    certainty: Certainty
    article: int

    @property
    def name(self) -> str:
        """Name the provision with its law, as a letter cites it: 条例第十六条第二款."""
        return f"条例{self.provision}"


@lru_cache(maxsize=1)
def grounds() -> tuple[Ground, ...]:
    """Read every ground, in order of the articles.

    :raises BadTable: where two provisions claim one outcome
    """
    found = []
    for path in sorted(ROOT.glob("art*.toml")):
        for raw in tomllib.loads(path.read_text(encoding="utf-8")).get("ground", ()):
            found.append(
                Ground(
                    provision=raw["provision"],
                    covers=raw["covers"],
                    outcomes=tuple(raw["outcomes"]),
                    binding=Binding(raw["binding"]),
                    from_on=raw["from"],
                    citation=raw["citation"],
                    certainty=Certainty(raw["certainty"]),
                    article=int(path.name[3:5]),
                )
            )
    claimed = [name for ground in found for name in ground.outcomes]
    if len(claimed) != len(set(claimed)):
        raise BadTable("条例第十四条至第十六条：同一处理结果列在两个条款之下。")
    return tuple(found)


def ground_of(outcome: str) -> Ground | None:
    """Give the provision a refusal rests on; nothing for an outcome that refuses nothing."""
    return next((ground for ground in grounds() if outcome in ground.outcomes), None)


def grounds_for(outcome: str) -> tuple[Ground, ...]:
    """List the provisions that an outcome may cite: its own, or every one for partial disclosure (条例37)."""
    if outcome == "partial":
        return grounds()
    own = ground_of(outcome)
    return () if own is None else (own,)


def refusal_articles() -> frozenset[int]:
    """List the articles on which a refusal may rest."""
    return frozenset(ground.article for ground in grounds())


def discretionary(article: int | None) -> bool:
    """Say whether an article leaves the office a choice (可以不予公开), which it then has to give reasons for."""
    return any(ground.article == article and ground.binding is Binding.MAY for ground in grounds())


def refuses_only(article: int | None) -> bool:
    """Say whether an article can carry nothing but a refusal; the exception of 条例15 carries a disclosure as well."""
    return any(
        ground.article == article and ground.binding is not Binding.MUST_UNLESS for ground in grounds()
    )


def exclude_each_other(articles: frozenset[int] | set[int]) -> bool:
    """Say whether grounds contradict each other: one that forbids disclosure beside one that leaves a choice."""
    bound = any(g.article in articles and g.binding is Binding.MUST for g in grounds())
    return bound and any(discretionary(article) for article in articles)

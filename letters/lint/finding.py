"""What a rule of the lint finds, and what it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from letters.catalogue import PaperKind, kind_of
from letters.compose_paper import Composed
from letters.facts import item_facts

BLOCK, WARN = "block", "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule, whether it stops the signature, the sentence for the clerk, the place, the article."""

    rule: str
    severity: str
    message: str
    where: str = ""
    article: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the finding as plain data."""
        return {"rule": self.rule, "severity": self.severity, "message": self.message, "where": self.where,
                "article": self.article}  # fmt: skip


class Looked:
    """A composed paper with its facts, as the rules look at it."""

    def __init__(self, composed: Composed, facts: Mapping[str, Any]) -> None:
        self.composed = composed
        self.facts = facts
        self.kind: PaperKind = kind_of(composed.kind)
        self.on: date = composed.on

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Return the items with their facts flat."""
        return [item_facts(item) for item in self.facts.get("items") or () if item.get("outcome")]

    @cached_property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the text."""
        return [line.strip() for line in self.composed.text.splitlines() if line.strip()]

    @property
    def is_reply(self) -> bool:
        """Return whether the paper answers items."""
        return self.kind.code.startswith("reply_")

    @property
    def office(self) -> Mapping[str, Any]:
        """Return the facts of the office."""
        found: Mapping[str, Any] = self.facts["office"]
        return found

    def day(self, name: str) -> date | None:
        """Return a fact that is a day, or None."""
        value = self.facts.get(name)
        return date.fromisoformat(value) if value else None

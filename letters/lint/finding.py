"""What a rule of the lint finds: the rule's row, the sentence for the clerk, the place, the way to mend it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BLOCK, WARN = "block", "warn"
#: What a mend does: change a fact, change the office's settings, let the system write it anew, put something on
#: record, or choose another way.
ACTIONS = ("edit", "office", "recompose", "record", "choose")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `rules.toml`: what a rule finds, why that loses, by which article, and how it is mended."""

    name: str
    severity: str
    article: str
    finds: str
    reason: str
    action: str
    target: str
    mend: str


@dataclass(frozen=True, slots=True)
class Mend:
    """The one step that mends a finding.

    `target` names the place by a path into the facts: items.2.discretion, office.phone, register.consultations.1;
    or remedies, text: what the system itself writes.
    """

    action: str
    target: str
    label: str

    @property
    def item(self) -> int | None:
        """Return the number of the item the target is in, if any."""
        parts = self.target.split(".")
        return int(parts[1]) if parts[0] == "items" and len(parts) > 1 and parts[1].isdecimal() else None

    @property
    def field(self) -> str:
        """Return the last part of the target: the field."""
        return self.target.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: whether it stops the signature, the sentence for the clerk, the place, why, and how to mend."""

    rule: str
    severity: str
    message: str
    where: str
    article: str
    reason: str
    mend: Mend

    @property
    def blocks(self) -> bool:
        """Return whether the finding stops the signature."""
        return self.severity == BLOCK

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return {
            "rule": self.rule, "severity": self.severity, "message": self.message, "where": self.where,
            "article": self.article, "reason": self.reason,
            "mend": {"action": self.mend.action, "target": self.mend.target, "label": self.mend.label},
        }  # fmt: skip


@cache
def rules() -> dict[str, Rule]:
    """Read the rules by name, in the order of the table. Raises ValueError for a row that is not well made."""
    raw = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    found = {name: Rule(name=name, **row) for name, row in raw.items()}
    for rule in found.values():
        if rule.severity not in (BLOCK, WARN) or rule.action not in ACTIONS:
            raise ValueError(f"rules.toml：{rule.name} 的 severity 或者 action 不认识")
    return found


def finding(
    name: str, message: str, *, where: str = "", severity: str = "", article: str = "", **place: object
) -> Finding:
    """Make a finding of a rule.

    :param severity: where this one weighs less or more than its rule
    :param article: where this one rests on another article than its rule
    :param place: what the rule's target leaves open: `seq` of the item, `field`, `at`
    """
    rule = rules()[name]
    target = rule.target.format(**place)
    return Finding(
        name, severity or rule.severity, message, where, article or rule.article, rule.reason,
        Mend(rule.action, target, rule.mend),
    )  # fmt: skip

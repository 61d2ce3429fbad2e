"""Lint facts that are not whole yet: compose around what is missing, and tell it together with the findings."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from law.errors import BadFacts as LawBadFacts
from law.outcomes import outcome
from letters import wordings
from letters.compose_paper import Composed, compose
from letters.errors import BadFacts, MissingFact, UnusedFact
from letters.facts import SEARCH_PARTS
from letters.lint.check import check
from letters.lint.finding import Finding
from letters.shapes import is_blank

#: What stands in a text where a fact is missing; it never leaves the lint.
GAP = "〔未填〕"
#: Facts about the office that only the remedies clause needs.
OF_OFFICE = frozenset({
    "phone", "government_name", "superior_government", "superior_department", "basic_court", "intermediate_court",
    "reconsideration_online",
})  # fmt: skip
#: More gaps than this are no draft.
MOST = 60


@dataclass(frozen=True)
class Linted:
    """What can be said of facts: the paper if it could be composed, the findings, and the facts no rule speaks of.

    `missing` holds what is absent or without use and no finding names; `refusal` what is wrong beyond that.
    """

    composed: Composed | None
    findings: tuple[Finding, ...]
    missing: tuple[BadFacts, ...]
    refusal: BadFacts | None
    gaps: tuple[BadFacts, ...]

    @property
    def bad(self) -> tuple[BadFacts, ...]:
        """Return every fact that is wrong or missing and that no finding names."""
        return (*self.missing, *((self.refusal,) if self.refusal else ()))


def lint_facts(kind: str, facts: Mapping[str, Any], *, on: date, own: wordings.Own | None = None) -> Linted:
    """Compose a paper as far as its facts go, and lint it.

    What is missing and what a rule of the lint speaks of is told by the rule; what else is missing, and what is
    malformed or unused, is told by name. Raises UnknownKind.
    """
    filled = deepcopy(dict(facts)) if isinstance(facts, Mapping) else facts
    gaps: list[BadFacts] = []
    composed, refusal = None, None
    while composed is None and refusal is None:
        try:
            composed = compose(kind, filled, on=on, own=own)
        except BadFacts as error:
            if len(gaps) < MOST and _fill(filled, error, on):
                gaps.append(error)
            else:
                refusal = error
    if composed is None:
        return Linted(None, (), tuple(gaps), refusal, tuple(gaps))
    try:
        findings = check(composed, facts)
    except BadFacts as error:
        return Linted(None, (), tuple(gaps), error, tuple(gaps))
    told = {finding.mend.target for finding in findings}
    told |= {target.rpartition(".")[0] for target in told}
    missing = tuple(gap for gap in gaps if _path(gap) not in told)
    return Linted(composed if not gaps else None, tuple(findings), missing, None, tuple(gaps))


def _path(gap: BadFacts) -> str:
    return f"office.{gap.fact}" if gap.fact in OF_OFFICE else gap.fact


def _fill(facts: Any, error: BadFacts, on: date) -> bool:
    """Put something in the place of a missing fact, or take out one without use; return whether it could be done."""
    path = _path(error).split(".")
    if not isinstance(facts, dict):
        return False
    if path[0] == "office" and len(path) == 2:
        return _put(facts, "office", path[1], GAP)
    if path[0] == "items" and len(path) > 1:
        return _fill_item(facts, path, error, on)
    name = path[0]
    if isinstance(error, UnusedFact):
        return facts.pop(name, None) is not None
    if not isinstance(error, MissingFact) or len(path) != 1 or name in ("office", "items"):
        return False
    facts[name] = STAND_INS.get(name) or (on.isoformat() if name.endswith("_on") else GAP)
    return True


#: What stands in for facts that are no free text, so that the rest can be looked at as well.
STAND_INS: dict[str, Any] = {
    "channel": "portal", "cause": "supplement", "basis": "items", "decision": "corrected", "result": "rectify", "suit": "no",
    "days": 1, "total": 1, "addressee": {"name": GAP, "kind": "natural"}, "brackets": [GAP], "history": [GAP],
    "points": [GAP],
}  # fmt: skip


def _put(facts: dict[str, Any], group: str, name: str, value: Any) -> bool:
    held = facts.get(group)
    if not isinstance(held, dict) or not is_blank(held.get(name)):
        return False
    facts[group] = {**held, name: value}
    return True


def _fill_item(facts: dict[str, Any], path: list[str], error: BadFacts, on: date) -> bool:
    items = facts.get("items")
    if not isinstance(items, list):
        return False
    if path[-1] == "outcome":
        # An item without an outcome is an item unanswered: the reply is composed without it.
        facts["items"] = kept = [i for i in items if not is_blank(_flat(i).get("outcome"))]
        return bool(kept) and len(kept) < len(items)
    if not path[1].isdecimal():
        return False
    for at, item in enumerate(items):
        if not isinstance(item, dict) or str(item.get("seq")) != path[1]:
            continue
        flat = _flat(item)
        name = path[2] if len(path) > 2 else "searches"
        if name == "searches":
            records = flat.get("searches") or [{}]
            if not isinstance(records, list):
                return False
            whole = [
                {**dict.fromkeys(SEARCH_PARTS, GAP), "searched_on": on.isoformat(), **_told(r)}
                for r in records
            ]
            if whole == records:
                return False
            items[at] = {**item, "searches": whole}
            return True
        if isinstance(error, UnusedFact):
            held = {k: v for k, v in flat.items() if k not in (name, "facts")}
            items[at] = held
            return len(held) < len(flat)
        if not is_blank(flat.get(name)):
            return False
        items[at] = {**item, name: _ground(flat) if name == "grounds" else GAP}
        return True
    return False


def _flat(item: Any) -> dict[str, Any]:
    return {**item, **(item.get("facts") or {})} if isinstance(item, dict) else {}


def _told(record: Any) -> dict[str, Any]:
    return {k: v for k, v in record.items() if not is_blank(v)} if isinstance(record, dict) else {}


def _ground(item: dict[str, Any]) -> list[str]:
    try:
        return [outcome(str(item.get("outcome"))).ground or "条例第三十六条"]
    except LawBadFacts:
        return ["条例第三十六条"]

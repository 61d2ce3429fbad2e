"""Run every rule of the lint over a paper: as it was composed, or as it was written elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from letters.catalogue import kind_of
from letters.compose_paper import Composed, sha256
from letters.errors import BadFacts
from letters.lint import citing, closing, contrary, dates, evidence, items, privacy, refusals, remedies, words
from letters.lint.finding import BLOCK, Finding
from letters.lint.looked import Looked
from letters.markup import text_of
from letters.shapes import well_shaped, whole_characters

Rule = Callable[[Looked], Iterator[Finding]]
RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (remedies, items, refusals, evidence, dates, citing, words, privacy, closing, contrary)
    for rule in module.RULES
)


def check(composed: Composed, facts: Mapping[str, Any]) -> list[Finding]:
    """Return the findings on a composed paper and its facts, those that block the signature first.

    Raises BadFacts for a register that is not of its shape.
    """
    return _run(Looked(composed, facts))


def check_text(
    kind: str, text: str | Sequence[Mapping[str, Any]], facts: Mapping[str, Any], *, on: date
) -> list[Finding]:
    """Return the findings on a text that was written or edited elsewhere, against the facts of its paper.

    :param text: plain text, a paragraph a line, or blocks as the composer makes them
    :raises BadFacts: for facts without an office or of another shape than theirs, or a text without a word
    :raises UnknownKind: for a kind the catalogue does not have
    """
    row = kind_of(kind)
    if not isinstance(facts, Mapping) or not isinstance(facts.get("office"), Mapping):
        raise BadFacts("office", "文书要素“机关（office）”没有提供")
    whole_characters(facts)
    whole_characters(text if isinstance(text, str) else list(text), "text")
    for name, value in facts.items():
        well_shaped(name, value)
    plain = text if isinstance(text, str) else text_of([dict(block) for block in text])
    if not plain.strip():
        raise BadFacts("text", "文本是空的")
    made = Composed(row.code, row.form, row.label, [], plain, sha256(plain), "", on)
    return _run(Looked(made, facts, foreign=True))


def _run(looked: Looked) -> list[Finding]:
    found = list(dict.fromkeys(finding for rule in RULES for finding in rule(looked)))
    return sorted(found, key=lambda finding: finding.severity != BLOCK)

"""The part of a reply that answers one item, and the remedies clause of the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from law import remedies
from law.errors import BadFacts as LawBadFacts
from law.outcomes import Outcome, outcome
from letters import wordings
from letters.errors import BadFacts
from letters.facts import checked_item
from letters.markup import blocks_of
from letters.vocabulary import NATURAL, article_number, cite, is_other_law, you

# Spaces between a Chinese character and an address or a number, which print leaves out.
HOLES = re.compile(r"(?<=[\u4e00-\u9fff（]) +| +(?=[\u4e00-\u9fff）])")


def section_lines(
    items: Sequence[Mapping[str, Any]], known: Mapping[str, Any], on: date, own: wordings.Own | None = None
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return a section for each item (label, description, outcome, paragraphs) and the wordings' keys and versions."""
    made, versions = [], []
    kind = known["addressee"]["kind"]
    for item in items:
        decided = _outcome(item)
        wording = wordings.section(str(decided), on, own)
        values = checked_item(item, wording)
        values |= {"you": you(kind), "natural": kind == NATURAL, "office": known["office"]}
        if "finding" in wording.used:
            values["finding"] = wording.findings[str(decided)]
        values["grounds"] = _grounds(item, decided)
        text = wordings.rendered(wording, values, f"items.{item['seq']}")
        made.append({
            "seq": item["seq"], "label": item["label"], "description": item["description"],
            "outcome": str(decided), "lines": [block["text"] for block in blocks_of(text)],
        })  # fmt: skip
        versions.append((wording.key, wording.version))
    return made, versions


def _outcome(item: Mapping[str, Any]) -> Outcome:
    try:
        return outcome(item["outcome"])
    except LawBadFacts as error:
        raise BadFacts(f"items.{item['seq']}.outcome", error.message) from error


def _grounds(item: Mapping[str, Any], decided: Outcome) -> list[str]:
    """Return an item's grounds besides the article of the reply itself, which its wording names."""
    try:
        own = [g for g in item.get("grounds", ()) if is_other_law(g) or cite(g) != decided.article]
        own = [g for g in own if article_number(g) != 36]
    except ValueError as error:
        raise BadFacts(f"items.{item['seq']}.grounds", str(error)) from error
    return own or ([decided.ground] if decided.ground else [])


def remedy_paragraphs(
    pairs: Sequence[tuple[str, str]], known: Mapping[str, Any], on: date, *, paper: str
) -> list[str]:
    """Return the remedies clause of a paper. Raises the law floor's errors."""
    office = remedies.OfficeFacts.from_dict(known["office"])
    electronic = bool(known.get("electronic"))
    if all(name == Outcome.WITHDRAWN for _, name in pairs):
        # Confirming what the applicant did is no decision: it may go online without an online road (复议法22).
        electronic = electronic and bool(office.reconsideration_online)
    written = remedies.paragraphs(pairs, office, on, electronic=electronic)
    written = [HOLES.sub("", text) for text in written]
    if paper == "本答复书":
        return written
    return [text.replace("本答复书", paper).replace("对本答复不服", f"对{paper}不服") for text in written]

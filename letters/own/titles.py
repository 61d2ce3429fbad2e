"""What a wording is called on screens and in the journal."""

from __future__ import annotations

from datetime import date

from law.outcomes import outcome
from letters.catalogue import KINDS
from letters.wordings import ITEMS, Wording, shipped
from office.errors import Refusal


def title_of(wording: Wording) -> str:
    """Name a wording in Chinese: a paper by its title, a section of a reply by the outcomes it answers with."""
    if wording.key.startswith(ITEMS):
        return f"答复书分项：{'、'.join(outcome(name).label for name in wording.outcomes)}"
    if wording.key == "reply":
        return "答复书（各种答复的总文本）"
    labels = [kind.label for kind in KINDS.values() if kind.wording_name == wording.key]
    return "、".join(labels) or wording.title


def base_of(key: str, on: date) -> Wording:
    """Return the shipped wording of a key on a day. Raises Refusal for a key that is none."""
    found = shipped(on).get(key)
    if found is None:
        raise Refusal("no_such_wording", "没有这一种文书文本，请刷新页面。")
    return found

"""What every internal sheet is built from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.errors import BadFacts
from letters.facts import is_blank, named
from letters.vocabulary import one_line

Block = dict[str, Any]
SIGNED = "签名：　　　　　　　　年　　月　　日"


def need(facts: Mapping[str, Any], *names: str) -> None:
    """Raise BadFacts for the first of some facts that is missing or blank."""
    for name in names:
        if is_blank(facts.get(name)):
            raise BadFacts(name, f"表单要素“{named(name)}”没有提供或者为空")


def label(text: str, **more: Any) -> Block:
    """Return the cell that names what stands beside or below it."""
    return {"text": text, "role": "heading", "align": "center", **more}


def value(text: str, **more: Any) -> Block:
    """Return a cell with a text in one line of thought."""
    return {"text": one_line(text), "middle": True, **more}


def head(title: str, office: Mapping[str, Any], *lines: str) -> list[Block]:
    """Return a sheet's title, the line for office and number, and further lines."""
    return [
        {"type": "title", "text": title, "tight": True},
        {"type": "sheet_line", "left": office["name"], "right": ""},
        *({"type": "sheet_line", "left": line} for line in lines),
    ]

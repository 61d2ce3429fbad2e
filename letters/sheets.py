"""Every paper made of a table, and the envelope: which sheet makes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from letters import approval, file_sheets, request_sheets, secrecy_sheets, service_sheets
from letters.catalogue import PaperKind
from letters.sheet_parts import Block, Sheet

VERSION = "2"
SHEETS: Mapping[str, Sheet] = MappingProxyType({
    **approval.SHEETS, **request_sheets.SHEETS, **service_sheets.SHEETS, **file_sheets.SHEETS,
    **secrecy_sheets.SHEETS,
})  # fmt: skip


def build(kind: PaperKind, facts: Mapping[str, Any]) -> tuple[str, list[Block], str]:
    """Return title, blocks and version of a sheet. Raises BadFacts."""
    sheet = SHEETS[kind.code]
    return sheet.title, sheet.make(sheet.checked(facts)), f"sheet-{VERSION}"


def annexed(kind: PaperKind, facts: Mapping[str, Any]) -> list[Block]:
    """Return the blocks of the sheet that goes out behind a letter (附件), on a page of its own."""
    sheet = SHEETS[kind.annex]
    own = {name: facts[name] for name in (*sheet.required, *sheet.optional) if name in facts}
    blocks = sheet.make(sheet.checked(own))
    # It bears the number of its letter, which is drawn when the letter is sealed.
    first = next(n for n, block in enumerate(blocks) if block["type"] == "sheet_line")
    blocks[first] = {**blocks[first], "right": ""}
    return [{"type": "annex", "text": "附件"}, *blocks]

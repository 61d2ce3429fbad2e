"""The light markup of wordings: turn composed text into blocks, and blocks into plain text."""

from __future__ import annotations

from typing import Any

from letters.wordings import GUARD

Block = dict[str, Any]
INDENT = "　　"


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a composed text.

    A line is a paragraph; “# ” heads a 一、 and “## ” a （一）; “+ ” is an attachment; “> ” stands flush left.
    """
    blocks: list[Block] = []
    for line in text.splitlines():
        raw = line.strip(" \t")
        if not raw.replace(GUARD, "").strip():
            continue
        block = _block(raw)
        if block["type"] == "attachments" and blocks and blocks[-1]["type"] == "attachments":
            blocks[-1]["items"] += block["items"]
        else:
            blocks.append(block)
    return blocks


def _block(raw: str) -> Block:
    for mark, kind, level in (("## ", "heading", 2), ("# ", "heading", 1)):
        if raw.startswith(mark):
            return {"type": kind, "level": level, "text": _plain(raw[len(mark) :])}
    if raw.startswith("+ "):
        return {"type": "attachments", "items": [_plain(raw[2:])]}
    if raw.startswith("> "):
        return {"type": "flush", "text": _plain(raw[2:])}
    return {"type": "para", "text": _plain(raw)}


def _plain(text: str) -> str:
    return text.replace(GUARD, "").strip()


def text_of(blocks: list[Block]) -> str:
    """Return the plain text of a paper, one block a line, as golden files and diffs show it."""
    return "\n".join(filter(None, (_text(block) for block in blocks))) + "\n"


def _text(block: Block) -> str:
    kind = block["type"]
    if kind in ("para", "heading", "note"):
        return INDENT + block["text"]
    if kind == "attachments":
        items = block["items"]
        if len(items) == 1:
            return f"{INDENT}附件：{items[0]}"
        rows = [f"{n}.{item}" for n, item in enumerate(items, 1)]
        return f"{INDENT}附件：{rows[0]}" + "".join(f"\n{INDENT}　　　{row}" for row in rows[1:])
    if kind == "signature":
        code = f"\n核验码：{block['verify']['code']}" if "verify" in block else ""
        return f"{block['office']}\n{block['date']}{code}".rstrip()
    if kind == "imprint":
        issued = f"{block['issuer']}　{block['date']}印发" if "issuer" in block else ""
        return "\n".join(filter(None, (f"抄送：{block['text']}" if block["text"] else "", issued)))
    if kind == "sheet_line":
        return "　".join(filter(None, (block.get("left", ""), block.get("right", ""))))
    if kind == "table":
        return "\n".join(
            " | ".join(
                " ".join(filter(None, (cell["text"].replace("\n", " / "), cell.get("foot", ""))))
                for cell in row
            )
            for row in block["rows"]
        )
    if kind == "envelope":
        return "\n".join(filter(None, _envelope(block)))
    return str(block["text"])


def _envelope(block: Block) -> tuple[str, ...]:
    to = (block.get("postcode", ""), block.get("address", ""), f"{block['name']}　收")
    return (*to, *block["sender"], block.get("contents", ""))

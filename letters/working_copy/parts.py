"""Which paragraphs of a paper a working copy shows, which of them the system keeps, and how each is styled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from letters.compose_paper import Composed
from letters.markup import text_of

Block = dict[str, Any]
# Blocks an office may word in a working copy; all others come from the register, the law and the settings.
WORDED = frozenset({"para", "heading", "flush"})
TAG = "gongkai:"
INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad")
PARA, HEADING_1, HEADING_2, FLUSH = "公文正文", "公文一级标题", "公文二级标题", "公文顶格"
STYLES = {
    "office": "公文标志", "number": "公文文号", "title": "公文标题", "addressee": "公文主送", "attachments": "公文附件",
    "signature": "公文落款", "note": "公文附注", "imprint": "公文抄送", "sheet_line": "公文表头", "table": "公文表格",
}  # fmt: skip
REMEDY = "公文救济途径"
NAMES = {
    "office": "机关名称", "number": "文号", "title": "标题", "addressee": "收件人", "attachments": "附件说明", "signature": "落款",
    "note": "联系方式", "imprint": "抄送", "sheet_line": "表头", "table": "表格", "para": "救济途径",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One block of a paper as a working copy shows it: its lines, its style, and whether the system keeps it.

    `ordinal` counts the parts the system keeps: it is the same in a draft and in an edited one.
    """

    index: int
    ordinal: int
    block: Block
    lines: tuple[str, ...]
    style: str
    fixed: bool

    @property
    def name(self) -> str:
        """Name a part that the system keeps."""
        return NAMES.get(self.block["type"], "固定内容")

    @property
    def tag(self) -> str:
        """Return the tag by which a fixed part is found again."""
        return f"{TAG}{self.ordinal}"


def parts_of(composed: Composed) -> list[Part]:
    """Return every block of a draft with what a working copy shows of it."""
    remedies = list(composed.remedies)
    found: list[Part] = []
    kept = 0
    for index, block in enumerate(composed.as_draft().blocks):
        remedy = block["type"] == "para" and bool(remedies) and plain(block["text"]) == plain(remedies[0])
        if remedy:
            remedies.pop(0)
        fixed = remedy or block["type"] not in WORDED
        style = REMEDY if remedy else _style(block)
        found.append(Part(index, kept, composed.blocks[index], tuple(_lines(block)), style, fixed))
        kept += fixed
    return found


def plain(text: str) -> str:
    """Bring what word processors do to blanks and unseen characters into one form, for comparing."""
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


def _style(block: Block) -> str:
    if block["type"] == "heading":
        return HEADING_1 if block.get("level") == 1 else HEADING_2
    return {"para": PARA, "flush": FLUSH}.get(block["type"], STYLES.get(block["type"], PARA))


def _lines(block: Block) -> Iterator[str]:
    kind = block["type"]
    if kind == "attachments":
        items = block["items"]
        yield from (
            [f"附件：{items[0]}"]
            if len(items) == 1
            else [f"{'附件：' if n == 1 else ''}{n}.{item}" for n, item in enumerate(items, 1)]
        )
    elif kind == "signature":
        yield block["office"]
        yield block["date"]
    elif kind == "sheet_line":
        yield "\t".join(filter(None, (block.get("left", ""), block.get("right", ""))))
    elif kind == "imprint":
        yield f"抄送：{block['text']}"
    elif kind == "table":
        for row in block["rows"]:
            for cell in row:
                yield from cell["text"].split("\n")
                if cell.get("foot"):
                    yield cell["foot"]
    elif "text" in block:
        yield str(block["text"])
    else:
        yield from text_of([block]).splitlines()

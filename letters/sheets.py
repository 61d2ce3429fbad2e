"""Internal sheets made of tables: the approval sheet and the index of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.catalogue import PaperKind
from letters.facts import is_blank
from letters.file_sheets import MAKERS
from letters.sheet_parts import SIGNED, Block, label, need, value
from letters.vocabulary import day, one_line

VERSION = "1"


def build(kind: PaperKind, facts: Mapping[str, Any]) -> tuple[str, list[Block], str]:
    """Return title, blocks and version of a sheet."""
    maker = ({"approval_sheet": _approval, "archive_cover": _index} | MAKERS)[kind.code]
    title, blocks = maker(facts)
    return title, blocks, f"sheet-{VERSION}"


def _approval(facts: Mapping[str, Any]) -> tuple[str, list[Block]]:
    """Compose the approval sheet: the request, the proposal for each item, and the chain of signatures."""
    need(facts, "office", "case_number", "received_on", "addressee", "items", "drafter", "chain")
    title = "政府信息公开申请审查呈批单"
    rows: list[list[Block]] = [
        [label("申请人"), value(facts["addressee"]["name"]), label("登记编号"), value(facts["case_number"])],
        [label("收到日期"), value(day(facts["received_on"])), label("答复期限"),
         value(day(facts["due_on"]) if facts.get("due_on") else "—")],
        [label("承办人"), value(facts["drafter"]), label("呈批日期"),
         value(day(facts["submitted_on"]) if facts.get("submitted_on") else "—")],
    ]  # fmt: skip
    for n, item in enumerate(facts["items"], 1):
        merged = {**item, **(item.get("facts") or {})}
        rows.append([label(f"申请事项{n}", with_next=True), value(merged["description"], span=3)])
        rows.append([label("拟办意见"), value(_proposal(merged), span=3)])
    for note in facts.get("reviews", ()):
        rows.append([label(note["name"]), {**value(note.get("opinion", ""), span=3), "rows": 2, "middle": False,
                                            "foot": note.get("signed") or SIGNED}])  # fmt: skip
    for step in facts["chain"]:
        rows.append([label(f"{step}意见"), {"text": "", "span": 3, "rows": 3, "foot": SIGNED}])
    if not is_blank(facts.get("body_sha256")):
        rows.append([label("文稿校验"), value(f"答复文稿 SHA-256：{facts['body_sha256']}", span=3)])
    return title, [
        {"type": "title", "text": title, "tight": True},
        {"type": "sheet_line", "left": facts["office"]["name"], "right": ""},
        {"type": "table", "columns": [16, 34, 16, 34], "rows": rows},
    ]


def _proposal(item: Mapping[str, Any]) -> str:
    parts = [str(item.get("outcome_label") or item["outcome"])]
    if item.get("grounds"):
        parts.append("依据：" + "、".join(item["grounds"]))
    for name, words in (
        ("reason", "理由"),
        ("discretion", "裁量"),
        ("inseparable", "区分处理"),
        ("provided", "公开内容"),
    ):
        if not is_blank(item.get(name)):
            parts.append(f"{words}：{one_line(str(item[name])).rstrip('。')}")
    return "；".join(parts) + "。"


def _index(facts: Mapping[str, Any]) -> tuple[str, list[Block]]:
    """Compose the index of a file (卷内目录) with its closing note (备考表)."""
    need(facts, "office", "case_number", "entries")
    head = [label(text) for text in ("序号", "文号", "责任者", "题名", "日期", "页数", "备注")]
    rows = [head]
    for n, entry in enumerate(facts["entries"], 1):
        centre = {"align": "center"}
        rows.append([
            value(str(n), **centre), value(entry.get("number", "")), value(entry.get("author", "")),
            value(entry["title"]), value(entry.get("date", ""), **centre),
            value(str(entry.get("pages", "")), **centre), value(entry.get("note", "")),
        ])  # fmt: skip
    note = [label("备考", span=1), {"text": one_line(facts.get("closing_note") or f"本卷共{len(rows) - 1}件。"),
                                    "span": 6, "rows": 3, "foot": "立卷人：　　　　检查人：　　　　立卷日期："}]  # fmt: skip
    title = "卷内目录"
    retention = facts.get("retention", "")
    left = f"案件：{facts['case_number']}" + (f"　保管期限：{retention}" if retention else "")
    return title, [
        {"type": "title", "text": title, "tight": True},
        {"type": "sheet_line", "left": facts["office"]["name"], "right": ""},
        {"type": "sheet_line", "left": left},
        {"type": "table", "columns": [8, 21, 15, 25, 14, 7, 10], "rows": [*rows, note], "head_rows": 1},
    ]

"""The approval sheet (审查呈批单): the request, the proposal for each item, and the chain of signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.errors import BadFacts
from letters.shapes import is_blank
from letters.sheet_parts import SIGNED, Block, Facts, Sheet, head, label, table, value
from letters.vocabulary import day, one_line

TITLE = "政府信息公开申请审查呈批单"
SAID = (
    ("reason", "理由"),
    ("discretion", "裁量"),
    ("inseparable", "区分处理"),
    ("provided", "公开内容"),
)


def approval(facts: Facts) -> list[Block]:
    """Compose the approval sheet."""
    rows: list[list[Block]] = [
        [label("申请人"), value(facts["addressee"]["name"]), label("登记编号"), value(facts["case_number"])],
        [label("收到日期"), value(day(facts["received_on"])), label("答复期限"),
         value(day(facts["due_on"]) if facts.get("due_on") else "—")],
        [label("承办人"), value(facts["drafter"]), label("呈批日期"),
         value(day(facts["submitted_on"]) if facts.get("submitted_on") else "—")],
    ]  # fmt: skip
    for n, item in enumerate(facts["items"], 1):
        merged = {**item, **(item.get("facts") or {})}
        for name in ("description", "outcome"):
            if is_blank(merged.get(name)):
                raise BadFacts(f"items.{n}.{name}", f"申请事项{n}缺少内容或者拟办结果")
        rows.append([label(f"申请事项{n}", with_next=True), value(merged["description"], span=3)])
        rows.append([label("拟办意见"), value(_proposal(merged), span=3)])
    for note in facts.get("reviews", ()):
        rows.append([label(note["name"]), {**value(note.get("opinion", ""), span=3), "rows": 2, "middle": False,
                                            "foot": note.get("signed") or SIGNED}])  # fmt: skip
    for step in facts["chain"]:
        rows.append([label(f"{step}意见"), {"text": "", "span": 3, "rows": 3, "foot": SIGNED}])
    if facts.get("body_sha256"):
        rows.append([label("文稿校验"), value(f"答复文稿 SHA-256：{facts['body_sha256']}", span=3)])
    return [*head(TITLE, facts["office"], numbered=True), table([16, 34, 16, 34], rows)]


def _proposal(item: Mapping[str, Any]) -> str:
    parts = [str(item.get("outcome_label") or item["outcome"])]
    if item.get("grounds"):
        parts.append("依据：" + "、".join(item["grounds"]))
    for name, words in SAID:
        if not is_blank(item.get(name)):
            parts.append(f"{words}：{one_line(str(item[name])).rstrip('。')}")
    return "；".join(parts) + "。"


SHEETS = {
    "approval_sheet": Sheet(
        TITLE, approval, ("office", "case_number", "received_on", "addressee", "items", "drafter", "chain"),
        ("due_on", "submitted_on", "reviews", "body_sha256"),
        rows={"reviews": ("name!", "opinion", "signed"), "items": ("*",)}, parts={"addressee": ("name",)},
    ),
}  # fmt: skip

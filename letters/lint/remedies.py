"""Rules on the remedies clause (救济条款): right road, right body, right terms, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from law import remedies as law_remedies
from law.errors import LawError
from letters.lint.finding import BLOCK, Finding, Looked

SUIT = re.compile(r"提起行政诉讼")
DIRECT = re.compile(r"或者.{0,24}?(?:个月|月)内.{0,40}?提起行政诉讼")
WRONG_TERM = re.compile(r"(?<!\d)(?:3|三)个月内")


def clauses(looked: Looked) -> list[str]:
    """Return the paragraphs that tell the remedies."""
    return [text for text in looked.paragraphs if SUIT.search(text) or "申请行政复议" in text]


def _remedy(looked: Looked, outcome: str) -> law_remedies.Remedy | None:
    try:
        office = law_remedies.OfficeFacts.from_dict(looked.office)
        return law_remedies.remedy(outcome, office, looked.on)
    except LawError:
        return None


def no_direct_suit(looked: Looked) -> Iterator[Finding]:
    """Find an item refused under 条例14–16 that is offered direct suit."""
    if not looked.is_reply:
        return
    first = [i for i in looked.items if (r := _remedy(looked, i["outcome"])) and r.cls == "A"]
    others = [i for i in looked.items if i not in first]
    for item in first:
        for text in clauses(looked):
            about_it = item["label"] in text or not others or "其余" not in text
            if about_it and DIRECT.search(text):
                yield Finding(
                    "direct_suit", BLOCK,
                    f"{item['label']}不予公开（含部分不予公开）须复议前置，不得写“或者……内提起行政诉讼”；请按“先申请行政复议”改写",
                    item["label"], "行政复议法第二十三条第一款第四项",
                )  # fmt: skip
                break


def told(looked: Looked) -> Iterator[Finding]:
    """Find a reply without a remedies clause, or with one road missing for some item."""
    if not looked.kind.remedies:
        return
    texts = clauses(looked)
    if not texts:
        yield Finding(
            "remedy_missing", BLOCK, "没有告知救济途径，起诉期限将延长至一年", "", "行政复议法第二十条"
        )
        return
    if not looked.is_reply:
        return
    first = {i["label"] for i in looked.items if (r := _remedy(looked, i["outcome"])) and r.cls == "A"}
    if first and not any("先向" in text for text in texts):
        yield Finding(
            "remedy_first", BLOCK, "不予公开的事项没有告知先申请行政复议", "", "行政复议法第二十三条第二款"
        )
    direct = any(r.written_as == "B" for i in looked.items if (r := _remedy(looked, i["outcome"])))
    if direct and not any(DIRECT.search(text) for text in texts):
        yield Finding(
            "remedy_direct", BLOCK, "可以直接起诉的事项没有告知起诉的法院和期限", "", "行政诉讼法第四十六条"
        )


def right_body(looked: Looked) -> Iterator[Finding]:
    """Find a clause that names another reconsideration body or court than the law does on the day."""
    if not looked.kind.remedies:
        return
    outcome = looked.items[0]["outcome"] if looked.items and looked.kind.remedies == "items" else "withdrawn"
    right = _remedy(looked, outcome)
    if right is None:
        yield Finding(
            "remedy_office",
            BLOCK,
            "机关资料不全，无法确定复议机关和法院，请在机关设置中补充",
            "office",
            "行政复议法第二十四条",
        )
        return
    for text in clauses(looked):
        if "申请行政复议" in text and f"向{right.body}申请行政复议" not in text:
            yield Finding(
                "remedy_body", BLOCK, f"复议机关应为{right.body}", "", "行政复议法第二十四条至第二十八条"
            )
        if SUIT.search(text) and right.court not in text:
            yield Finding(
                "remedy_court", BLOCK, f"管辖法院应为{right.court}", "", "行政诉讼法第十四条、第十五条"
            )


def right_terms(looked: Looked) -> Iterator[Finding]:
    """Find the three-month term of the old law."""
    for text in clauses(looked):
        if WRONG_TERM.search(text):
            yield Finding("suit_term", BLOCK, "直接起诉的期限是6个月，不是3个月", "", "行政诉讼法第四十六条")


def none_in_procedural(looked: Looked) -> Iterator[Finding]:
    """Find a remedies clause in a procedural paper."""
    if looked.kind.remedies or looked.kind.form == "sheet" or looked.kind.recipient != "申请人":
        return
    if clauses(looked):
        yield Finding("procedural_remedy", BLOCK, "程序性文书不写救济途径，请删去", "", "law.remedies P类")


def online_channel(looked: Looked) -> Iterator[Finding]:
    """Find electronic service without an online road to reconsideration (复议法22)."""
    decides = looked.kind.remedies not in ("", "withdrawn")
    if decides and looked.facts.get("electronic") and not looked.office.get("reconsideration_online"):
        yield Finding(
            "online_channel", BLOCK, "没有线上行政复议渠道的，不得以互联网方式送达；请改用其他方式送达或者填写线上渠道",
            "electronic", "行政复议法第二十二条第二款",
        )  # fmt: skip


RULES = (no_direct_suit, told, right_body, right_terms, none_in_procedural, online_channel)

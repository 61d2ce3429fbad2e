"""Check the facts of a paper and prepare them for its wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from letters.errors import BadFacts
from letters.vocabulary import CHANNELS, NATURAL, day, level, lines, numeral, one_line, quoted, you
from letters.wordings import Wording

# Given to every kind alike; a wording need not use them.
COMMON = frozenset({
    "office", "addressee", "case_number", "received_on", "channel", "request_text", "items", "handler",
    "electronic", "correction", "copies_to", "attachments", "due_on", "register",
})  # fmt: skip
ITEM_COMMON = frozenset({
    "seq", "description", "outcome", "grounds", "reason", "label", "searches", "redactions",
})  # fmt: skip
# Facts that a wording writes line by line.
LISTED = ("matters", "measures", "points")
# Kinds that quote the matters as they were told.
WHOLE = frozenset({"complaint_answer"})
NAMES = {
    "office": "机关", "addressee": "收件人", "case_number": "登记编号", "received_on": "收到日期", "channel": "提交渠道",
    "items": "申请事项", "matters": "需要补正的事项", "guidance": "补正的方法", "days": "期限", "reason": "理由", "outcome": "处理结果",
    "grounds": "依据的条款", "provided": "公开的内容和方式", "where": "获取的方式、途径", "withheld": "不予公开的部分",
    "inseparable": "能否区分处理的说明", "discretion": "选择不公开的裁量理由", "other_office": "负责公开的机关及联系方式",
    "earlier_number": "此前答复的文号", "query_way": "查询的依据和途径", "searches": "检索记录", "due_on": "答复期限届满日",
    "original_due_on": "原答复期限届满日", "new_due_on": "延长后的届满日", "content": "拟公开的内容",
    "notice_number": "原告知书文号", "notice_on": "原告知书日期", "served_on": "送达日期", "deadline_on": "期限届满日",
    "finding": "认定的依据", "withdrawn_on": "撤回日期", "cause": "不再处理的原因", "sent_on": "发出日期",
    "consulted_on": "征求意见日期", "objected_on": "收到不同意意见的日期", "wait": "缓冲期",
    "counted": "数量、频次的事实", "asked_on": "要求说明理由的日期", "explained_on": "收到理由的日期", "until_on": "延迟答复的日期",
    "lacking": "申请欠缺的要素", "clock_note": "期限是否计算的说明", "basis": "计收方式", "brackets": "计收明细", "total": "合计金额", "payment_way": "缴纳方式",
    "objection_to": "异议的受理人",
    "challenged": "被复议、被诉的行为", "copy_on": "收到副本的日期", "points": "答复（答辩）的理由", "plea": "答复（答辩）意见",
    "old_number": "原答复文号", "old_on": "原答复日期", "wrong": "原文", "right": "更正为", "opinion_number": "意见书文号",
    "opinion_on": "收到意见书的日期", "measures": "措施", "complaint_on": "收到投诉的日期", "rectify_by_on": "整改期限",
    "record": "需要更正的记录", "decision": "处理决定", "entries": "目录各行", "receiver": "接收单位",
}  # fmt: skip


def named(fact: str) -> str:
    """Return the Chinese name of a fact for messages."""
    return f"{NAMES[fact]}（{fact}）" if fact in NAMES else fact


def is_blank(value: Any) -> bool:
    """Return whether a fact says nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, ())


def checked(facts: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    """Return the facts that say something, or raise BadFacts for one that is missing, blank or unused."""
    known = {name: value for name, value in facts.items() if not is_blank(value)}
    for name in ("office", "addressee", *wording.required):
        if name not in known:
            state = "为空" if name in facts else "没有提供"
            raise BadFacts(name, f"文书要素“{named(name)}”{state}")
    for name in known:
        if name not in COMMON and name not in wording.used:
            raise BadFacts(name, f"文书没有用到要素“{named(name)}”，请核对文种")
    _well_formed(known)
    for name in ("name", "kind"):
        if is_blank(known["addressee"].get(name)):
            raise BadFacts(f"addressee.{name}", "缺少收件人的名称或者类别")
    if is_blank(known["office"].get("name")):
        raise BadFacts("office.name", "缺少机关名称")
    return known


def _well_formed(known: Mapping[str, Any]) -> None:
    """Raise BadFacts for a day that is no day and for a group of facts that is none."""
    for name, value in known.items():
        if name.endswith("_on"):
            iso_day(name, value)
    for name in ("office", "addressee", "handler", "correction"):
        if name in known and not isinstance(known[name], Mapping):
            raise BadFacts(name, f"要素“{named(name)}”应为一组名称和内容")
    items = known.get("items", [])
    if not isinstance(items, list | tuple) or not all(isinstance(item, Mapping) for item in items):
        raise BadFacts("items", "申请事项应为一个列表，每项为一组名称和内容")


def iso_day(name: str, value: Any) -> date:
    """Return the day a fact gives as 2026-03-02, or raise BadFacts naming it."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadFacts(name, f"要素“{named(name)}”不是日期：{value}") from error


def item_facts(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of one item flat, with its label (第一项), blanks left out."""
    flat = {**item, **(item.get("facts") or {})}
    flat.pop("facts", None)
    known = {name: value for name, value in flat.items() if not is_blank(value)}
    for name in ("seq", "description", "outcome"):
        if name not in known:
            raise BadFacts(f"items.{name}", f"申请事项缺少“{named(name)}”")
    known["label"] = f"第{numeral(int(known['seq']))}项"
    return known


def checked_item(item: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    """Return an item's facts, or raise BadFacts for one its outcome lacks or does not use."""
    for name in wording.required:
        if name not in item and name not in ("finding", "you"):
            raise BadFacts(f"items.{item['seq']}.{name}", f"{item['label']}申请缺少“{named(name)}”")
    for name in item:
        if name not in ITEM_COMMON and name not in wording.used:
            raise BadFacts(f"items.{item['seq']}.{name}", f"{item['label']}申请的答复没有用到“{named(name)}”")
    for name in ("reason", "grounds"):
        if name in item and name not in wording.used:
            raise BadFacts(f"items.{item['seq']}.{name}", f"{item['label']}申请的答复没有用到“{named(name)}”")
    return dict(item)


def request_words(known: Mapping[str, Any]) -> str:
    """Return what was asked for, as a sentence's object: “…”, or （1）“…”；（2）“…”."""
    if "request_text" in known and len(known.get("items") or ()) < 2:
        return quoted(known["request_text"])
    items: Sequence[Mapping[str, Any]] = known.get("items") or ()
    if not items:
        raise BadFacts("items", "缺少申请事项，无法复述申请内容")
    if len(items) == 1:
        return quoted(items[0]["description"])
    return "；".join(f"（{n}）{quoted(item['description'])}" for n, item in enumerate(items, 1))


def context(
    known: Mapping[str, Any], wording: Wording, *, sections: list[dict[str, Any]], remedies: list[str]
) -> dict[str, Any]:
    """Return everything a wording may name."""
    kind = known["addressee"]["kind"]
    values: dict[str, Any] = {**known, "you": you(kind), "natural": kind == NATURAL}
    if "request" in wording.used:
        values["request"] = request_words(known)
    if "by_channel" in wording.used:
        channel = known.get("channel", "")
        if channel not in CHANNELS:
            raise BadFacts("channel", f"不认识的提交渠道“{channel}”")
        values["by_channel"] = CHANNELS[channel]
    for name in LISTED:
        if name in known and name in wording.used and not (name == "matters" and wording.name in WHOLE):
            values[name] = lines(known[name])
    values |= {"sections": sections, "remedies": remedies, "level": level, "many": len(sections) > 1}
    values["attachments"] = [one_line(name) for name in known.get("attachments", ())]
    values["received"] = day(known["received_on"]) if "received_on" in known else ""
    return values

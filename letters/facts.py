"""Check the facts of a paper and prepare them for its wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from law.errors import LawError
from law.values import number
from letters.errors import BadFacts, MissingFact, UnusedFact
from letters.shapes import is_blank, iso_day, named, well_shaped
from letters.vocabulary import (
    ADDRESSEES,
    CHANNELS,
    NATURAL,
    clause,
    day,
    level,
    lines,
    numeral,
    one_line,
    quoted,
    you,
)
from letters.wordings import Wording

# Given to every kind alike; a wording need not use them.
COMMON = frozenset({
    "office", "addressee", "case_number", "received_on", "channel", "request_text", "items", "handler",
    "electronic", "correction", "copies_to", "attachments", "due_on", "register",
})  # fmt: skip
# No request has more items; a higher number is a slip.
MOST_ITEMS = 9999
ITEM_COMMON = frozenset({
    "seq", "description", "outcome", "grounds", "reason", "label", "searches", "redactions",
})  # fmt: skip
# What a record of a search must tell (指导案例101号).
SEARCH_PARTS = {
    "systems": "检索范围", "keywords": "检索关键词", "period": "检索时段", "method": "检索方式", "people": "检索人员",
    "searched_on": "检索日期", "result": "检索结果",
}  # fmt: skip
# Facts that a wording writes line by line.
LISTED = ("matters", "measures", "points")
# Facts of which a wording knows so many values and no other.
CHOICES = {
    ("lapse_notice", "cause"): ("supplement", "fee"), ("fee_notice", "basis"): ("items", "pages"),
    ("disclosure_decision_notice", "basis"): ("public_interest", "unsound"),
    ("complaint_answer", "result"): ("rectify", "criticise", "handed_over", "unfounded"),
    ("rectification_notice", "criticised"): ("yes", "no"), ("remedy_body_notice", "suit"): ("yes", "no"),
    ("correction_answer", "decision"): ("corrected", "handed_over", "declined"),
}  # fmt: skip
# Facts that a wording writes only beside another.
TOLD_WITH = {
    "reply": {
        "supplement_notice_on": "supplemented_on", "lacking": "supplemented_on", "extension_notice_on": "extended_due_on",
        "fee_notice_on": "paid_on", "delay_notice_on": "delayed_until_on", "old_title": "old_number", "old_on": "old_number",
    },
}  # fmt: skip
# Kinds that quote the matters as they were told.
WHOLE = frozenset({"complaint_answer"})


def checked(facts: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    """Return the facts that say something, or raise BadFacts for one that is missing, blank or unused."""
    known = {name: value for name, value in facts.items() if not is_blank(value)}
    for name in ("office", "addressee", *wording.required):
        if name not in known:
            state = "为空" if name in facts else "没有提供"
            raise MissingFact(name, f"文书要素“{named(name)}”{state}")
    _told_together(known, wording)
    for name in known:
        if name not in COMMON and name not in wording.used:
            raise UnusedFact(name, f"文书没有用到要素“{named(name)}”，请核对文种")
    for name, value in known.items():
        well_shaped(name, value)
        choices = CHOICES.get((wording.name, name), ())
        if choices and value not in choices:
            raise BadFacts(name, f"要素“{named(name)}”只能是{'、'.join(choices)}")
    _numbered_once(known.get("items") or ())
    for name in ("name", "kind"):
        if is_blank(known["addressee"].get(name)):
            raise MissingFact(f"addressee.{name}", "缺少收件人的名称或者类别")
    _known_addressee(str(known["addressee"]["kind"]))
    if is_blank(known["office"].get("name")):
        raise MissingFact("office.name", "缺少机关名称")
    return known


def _told_together(known: Mapping[str, Any], wording: Wording) -> None:
    """Raise UnusedFact for a fact that a wording writes only beside another which is not there."""
    for name, other in TOLD_WITH.get(wording.name, {}).items():
        if name in known and other not in known:
            raise UnusedFact(name, f"文书没有用到要素“{named(name)}”：须与“{named(other)}”一同填写")


def _known_addressee(kind: str) -> None:
    """Raise BadFacts for a kind of addressee by which a letter would not know how to speak to it."""
    if kind not in ADDRESSEES:
        told = "、".join(f"{code}（{words}）" for code, words in ADDRESSEES.items())
        raise BadFacts("addressee.kind", f"收件人的类别“{kind}”不认识，可用：{told}")


def _numbered_once(items: Sequence[Mapping[str, Any]]) -> None:
    """Raise BadFacts where two items have the same number."""
    seen: set[int] = set()
    for item in items:
        seq = item.get("seq")
        if not isinstance(seq, int):
            continue
        if seq in seen:
            raise BadFacts(f"items.{seq}.seq", f"有两个申请事项的序号都是{seq}")
        seen.add(seq)


def item_facts(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of one item flat, with its label (第一项), blanks left out."""
    flat = {**item, **(item.get("facts") or {})}
    flat.pop("facts", None)
    known = {name: value for name, value in flat.items() if not is_blank(value)}
    for name in ("seq", "description", "outcome"):
        if name not in known:
            at = f"items.{item['seq']}.{name}" if not is_blank(item.get("seq")) else f"items.{name}"
            raise MissingFact(at, f"申请事项缺少“{named(name)}”")
    if not 1 <= known["seq"] <= MOST_ITEMS:
        raise BadFacts("items.seq", f"申请事项的序号从1开始，不超过{MOST_ITEMS}")
    known["label"] = f"第{numeral(known['seq'])}项"
    return known


def checked_item(item: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    """Return an item's facts, or raise BadFacts for one its outcome lacks or does not use."""
    for name in wording.required:
        if name not in item and name not in ("finding", "you"):
            raise MissingFact(f"items.{item['seq']}.{name}", f"{item['label']}申请缺少“{named(name)}”")
    for record in item.get("searches", ()) if "searches" in wording.required else ():
        for name, words in SEARCH_PARTS.items():
            if is_blank(record.get(name)):
                raise MissingFact(
                    f"items.{item['seq']}.searches", f"{item['label']}的检索记录缺少{words}（{name}）"
                )
        iso_day(f"items.{item['seq']}.searches.searched_on", record["searched_on"])
    for name in item:
        if name not in ITEM_COMMON and name not in wording.used:
            raise UnusedFact(
                f"items.{item['seq']}.{name}", f"{item['label']}申请的答复没有用到“{named(name)}”"
            )
    for name in ("reason", "grounds"):
        if name in item and name not in wording.used:
            raise UnusedFact(
                f"items.{item['seq']}.{name}", f"{item['label']}申请的答复没有用到“{named(name)}”"
            )
    return dict(item)


def request_words(known: Mapping[str, Any]) -> str:
    """Return what was asked for, as a sentence's object: “…”, or （1）“…”；（2）“…”."""
    if "request_text" in known and len(known.get("items") or ()) < 2:
        return quoted(known["request_text"])
    items: Sequence[Mapping[str, Any]] = known.get("items") or ()
    if not items:
        raise MissingFact("items", "缺少申请事项，无法复述申请内容")
    if len(items) == 1:
        return quoted(_description(items[0], 1))
    return "；".join(f"（{n}）{quoted(_description(item, n))}" for n, item in enumerate(items, 1))


def _description(item: Mapping[str, Any], n: int) -> str:
    """Return what one item asks for, or raise BadFacts where it says nothing."""
    if is_blank(item.get("description")):
        raise BadFacts(f"items.{n}.description", f"申请事项{n}没有写明申请的内容")
    return str(item["description"])


def context(
    known: Mapping[str, Any],
    wording: Wording,
    *,
    sections: list[dict[str, Any]],
    remedies: list[str],
    spoken_to: str = "",
) -> dict[str, Any]:
    """Return everything a wording may name.

    :param spoken_to: how the paper speaks to its recipient where that is no matter of persons and organisations
    """
    kind = known["addressee"]["kind"]
    values: dict[str, Any] = {**known, "you": spoken_to or you(kind), "natural": kind == NATURAL}
    if "request" in wording.used:
        values["request"] = request_words(known)
    if "by_channel" in wording.used:
        channel = known.get("channel", "")
        if channel not in CHANNELS:
            raise BadFacts("channel", f"不认识的提交渠道“{channel}”")
        values["by_channel"] = CHANNELS[channel]
    for name in LISTED:
        if name in known and name in wording.used:
            values[name] = _whole(known[name]) if wording.name in WHOLE else lines(known[name])
    if "reply_days" in wording.used and "reply_days" not in known:
        values["reply_days"] = _reply_days(known["received_on"])
    values |= {"sections": sections, "remedies": remedies, "level": level, "many": len(sections) > 1}
    values["attachments"] = [one_line(name) for name in known.get("attachments", ())]
    values["received"] = day(known["received_on"]) if "received_on" in known else ""
    return values


def _reply_days(received_on: Any) -> int:
    """Return the working days within which a request received on a day is answered (条例33)."""
    try:
        return number("art33.reply_days", iso_day("received_on", received_on))
    except LawError as error:
        raise BadFacts("received_on", error.message) from error


def _whole(told: str | Sequence[str]) -> str:
    """Return what was told as it was told."""
    return told if isinstance(told, str) else "；".join(map(clause, told))

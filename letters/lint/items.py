"""Rules on the items of a reply: each answered, with grounds, reasons and what its outcome must show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from law.gid.art36_reply import needs_grounds
from law.gid.art37_separable import must_ask_separable
from law.grounds import discretionary, exclude_each_other, refusal_articles
from law.outcomes import outcome
from letters.facts import is_blank
from letters.lint.finding import BLOCK, WARN, Finding, Looked
from letters.vocabulary import article_number, clause

SHORT_REASON = 12
SEARCH_PARTS = {"systems": "检索范围", "keywords": "关键词", "method": "检索方式", "people": "检索人员",
                "searched_on": "检索日期", "result": "检索结果"}  # fmt: skip
UNKNOWN = re.compile(r"(?:无法|不能)确定")
CONTACT = re.compile(r"\d{3,4}-?\d{7,8}|1[3-9]\d{9}|12345|\d{5,8}|地址|路.{0,8}号|街.{0,8}号|@")
BARE_NO = re.compile(
    r"^(?:属于?|系|为)?(?:内部|过程性|国家秘密|商业秘密|个人隐私)?信息[，。]?(?:不予公开)?。?$"
)


def every_item_answered(looked: Looked) -> Iterator[Finding]:
    """Find an item that is not answered, and an answer to nothing asked."""
    if not looked.is_reply:
        return
    asked = {int(item["seq"]): item for item in looked.facts.get("items") or ()}
    answered = {int(section["seq"]) for section in looked.composed.sections}
    for seq in sorted(set(asked) - answered):
        yield Finding("unanswered", BLOCK, f"第{seq}项申请没有答复", f"items.{seq}", "条例第三十六条")
    for seq in sorted(answered - set(asked)):
        yield Finding(
            "not_asked", BLOCK, f"答复了申请人没有提出的第{seq}项", f"items.{seq}", "条例第三十六条"
        )
    for section in looked.composed.sections:
        if clause(section["description"]).replace("“", "‘").replace("”", "’") not in looked.composed.text:
            yield Finding(
                "not_restated",
                BLOCK,
                f"{section['label']}申请内容没有复述",
                section["label"],
                "条例第三十六条",
            )


def grounds(looked: Looked) -> Iterator[Finding]:
    """Find a refusal without grounds of 条例14–16, with the wrong one, or with two that exclude each other."""
    for item in _refusals(looked):
        decided = outcome(item["outcome"])
        given = item.get("grounds") or ([decided.ground] if decided.ground else [])
        numbers = {n for g in given if (n := article_number(g)) in refusal_articles()}
        where = item["label"]
        if not numbers:
            yield Finding(
                "no_ground",
                BLOCK,
                f"{where}不予公开没有引用条例第十四条至第十六条的具体条款",
                where,
                "条例第三十六条第三项",
            )
            continue
        expected = article_number(decided.ground) if decided.ground else None
        if expected and expected not in numbers:
            yield Finding(
                "wrong_ground",
                BLOCK,
                f"{where}认定为“{decided.label}”，应引用条例{decided.ground}",
                where,
                f"条例{decided.ground}",
            )
        if exclude_each_other(numbers):
            yield Finding(
                "conflicting_grounds",
                BLOCK,
                f"{where}同时引用第十四条（不予公开）和第十六条（可以不予公开），理由互相排斥",
                where,
                "条例第十四条、第十六条",
            )
        if any(map(discretionary, numbers)) and is_blank(item.get("discretion")):
            yield Finding(
                "no_discretion", BLOCK, f"{where}依据第十六条，须说明为什么选择不公开", where, "条例第十六条"
            )


def reasons(looked: Looked) -> Iterator[Finding]:
    """Find a refusal without facts and reasons, or with a bare label for a reason."""
    for item in _refusals(looked):
        reason = clause(str(item.get("reason") or ""))
        where = item["label"]
        if not reason:
            yield Finding(
                "no_reason", BLOCK, f"{where}没有写明不予公开的事实和理由", where, "条例第三十六条第三项"
            )
        elif len(reason) < SHORT_REASON or BARE_NO.match(reason):
            yield Finding(
                "thin_reason",
                BLOCK,
                f"{where}的理由只是套话，请写明该信息的具体情况",
                where,
                "条例第三十六条第三项",
            )
        if outcome(item["outcome"]) == "refuse_third_party" and "合理" not in reason:
            yield Finding(
                "third_party_reason",
                WARN,
                f"{where}没有写明第三方不同意公开的理由是否合理，不能只凭不同意就不公开",
                where,
                "条例第三十二条",
            )


def separable(looked: Looked) -> Iterator[Finding]:
    """Find a full refusal that does not say whether parts can be separated."""
    for item in looked.items if looked.is_reply else ():
        if must_ask_separable(outcome(item["outcome"])) and is_blank(item.get("inseparable")):
            yield Finding(
                "no_separation",
                BLOCK,
                f"{item['label']}全部不予公开，须说明能否区分处理",
                item["label"],
                "条例第三十七条",
            )


def searched(looked: Looked) -> Iterator[Finding]:
    """Find a does-not-exist reply without a whole and timely search account."""
    for item in looked.items if looked.is_reply else ():
        if item["outcome"] != "not_exist":
            continue
        where, records = item["label"], item.get("searches") or []
        if not records:
            yield Finding(
                "no_search",
                BLOCK,
                f"{where}答复不存在，没有检索记录",
                where,
                "条例第三十六条第四项；指导案例101号",
            )
        for record in records:
            missing = [name for key, name in SEARCH_PARTS.items() if is_blank(record.get(key))]
            if missing:
                yield Finding(
                    "thin_search", BLOCK, f"{where}的检索记录缺少{'、'.join(missing)}", where, "指导案例101号"
                )
            if record.get("found"):
                yield Finding(
                    "found",
                    BLOCK,
                    f"{where}的检索记录写明已检索到信息，不能答复不存在",
                    where,
                    "条例第三十六条第四项",
                )


def other_office(looked: Looked) -> Iterator[Finding]:
    """Find a not-ours reply that names no office with its contact and does not say it cannot be told."""
    for item in looked.items if looked.is_reply else ():
        if item["outcome"] != "not_ours":
            continue
        named, where = str(item.get("other_office") or ""), item["label"]
        if UNKNOWN.search(named):
            continue
        if not CONTACT.search(named) or len(clause(named)) < 8:
            yield Finding(
                "other_office",
                BLOCK,
                f"{where}答复非本机关，须告知负责机关的名称和联系方式；确实不能确定的写明“无法确定”",
                where,
                "条例第三十六条第五项",
            )


def _refusals(looked: Looked) -> list[dict[str, Any]]:
    if not looked.is_reply:
        return []
    return [i for i in looked.items if needs_grounds(outcome(i["outcome"]))]


RULES = (every_item_answered, grounds, reasons, separable, searched, other_office)

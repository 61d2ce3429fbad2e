"""Rules on what a reply must be able to prove: searches, the right office, opinions weighed, marks, earlier replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from law.outcomes import Outcome
from letters.facts import SEARCH_PARTS
from letters.lint.finding import Finding, finding
from letters.lint.items import of
from letters.lint.looked import Looked, alike, as_day
from letters.lint.refusals import marks_of
from letters.shapes import is_blank, is_filler
from letters.vocabulary import cite, clause, day, is_other_law

#: What a text must say of a search, wherever it was written.
TOLD_PARTS = {
    "检索范围": r"检索范围|范围(?:为|是|：)|档案室|档案系统|业务系统|数据库|办公系统",
    "关键词": r"关键[词字]|以[^，。；]{1,30}为(?:关键)?[词字]",
    "检索方式": r"检索方式|方式(?:为|是|：)|计算机检索|人工(?:翻阅|查阅|检索)|逐[卷份件]|系统检索|查阅",
    "检索人员": r"检索人员?(?:：|为|是)|工作人员|由[^，。；]{2,20}(?:检索|查找|查询)",
    "检索日期": r"(?<!至)\d{4}年\d{1,2}月\d{1,2}日(?!至)[^。；]{0,120}(?:检索|查找|查询)|检索(?:日期|时间)",
}
HIT = re.compile(
    r"(?:检索到|查找到|查询到|查到|找到|发现|存有|保存有)(?!的?线索)|(?<![没])有(?:\d+|[一二两三四五六七八九十]+)[条件份个卷册项]"
)
NO_HIT = re.compile(r"没有|未|无|不存在|不包含|不含|(?<!\d)[0零〇](?:条|件|份|个|卷|册|项)")
#: What was found is something else than what was asked for.
ANOTHER = re.compile(r"(?:不是|并非|不属于)[^，。；]{0,6}(?:申请|同一|该(?:信息|报告|文件)|此)|不符|不同")
UNKNOWN = re.compile(r"(?:无法|不能|难以)确定")
CONTACT = re.compile(
    r"\d{3,4}[-－—–]\d{3,4} ?\d{4}|[（(]0\d{2,3}[）)] ?[-－—–]?\d{3,4} ?\d{4}|0\d{9,11}|1[3-9]\d{9}|\b12345\b|(?:电话|热线)[^，。；]{0,4}\d{5,8}|地址|(?:路|街|大道|巷)[^，。；]{0,8}号|@|https?://"
)
VAGUE = re.compile(r"(?:有关|相关|其他|主管|上级|负责的?|对应的?)(?:主管|职能|负责)?(?:部门|单位|机关|机构)")
ORGAN = re.compile(
    r"(?:局|委|委员会|厅|部(?!门)|政府|办事处|管委会|院|中心|署|处|所|站|队|公司|会|办公室|馆|学校|[中小大]学|学院|集团|银行|厂|社|法庭)"
)
#: Descriptions at least so alike are taken for the same information.
SAME = 0.75


def searched(looked: Looked) -> Iterator[Finding]:
    """Find a does-not-exist reply without a whole and timely search account."""
    for item in of(looked, "not_exist"):
        here = {"where": item["label"], "seq": item["seq"]}
        records = [r for r in item.get("searches") or [] if isinstance(r, Mapping)]
        if not records:
            yield finding("no_search", f"{item['label']}答复不存在，没有检索记录", **here)
        for record in records:
            yield from _record(record, item["label"], here)
            found = as_day(record.get("searched_on"))
            if found and found > looked.on:
                yield finding("search_ahead", f"检索日期{day(found)}晚于成文日期", **here)
        if looked.foreign and records and (said := looked.section(item)):
            lost = [name for name, form in TOLD_PARTS.items() if not re.search(form, said)]
            if lost:
                yield finding("thin_search", f"{item['label']}文中没有写明{'、'.join(lost)}", **here)


def _record(record: Mapping[str, Any], label: str, here: dict[str, Any]) -> Iterator[Finding]:
    missing = [name for key, name in SEARCH_PARTS.items() if _says_nothing(key, record.get(key))]
    if missing:
        yield finding("thin_search", f"{label}的检索记录缺少{'、'.join(missing)}", **here)
    result = str(record.get("result") or "")
    if record.get("found") or (
        HIT.search(result) and not NO_HIT.search(result) and not ANOTHER.search(result)
    ):
        yield finding("found", f"{label}的检索记录写明已检索到信息，不能答复不存在", **here)


def _says_nothing(key: str, value: Any) -> bool:
    """Say whether a part of a search account is blank, or is filled with what says as little; a result may be none."""
    return is_blank(value) or (key != "result" and is_filler(value))


def other_office(looked: Looked) -> Iterator[Finding]:
    """Find a not-ours reply that names no office with its contact and does not say it cannot be told."""
    for item in of(looked, "not_ours"):
        named = str(item.get("other_office") or "")
        said = looked.section(item) if looked.foreign else named
        if UNKNOWN.search(named) or (looked.foreign and UNKNOWN.search(said)):
            continue
        if _unnamed(named.strip()) or not (
            CONTACT.search(named) and ORGAN.search(named) and CONTACT.search(said)
        ):
            yield finding(
                "other_office",
                f"{item['label']}答复非本机关，须告知负责机关的名称和联系方式；确实不能确定的写明“无法确定”",
                where=item["label"],
                seq=item["seq"],
            )


def _unnamed(told: str) -> bool:
    """Say whether an office is told by what it does alone, without a name after it: 有关部门, 主管部门."""
    found = VAGUE.match(told)
    if found is None:
        return False
    rest = re.split(r"[，。；（(]|电话|联系|地址", told[found.end() :].lstrip("：:为是即，, 、（("))[0]
    return len(rest) < 4 or not ORGAN.search(rest) or bool(VAGUE.match(rest))


def opinions(looked: Looked) -> Iterator[Finding]:
    """Find a consulted third party's no that nobody weighed, or that was weighed and found wanting."""
    rows = looked.register.get("consultations")
    for at, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if not isinstance(row, Mapping) or str(row.get("kind") or "third") != "third":
            continue
        yield from _third_party_named(looked, row)
        opinion = str(row.get("opinion") or "")
        # Who agrees to a part leaves that part to be disclosed; only what is then withheld has to be weighed.
        if opinion != "disagree" and not (opinion == "partly" and _withheld_for_it(looked, row)):
            continue
        where = str(row.get("party_name") or "第三方") if row.get("party_kind") != "natural" else "第三方"
        if is_blank(row.get("reason_assessed")) and is_blank(row.get("decided_on")):
            yield finding(
                "unassessed", f"{where}不同意公开，尚未评估其理由是否合理", where=where, at=row.get("id", at)
            )
        elif row.get("reason_sound") is False and _withheld_for_it(looked, row):
            yield finding(
                "unassessed",
                f"{where}不同意公开的理由经评估不合理，却仍以损害第三方权益为由不予公开",
                where=where,
                at=row.get("id", at),
            )


def _withheld_for_it(looked: Looked, row: Mapping[str, Any]) -> bool:
    about = row.get("item")
    return any(i for i in of(looked, "refuse_third_party") if about in (None, "", i["seq"]))


def _third_party_named(looked: Looked, row: Mapping[str, Any]) -> Iterator[Finding]:
    name = str(row.get("party_name") or "")
    if row.get("party_kind") == "natural" and len(name) > 1 and looked.is_reply and name in looked.own_words:
        yield finding(
            "third_party_named", "答复写出了被征求意见的自然人的姓名", where="第三方",
            seq=next((i["seq"] for i in looked.items if name in str(i)), 1),
        )  # fmt: skip


def marks(looked: Looked) -> Iterator[Finding]:
    """Find a partial reply whose grounds differ from those of its redaction marks."""
    for item in of(looked, "partial"):
        marked = {_ground(g) for g in marks_of(looked, item)} - {""}
        given = item.get("grounds") or []
        cited = {_ground(str(g)) for g in ([given] if isinstance(given, str) else given)} - {""}
        if not marked:
            continue
        extra = sorted(c for c in cited if not any(_covers(c, m) for m in marked))
        lost = sorted(m for m in marked if not any(_covers(c, m) for c in cited))
        said = "；".join(
            filter(
                None,
                (
                    f"涂黑标记用到的{'、'.join(lost)}没有写进答复" if lost else "",
                    f"答复所写的{'、'.join(extra)}没有对应的涂黑标记" if extra else "",
                ),
            )
        )
        if said:
            yield finding("redaction_grounds", f"{item['label']}{said}", where=item["label"], seq=item["seq"])


def _ground(text: str) -> str:
    if is_other_law(text):
        return clause(text)
    try:
        return cite(text) if text.strip() else ""
    except ValueError:
        return clause(text)


def _covers(cited: str, marked: str) -> bool:
    return cited == marked or marked.startswith(f"{cited}第") or cited.startswith(f"{marked}第")


def earlier(looked: Looked) -> Iterator[Finding]:
    """Find a reply that decides otherwise than an earlier one to the same person about the same information."""
    rows = looked.register.get("earlier_replies")
    if not looked.is_reply or not isinstance(rows, list | tuple):
        return
    known = str(looked.facts.get("old_number") or "")
    for item in looked.items:
        for row in rows:
            if (
                not isinstance(row, Mapping)
                or alike(str(row.get("description") or ""), item["description"]) < SAME
            ):
                continue
            number = str(row.get("number") or "")
            if number and (number == known or number in looked.text):
                continue
            if said := _changed(item, row):
                yield finding(
                    "changed_ground",
                    f"{item['label']}与此前答复（{number or '文号未登记'}）不一致：{said}",
                    where=item["label"],
                    seq=item["seq"],
                )
                break


def _changed(item: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Say how a decision differs to the applicant's harm or in its ground; nothing where it does not."""
    now, then = str(item["outcome"]), str(row.get("outcome") or "")
    names = {o.value: o.label for o in Outcome}
    if then not in names or now not in names:
        return ""
    if now in ("disclose", "already_public", "repeat"):
        return ""
    if now != then:
        if Outcome(then).family == "other":
            return ""
        return f"此前是“{names[then]}”，本次是“{names[now]}”"
    before, after = _grounds(row, then), _grounds(item, now)
    if before and after and not any(_covers(a, b) for a in after for b in before):
        return f"此前依据{'、'.join(sorted(before))}，本次依据{'、'.join(sorted(after))}"
    return ""


def _grounds(row: Mapping[str, Any], decided: str) -> set[str]:
    given = row.get("grounds") or []
    own = {_ground(str(g)) for g in ([given] if isinstance(given, str) else given)} - {""}
    return own or ({Outcome(decided).ground} - {""})


RULES: tuple[Any, ...] = (searched, other_office, opinions, marks, earlier)

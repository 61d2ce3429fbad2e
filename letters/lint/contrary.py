"""Rules on words that contradict what a paper decides, wherever they stand: two results, two days of receipt, consent by silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from law.outcomes import outcome
from letters.lint.finding import Finding, finding
from letters.lint.looked import Looked
from letters.lint.refusals import ARCHIVED, STATE_ARCHIVE, known, refusals
from letters.vocabulary import clause, day, quoted

#: That there is nothing, or that it is another's; not that a part, a case or a reason is lacking.
NOT_THERE = re.compile(
    r"(?:信息|文件|材料|记录|档案)(?:并|均|实际)?不存在(?!可以?|能够?|区分|其他|应当|任何|争议|利害|关联|关系|[^，。；]{0,8}(?:情形|部分|内容|可能))"
    r"|(?:没有|未)(?:制作|保存|获取)(?:过)?(?:该|此|上述|您?所?申请的?)(?:政府)?(?:信息|文件|材料)"
)
NOT_OURS = re.compile(r"不(?:属于|属|由|归)本(?:机关|局|单位)(?:的)?(?:负责|职责|公开|制作|保存|主管)")
WITHHELD = re.compile(r"第十[四五六]条[^。；]{0,40}不予公开|(?:决定|依法)对?(?:其|该信息|上述信息)?不予公开")
#: A sentence that tells of another decision than this one.
EARLIER = re.compile(r"此前|曾|原(?:答复|决定|告知)|撤销|前次|上一次|当时")
#: Of a third party; a joint maker's silence does count as consent (条例34).
AGREED = re.compile(
    r"第三方(?:(?!共同)[^。；]){0,24}(?:未|没有|不)(?:(?!共同)[^。；]){0,8}(?:答复|回复|提出|表示|反馈)[^。；]{0,8}"
    r"(?:视为|视同|默认)[^。；]{0,4}同意"
)
RECEIVED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日[^，。；\d]{0,8}(?:收到|收悉)")
#: What else than the request may have come on a day of its own.
OTHER_MAIL = re.compile(
    r"补正|意见|说明|理由|缴费|缴纳|延期|投诉|举报|复议|起诉|撤回|更正|告知书|通知书|确认|函|此前|曾|另一|同一|相同|同样|重复"
)
NO_INTEREST = re.compile(r"(?:没有|无|不具有|不存在)(?:法律上的?|直接的?)?利害关系")
SENTENCE = re.compile(r"[^。；\n]+")


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in SENTENCE.findall(text)]


def two_results(looked: Looked) -> Iterator[Finding]:
    """Find an item that is refused and said not to exist or not to be ours, or that is given and refused at once."""
    withheld = [item["seq"] for item in refusals(looked)]
    for item in looked.items if looked.is_reply else ():
        if not known(item):
            continue
        decided = outcome(item["outcome"])
        if decided.family == "partial":
            continue
        if item["seq"] in withheld:
            forms: tuple[re.Pattern[str], ...] = (NOT_THERE, NOT_OURS)
        elif decided.family == "grant" or item["outcome"] in ("not_exist", "not_ours"):
            forms = (WITHHELD,)
        else:
            continue
        for sentence in _sentences(_said(looked, item)):
            found = next((hit for form in forms if (hit := form.search(sentence))), None)
            if found and not EARLIER.search(sentence):
                yield finding(
                    "conflicting_grounds",
                    f"{item['label']}的结果是“{decided.label}”，文中又写“{found.group()}”，两者互相排斥",
                    where=item["label"],
                    seq=item["seq"],
                )
                break


def _said(looked: Looked, item: dict[str, Any]) -> str:
    """Return what the paper says about an item, without the applicant's words."""
    said, asked = looked.section(item), str(item.get("description") or "")
    for words in (quoted(asked), clause(asked)) if asked else ():
        said = said.replace(words, "“”")
    return said


def filed_away(looked: Looked) -> Iterator[Finding]:
    """Find a text edited elsewhere that rests a refusal on filing or on a transfer of duties."""
    if not looked.foreign:
        return
    for item in looked.items if looked.is_reply else ():
        refused = item in refusals(looked) or item["outcome"] in ("not_exist", "not_ours")
        said, reason = looked.section(item), str(item.get("reason") or "")
        if (
            refused
            and ARCHIVED.search(said)
            and not STATE_ARCHIVE.search(said)
            and not ARCHIVED.search(reason)
        ):
            yield finding(
                "archived_excuse",
                f"{item['label']}不能以已经归档、职权划转或者尚未移交为由拒绝",
                where=item["label"],
                seq=item["seq"],
            )


def consent_by_silence(looked: Looked) -> Iterator[Finding]:
    """Find a paper to the applicant that takes a third party's silence for its consent or its no (条例32)."""
    if looked.kind.recipient != "申请人":
        return
    if found := AGREED.search(looked.own_words):
        yield finding(
            "silence",
            "第三方逾期不提出意见的，由本机关依法决定是否公开，不能写成视为同意或者不同意",
            where=found.group(),
        )


def other_receipt(looked: Looked) -> Iterator[Finding]:
    """Find a sentence that gives the request another day of receipt than the paper's own."""
    right = looked.day("received_on")
    if right is None or looked.kind.form != "letter" or looked.kind.recipient != "申请人":
        return
    for sentence in _sentences(looked.own_words):
        if "申请" not in sentence or OTHER_MAIL.search(sentence):
            continue
        for year, month, number in RECEIVED.findall(sentence):
            try:
                told = date(int(year), int(month), int(number))
            except ValueError:
                continue
            if told != right:
                yield finding(
                    "received_day",
                    f"文中写的收到日期是{day(told)}，登记的是{day(right)}",
                    where=day(told),
                )


def no_interest_asked(looked: Looked) -> Iterator[Finding]:
    """Find a reply that refuses for want of an interest in the information, which 条例 does not ask for."""
    if not looked.is_reply:
        return
    if found := NO_INTEREST.search(looked.own_words):
        yield finding(
            "purpose",
            f"不得以申请人与信息没有利害关系为由不提供（“{found.group()}”）",
            where=found.group(),
            field=looked.place_of(found.group()),
        )


RULES: tuple[Any, ...] = (two_results, filed_away, consent_by_silence, other_receipt, no_interest_asked)

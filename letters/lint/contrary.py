"""Rules on words that contradict what a paper decides, wherever they stand: two results, two days of receipt, consent by silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from law.outcomes import outcome
from letters.lint.finding import Finding, finding
from letters.lint.looked import Looked
from letters.lint.refusals import STATE_ARCHIVE, filed, known, refusals
from letters.vocabulary import clause, day, quoted

#: That there is nothing, or that it is another's; not that a part, a case or a reason is lacking.
NOT_THERE = re.compile(
    r"(?:信息|文件|材料|记录|档案)(?:并|均|实际)?不存在(?!可以?|能够?|区分|其他|应当|任何|争议|利害|关联|关系|[^，。；]{0,8}(?:情形|部分|内容|可能))"
    r"|(?:没有|未)(?:制作|保存|获取)(?:过)?(?:该|此|上述|您?所?申请的?)(?:政府)?(?:信息|文件|材料)(?!的(?:脱敏|公开|摘要|简|电子|汇总))"
)
#: What another made and this office keeps is this office's to answer for (条例10).
KEPT = re.compile(
    r"(?:由|系|为)?(?<!不由)(?<!不归)(?<!没有)本(?:机关|局|单位)[^，。；]{0,12}(?:保存|获取|取得|留存)|报送|提交"
)
NOT_OURS = re.compile(r"不(?:属于|属|由|归)本(?:机关|局|单位)(?:的)?(?:负责|职责|公开|制作|保存|主管)")
#: That no ground of refusal applies, or that another holds it does.
NOT_THE_CASE = re.compile(
    r"(?:不属于|不符合|不涉及|不存在|不具有|没有)[^。；]{0,30}第十[四五六]条[^。；]*不予公开|除[^。；]{0,16}第十[四五六]条"
    r"|(?:第三方|公司|企业|集团|权利人|学校|医院|厂|当事人|对方)[^，。；]{0,12}(?:认为|主张|要求|请求|提出|建议)[^。；]{0,40}不予公开"
)
WITHHELD = re.compile(r"第十[四五六]条[^。；]{0,40}不予公开|(?:决定|依法)对?(?:其|该信息|上述信息)?不予公开")
#: A sentence that tells of another decision than this one.
EARLIER = re.compile(r"此前|曾|原(?:答复|决定|告知)|撤销|前次|上一次|当时")
#: Of a third party; a joint maker's silence does count as consent (条例34).
AGREED = re.compile(
    r"第三方(?:(?!共同)[^。；]){0,24}(?:未|没有|不)(?:(?!共同)[^。；]){0,8}(?:答复|回复|提出|表示|反馈)[^。；]{0,8}"
    r"(?<!不)(?<!不能)(?<!不得)(?<!不应)(?:视为|视同|默认)[^。；]{0,4}同意"
)
_SILENT = r"(?:未|没有|不)[^，。；]{0,14}(?:答复|回复|回函|提出|反馈|表态|表示)[^，。；]{0,8}"
_JOINT = r"共同制作|联合(?:制作|发文|印发)"
#: That nothing is given because somebody asked said nothing, without a view of the office's own between the two.
BY_SILENCE = re.compile(
    rf"(?:第三方|{_JOINT}|公司|企业|局|厅|委员会)[^。；]{{0,28}}?{_SILENT}[，,](?:故|因此|所以|据此|为此|依法|现)*"
    r"(?:本(?:机关|局|单位))?(?:依法|因此|故)*(?:决定)?(?:对[^，。；]{0,8})?(?:不予|不能|不宜|无法|不)(?:公开|提供)"
    rf"|(?:因|由于|鉴于)[^。；]{{0,12}}(?:{_JOINT})[^。；]{{0,40}}?{_SILENT}$"
)
RECEIVED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日[^，。；\d]{0,8}(?:收到|收悉)")
#: What else than the request may have come on a day of its own.
OTHER_MAIL = re.compile(
    r"补正|意见|说明|理由|缴费|缴纳|延期|投诉|举报|复议|起诉|撤回|更正|告知书|通知书|确认|函|此前|曾|另一|同一|相同|同样|重复"
)
#: What another application is for; its day of receipt is none of the request's.
APPLIED_FOR = re.compile(
    r"(?:许可|矿权|用地|用海|登记|建设|规划|认定|立项|审批|补助|退税|报关|注册)[^，。；]{0,6}申请"
    r"|申请(?:许可|办理|登记|审批|注册|立项|用地|验收|补助)"
)
OWN_REQUEST = re.compile(r"政府信息公开申请|(?:您|贵单位|你|申请人)的?申请")
#: Whose interest matters is somebody else's: an expert's, a clerk's.
DISINTERESTED = re.compile(r"专家|评审|鉴定|评估(?:机构|人员)|经办人|检索人员")
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
        if decided.family == "partial" or not looked.told_apart:
            continue
        if item["seq"] in withheld:
            forms: tuple[re.Pattern[str], ...] = (NOT_THERE, NOT_OURS)
        elif decided.family == "grant" or item["outcome"] in ("not_exist", "not_ours"):
            forms = (WITHHELD,)
        else:
            continue
        for sentence in _sentences(_said(looked, item)):
            found = next((hit for form in forms if (hit := form.search(sentence))), None)
            if found and not EARLIER.search(sentence) and not _no_contradiction(found, sentence):
                yield finding(
                    "conflicting_grounds",
                    f"{item['label']}的结果是“{decided.label}”，文中又写“{found.group()}”，两者互相排斥",
                    where=item["label"],
                    seq=item["seq"],
                )
                break


def _no_contradiction(found: re.Match[str], sentence: str) -> bool:
    """Say whether a sentence only denies a ground, tells another's view, or who made what this office keeps."""
    if found.re is WITHHELD:
        return bool(NOT_THE_CASE.search(sentence))
    return found.re is NOT_OURS and found.group().endswith("制作") and bool(KEPT.search(sentence))


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
            and looked.told_apart
            and filed(said)
            and not STATE_ARCHIVE.search(said)
            and not filed(reason)
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


def refused_by_silence(looked: Looked) -> Iterator[Finding]:
    """Find a reply that gives nothing because a third party or a joint maker said nothing (条例32、34)."""
    if not looked.is_reply:
        return
    for sentence in _sentences(looked.own_words):
        if found := BY_SILENCE.search(sentence):
            joint = re.search(_JOINT, found.group())
            said = (
                "共同制作机关逾期不提出意见的，视为同意公开" if joint
                else "第三方逾期不提出意见的，由本机关自行审查决定"
            )  # fmt: skip
            yield finding(
                "silence", f"{said}，不能以没有答复为由不公开（“{found.group()}”）", where=found.group()
            )


def other_receipt(looked: Looked) -> Iterator[Finding]:
    """Find a sentence that gives the request another day of receipt than the paper's own."""
    right = looked.day("received_on")
    if right is None or looked.kind.form != "letter" or looked.kind.recipient != "申请人":
        return
    for sentence in _sentences(looked.own_words):
        if "申请" not in sentence or OTHER_MAIL.search(sentence):
            continue
        if APPLIED_FOR.search(sentence) and not OWN_REQUEST.search(sentence):
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
    # Whoever looks up a register under a law of its own may have to show an interest (条例36第七项).
    query = [looked.section(item) for item in looked.items if item["outcome"] == "admin_query"]
    for sentence in _sentences(looked.own_words):
        found = NO_INTEREST.search(sentence)
        if not found or DISINTERESTED.search(sentence) or any(found.group() in said for said in query):
            continue
        yield finding(
            "purpose",
            f"不得以申请人与信息没有利害关系为由不提供（“{found.group()}”）",
            where=found.group(),
            field=looked.place_of(found.group()),
        )


RULES: tuple[Any, ...] = (
    two_results,
    filed_away,
    consent_by_silence,
    refused_by_silence,
    other_receipt,
    no_interest_asked,
)

"""Rules on the remedies clause (救济条款): right road, right body, right terms, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from law import remedies as law_remedies
from law.errors import BadFacts, LawError
from law.values import flag
from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked, label_of, number_of

SUIT = re.compile(r"提起(?:行政)?诉讼|起诉")
RECONSIDER = re.compile(r"(?:申请|提起|提出|提交)(?:行政)?复议")
_N = r"(?:\d+|[一二两三四五六七八九十]+)"
_SUE = r"(?:提起(?:行政)?诉讼|起诉)"
#: Whatever way one goes to court, and not the name of the law on it.
ANY_SUIT = re.compile(r"(?:提起|提出)(?:行政)?诉讼|起诉|(?<!提起)(?<!提出)行政诉讼(?!法)|诉至|诉诸|打官司")
#: Words by which a suit is one against what reconsideration decided, or left undecided ...
AFTERWARDS = re.compile(
    r"对(?:该|上述)?(?:行政)?复议|复议决定|仍不服|复议[^；。]{0,30}(?:再|然后)|经(?:过)?(?:行政)?复议(?:后|程序)?的?"
    r"|复议机关[^；。]{0,16}(?:不予受理|驳回|逾期|不(?:作|答复)|未)"
)
#: ... unless there is none: 未经复议, 无须经过复议.
WITHOUT = re.compile(r"(?:未|不|无需|无须|不必|毋须)(?:经|经过|申请)(?:行政)?复议")
#: That one may not, or not yet.
MAY_NOT = re.compile(rf"(?:不得|不能|不可以?|无权|不应当?)[^，；。]{{0,24}}?{_SUE}")
#: A term of months; half a year is one, too.
_MONTHS = rf"(?:{_N}个?(?:自然)?月|半年|[一1]年)(?:之|以)?内"
DIRECT = re.compile(
    rf"(?:或者?|也可以?|亦可|直接)[^；。]{{0,30}}?{_MONTHS}[^；。]{{0,48}}?{_SUE}"
    rf"|直接(?:依法)?(?:向[^；。]{{0,30}})?{_SUE}"
)
#: A term that runs from the reply itself and ends in court: direct suit, whatever words stand before it.
FROM_REPLY = re.compile(
    r"(?:答复书?|决定书?|告知书?|收到)(?<!复议决定)(?<!复议决定书)之日起(?:的)?"
    rf"(?:{_N}(?:个?(?:自然)?月|日|天)|半年|[一1]年)(?:之|以)?内(?:(?!复议)[^；。]){{0,48}}?{_SUE}"
)
MONTHS = re.compile(rf"({_N}个?(?:自然)?月|半年|[一1]年)(?:之|以)?内[^；。]{{0,48}}?(?:诉讼|起诉)")
#: A term of days for a direct suit, which the law counts in months.
DAYS_TO_SUE = re.compile(
    r"(?:答复书?|告知书?|收到)之日起(?:的)?"
    rf"({_N}(?:个?工作日|日|天|个?星期|周))(?:之|以)?内(?:(?!复议)[^；。]){{0,48}}?{_SUE}"
)
_TERM = r"(\d+|[一二两三四五六七八九十百]+)(个?工作日|日|天|个?月|个?星期|周)(?:之|以)?内"
DAYS_TO_RECONSIDER = re.compile(
    rf"(?:起(?:的)?|在|于|可以?){_TERM}(?:(?!诉讼|起诉|作出)[^；。]){{0,40}}?复议"
)
DAYS_AFTER = re.compile(rf"复议决定书?(?:之日)?(?:起(?:的)?|后的?){_TERM}")
BODY = re.compile(r"(?:先|依法)?向([^，。；]{2,60}?)(?:（[^（）]*）)?(?:申请|提起|提出|提交)(?:行政)?复议")
COURT = re.compile(r"向([^，。；]{2,30}?法院)")
FIRST = re.compile(r"先(?:依法)?向|先(?:行)?申请(?:行政)?复议|复议前置")
SHOULD = re.compile(r"(?:应当|必须|须|应)[^，。；]{0,24}?先(?:行|依法)?(?:向|申请)")
OTHERS = re.compile(r"其余|其它|其他(?!有|机关|法院|途径|方式|救济|法律)")
LABEL = re.compile(r"第([一二三四五六七八九十百千零]{1,8}|\d{1,4})项")
#: Items from one to another: 第一项至第三项, 第1至3项.
SPAN = re.compile(
    r"第([一二三四五六七八九十百千零]{1,8}|\d{1,4})项?(?:至|到|—|-|～)第?([一二三四五六七八九十百千零]{1,8}|\d{1,4})项"
)
#: Spaces within a term (3 个月) and the capitals of bookkeeping, which a clause may be typed with.
TYPED = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十", " \u00a0\u3000")
#: Of a suit against this paper, where the court is not named.
SUES = re.compile(r"法院|行政诉讼|不服|异议")
TELLS = re.compile(r"不服|异议|可以?(?:自|在|于|向|依法|先)|日内|个?月内")
PAST = re.compile(
    r"(?:您|贵单位|申请人|原告)?(?:曾|此前|已于|不服本机关\d{4}年)"
    r"|(?:已(?:经)?(?:就|对|向)|(?<![可以应])于\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?!\d|[之以底]?前))[^；。]{0,24}(?:提起|申请)(?:行政)?(?:诉讼|复议)|提起的(?:行政)?诉讼|正在(?:审理|诉讼)"
)
#: What one may do against another act than this paper: a fine, an expropriation.
OTHER_ACT = re.compile(
    r"对(?!本)(?:(?!公开|答复|信息|第[一二三四五六七八九十\d]+项)[^，。；：]){0,16}"
    r"(?:征收|征地|补偿|安置|处罚|许可|强制|拆除|登记|确权|认定|裁决|处分)(?:(?!公开|答复|信息)[^，。；：]){0,8}不服[^。；]*"
)
#: That a procedural paper is not to be complained of by itself.
DENIED = re.compile(r"不(?:能|可以?|得)?(?:就[^，。；]{0,10})?单独(?:申请|提起|提出)")
SUPERIOR = re.compile(r"上一级主管部门|上级主管部门|上一级行政机关")


def clauses(looked: Looked) -> list[str]:
    """Return the paragraphs that tell the remedies, without spaces; one that recounts an earlier proceeding is none."""
    return [
        text
        for text in (OTHER_ACT.sub("", line.translate(TYPED)) for line in looked.paragraphs)
        if ((SUIT.search(text) and SUES.search(text)) or RECONSIDER.search(text))
        and TELLS.search(text)
        and not PAST.search(text)
    ]


def right_of(looked: Looked, outcome: str) -> law_remedies.Remedy | None:
    """Return the remedy the law gives for an outcome, None where the office's facts do not tell it."""
    try:
        office = law_remedies.OfficeFacts.from_dict(looked.office)
        return law_remedies.remedy(outcome, office, looked.on)
    except LawError:
        return None


def missing_of(looked: Looked, outcome: str) -> tuple[str, str]:
    """Return which fact about the office is missing to tell a remedy, and the law floor's sentence."""
    try:
        office = law_remedies.OfficeFacts.from_dict(looked.office)
        law_remedies.remedy(outcome, office, looked.on)
    except BadFacts as error:
        return error.field, error.message.rstrip("。")
    except LawError as error:
        return "kind", error.message.rstrip("。")
    return "kind", ""


def _outcomes(looked: Looked) -> list[tuple[str, str]]:
    """Return (label, outcome) of what the paper decides."""
    wanted = looked.kind.remedies
    if wanted == "items":
        return [(item["label"], str(item["outcome"])) for item in looked.items]
    if wanted == "cause":
        return [("本件", f"lapsed_{looked.facts.get('cause') or 'supplement'}")]
    return [("本件", wanted)]


def _forms(looked: Looked) -> dict[str, str]:
    """Return how each item's clause is to be written: A, B or R, by its label."""
    found = {label: right_of(looked, outcome) for label, outcome in _outcomes(looked)}
    return {label: right.written_as for label, right in found.items() if right}


def _labels(text: str) -> set[str]:
    named = {number_of(n) for n in LABEL.findall(text)}
    for first, last in SPAN.findall(text):
        named |= set(range(number_of(first), number_of(last) + 1))
    return {label_of(n) for n in named if n}


def _concerns(text: str, label: str, forms: dict[str, str]) -> bool:
    """Say whether a clause is about an item: it names it, or speaks of all of the reply."""
    if len(forms) == 1:
        return True
    named = _labels(text)
    if label in named:
        return True
    return not named and not OTHERS.search(text)


def sues_directly(text: str) -> bool:
    """Say whether a clause opens the way to court without reconsideration before it."""
    for sentence in re.split(r"[；;。]", MAY_NOT.sub("", text)):
        if DIRECT.search(sentence) or any(map(_from_this_paper, FROM_REPLY.finditer(sentence))):
            return True
        for found in ANY_SUIT.finditer(sentence):
            before = sentence[: found.start()]
            if WITHOUT.search(before) or not AFTERWARDS.search(before):
                return True
    return False


def _from_this_paper(found: re.Match[str]) -> bool:
    """Say whether a term to sue runs from this paper, not from what a reconsideration body decided."""
    before = found.string[: found.start()]
    if not found.group().startswith("决定") or before.endswith(("本", "该", "公开")):
        return True
    return bool(WITHOUT.search(before)) or not AFTERWARDS.search(before)


def no_direct_suit(looked: Looked) -> Iterator[Finding]:
    """Find an item refused under 条例14–16 that is offered direct suit."""
    forms = _forms(looked)
    for label, form in forms.items():
        if form != "A":
            continue
        for text in clauses(looked):
            if _concerns(text, label, forms) and sues_directly(text):
                what = label if len(forms) > 1 else "本件"
                yield finding(
                    "direct_suit",
                    f"{what}不予公开（含部分不予公开）须先申请行政复议，不得写直接起诉",
                    where=label,
                )
                break


def told(looked: Looked) -> Iterator[Finding]:
    """Find a reply without a remedies clause, or with one road missing for some item."""
    if not looked.kind.remedies:
        return
    texts = clauses(looked)
    if not any(RECONSIDER.search(text) for text in texts):
        yield finding("remedy_missing", "没有告知救济途径")
        return
    forms = _forms(looked)
    for label, form in forms.items():
        mine = [text for text in texts if _concerns(text, label, forms)]
        if form == "A" and not any(FIRST.search(text) for text in mine):
            yield finding("remedy_first", f"{label}不予公开，没有告知先申请行政复议", where=label)
        rest = mine or [text for text in texts if OTHERS.search(text)]
        if form == "B" and not any(
            DIRECT.search(t) or FROM_REPLY.search(t) or MONTHS.search(t) for t in rest
        ):
            yield finding("remedy_direct", f"{label}可以直接起诉，没有告知起诉的法院和期限", where=label)


def right_body(looked: Looked) -> Iterator[Finding]:
    """Find a clause that names another reconsideration body or court than the law does on the day."""
    if not looked.kind.remedies or not (decided := _outcomes(looked)):
        return
    right = right_of(looked, decided[0][1])
    if right is None:
        field, why = missing_of(looked, decided[0][1])
        yield finding(
            "remedy_office", f"机关资料不全，无法确定复议机关和法院：{why}", where=field, field=field
        )
        return
    yield from _own_body(looked, right)
    for text in clauses(looked):
        named = [body for body in BODY.findall(text) if "法院" not in body]
        wrong = [body for body in named if not _same_body(body, right.body)]
        if wrong:
            yield _wrong_body(looked, wrong[0], right.body)
        elif not named and DAYS_TO_RECONSIDER.search(text) and right.body not in text:
            yield finding("remedy_body", f"没有写明向哪个机关申请行政复议，应为{right.body}", where=text[:24])
        courts = COURT.findall(text)
        if SUIT.search(text) and right.court not in text:
            yield finding("remedy_court", f"管辖法院应为{right.court}", where=courts[0] if courts else "")


def _same_body(named: str, right: str) -> bool:
    return re.sub(r"^(?:本机关的?)?", "", named) == right


def _wrong_body(looked: Looked, named: str, right: str) -> Finding:
    superior = str(looked.office.get("superior_department") or "")
    old = SUPERIOR.search(named) or (superior and superior in named)
    if old and _own_alone(looked):
        return finding(
            "remedy_body_old",
            f"复议机关写的是“{named}”，2024年1月1日起应为{right}",
            where=named,
        )
    return finding("remedy_body", f"复议机关写的是“{named}”，应为{right}", where=named)


def _own_alone(looked: Looked) -> bool:
    try:
        return law_remedies.goes_to_own_government(looked.on)
    except LawError:
        return False


def _needs_online(looked: Looked) -> bool:
    try:
        return flag("remedies.online_channel_needed", looked.on)
    except LawError:
        return False


def _own_body(looked: Looked, right: law_remedies.Remedy) -> Iterator[Finding]:
    """Find an office whose own setting names a body that the law does not leave open to it."""
    own = str(looked.office.get("reconsideration_body") or "").strip()
    if not own or not _own_alone(looked):
        return
    try:
        plain = law_remedies.OfficeFacts.from_dict({**looked.office, "reconsideration_body": ""})
        lawful = law_remedies.remedy(_outcomes(looked)[0][1], plain, looked.on).body
    except LawError:
        return
    if own == lawful or law_remedies.body_is_open(plain):
        return
    superior = str(looked.office.get("superior_department") or "")
    if SUPERIOR.search(own) or (superior and superior in own):
        yield finding(
            "remedy_body_old", f"机关设置的复议机关是“{own}”，2024年1月1日起应为{lawful}", where=own
        )
    else:
        yield finding(
            "remedy_body",
            f"机关设置的复议机关是“{own}”，依法应为{lawful}",
            where=own,
            severity="" if not own.endswith("人民政府") else WARN,
        )


def right_terms(looked: Looked) -> Iterator[Finding]:
    """Find a term of the old law, or any other than the law's."""
    if not looked.kind.remedies or not (decided := _outcomes(looked)):
        return
    right = right_of(looked, decided[0][1])
    months = _months(looked)
    for text in clauses(looked):
        for found in (*MONTHS.findall(text), *DAYS_TO_SUE.findall(text)):
            if months and _in_months(found) != months:
                yield finding(
                    "suit_term", f"直接起诉的期限是{months}个月，文中写的是{found}", where=text[:24]
                )
                break
        if right is None:
            continue
        for found, unit in DAYS_TO_RECONSIDER.findall(text):
            if unit not in ("日", "天") or _figure(found) != right.reconsideration_days:
                yield finding(
                    "remedy_days",
                    f"申请行政复议的期限是{right.reconsideration_days}日，文中写的是{found}{unit}",
                    where=text[:24],
                )
                break
        for found, unit in DAYS_AFTER.findall(text):
            if unit not in ("日", "天") or _figure(found) != right.suit_days:
                yield finding(
                    "remedy_days",
                    f"对行政复议决定不服的起诉期限是{right.suit_days}日，文中写的是{found}{unit}",
                    where=text[:24],
                )
        if SHOULD.search(text):
            yield finding("remedy_should", "救济途径写成了“应当先”，应写“可以……先”", where=text[:24])


def _months(looked: Looked) -> int | None:
    right = right_of(looked, "disclose")
    return right.suit_months if right else None


def _figure(text: str) -> int:
    return number_of(text.replace("两", "二"))


def _in_months(term: str) -> int:
    """Return a term in months, 0 for one in days."""
    if term.endswith("年"):
        return 6 if term.startswith("半") else 12
    return _figure(re.sub(r"个?(?:自然)?月$", "", term)) if term.endswith("月") else 0


def none_in_procedural(looked: Looked) -> Iterator[Finding]:
    """Find a remedies clause in a procedural paper."""
    if looked.kind.remedies or looked.kind.form == "sheet" or looked.kind.recipient != "申请人":
        return
    allowed = law_remedies.objection(looked.kind.code)
    text = [t for t in clauses(looked) if t not in allowed and not DENIED.search(t)]
    if text:
        yield finding("procedural_remedy", "程序性文书不写救济途径，请删去", where=text[0][:24])


def online_channel(looked: Looked) -> Iterator[Finding]:
    """Find electronic service without an online road to reconsideration (复议法22)."""
    decides = looked.kind.remedies not in ("", "withdrawn")
    needed = _needs_online(looked)
    if not (decides and needed and looked.facts.get("electronic")):
        return
    online = str(looked.office.get("reconsideration_online") or "")
    if not online:
        yield finding(
            "online_channel",
            "没有网上行政复议渠道的，不得以互联网方式送达；请填写网上复议渠道，或者改用其他方式送达",
        )
    elif looked.foreign and online not in looked.text:
        yield finding("online_channel", f"以互联网方式送达的，救济途径应写明网上复议渠道：{online}")


RULES: tuple[Any, ...] = (
    no_direct_suit, told, right_body, right_terms, none_in_procedural, online_channel,
)  # fmt: skip

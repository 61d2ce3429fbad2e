"""Rules on what withholds: its ground, its facts, its reason, and what can be separated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from law.gid.art14_forbidden import needs_other_law
from law.gid.art36_reply import needs_grounds
from law.gid.art37_separable import must_ask_separable
from law.grounds import discretionary, exclude_each_other, refusal_articles, refuses_only
from law.outcomes import Outcome, outcome
from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked
from letters.shapes import is_filler
from letters.vocabulary import article_number, cite, clause, is_other_law

OUTCOMES = frozenset(str(one) for one in Outcome)
SHORT_REASON = 12
SHORT_DISCRETION = 6
BARE_NO = re.compile(
    r"^(?:经(?:审查|研究)，?)?(?:您|贵单位)?(?:所?申请(?:公开)?的)?(?:该|此|上述)?(?:信息)?(?:属于?|系|为|涉及)?"
    r"(?:行政机关|本机关)?(?:的)?(?:内部(?:事务|管理)?|过程性|国家秘密|商业秘密|个人隐私|第三方)?"
    r"(?:的)?(?:信息|材料|文件)?[，。；、]?(?:依法|故|因此|所以)?(?:可以)?(?:决定)?(?:不予公开|不能公开|不公开)?[。]?$"
)
#: What a bare refusal is made of; a reason or a choice that holds nothing else says nothing of its own.
STOCK = re.compile(
    r"(?:根据|依据|依照|按照|依|按)?(?:有关|相关)?(?:《?(?:中华人民共和国)?(?:政府信息公开)?条例》?(?:第?十[四五六]条)?(?:第[一二]款)?|法律法规|法律|法规|规定)"
    r"(?:的?规定)?|第十[四五六]条(?:第[一二]款)?|属于|涉及|行政机关|本机关|经(?:过)?(?:研究|审查)|认为|选择|决定|依法|可以|应当?|不予公开|不能公开|不得公开"
    r"|不(?:宜|应|便)?(?:对外)?公开|不予提供|该|此|上述|所申请|您|贵单位|申请(?:公开)?|政府信息|信息|材料|文件|内容|内部(?:事务|管理)?|人事管理|后勤管理|内部工作流程"
    r"|过程性|讨论记录|过程稿|磋商信函|请示报告|行政执法案卷|国家秘密|商业秘密|个人隐私|第三方|因此|所以|故|系|为|是|等|的|由于|因|，|。|、|；|：|“|”|\s"
)
LEAST_OWN = 4
CAN = re.compile(r"(?<![不无])(?:可以|能够|能|可)(?:对其|予以|进行|作出?)*区分")
CANNOT = re.compile(
    r"(?:不|无法|不能|难以|不可)[^，。；]{0,8}(?:区分|分割|分开)"
    r"|(?:没有|不存在|无)[^，。；]{0,10}(?:可以?|能够?)[^，。；]{0,8}(?:区分|分割|分开)(?:处理)?的"
)
#: A mark of secrecy tells both: 秘密★10年.
LEVEL = re.compile(r"绝密|机密|秘密级|密级|秘密[ ]?[★☆]")
TERM = re.compile(r"保密期限|解密|保密至|[★☆][ ]?(?:\d+[ ]?年|长期)")
TERM_END = re.compile(
    r"(?:保密期限[^，。；]{0,10}|解密(?:日期|时间)?[^，。；]{0,6})(?:至|到|为|于)(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?"
)
NAMED_LAW = re.compile(r"《([^》]+)》")
LOWER = re.compile(
    r"(?:办法|规定|通知|意见|细则|规则|标准|制度|函|批复|指南)(?:（[^）]*）)?$|^[^》]{1,8}?(?:省|(?<![城都])市(?![场政])|自治区|自治州|县)[^》]*条例(?:（[^）]*）)?$"
)
#: Administrative regulations whose names end like a ministry's rules.
BY_COUNCIL = re.compile(r"国务院令|《中华人民共和国[^》]{1,24}法实施细则》|《中华人民共和国发票管理办法》")
_SOUND = r"(?<![不否未])(?:合理(?!与否)|成立|充分|正当)"
ACCEPTED = re.compile(
    rf"(?<![不否未])合理(?!与否)|(?:理由|意见|损害|主张|异议)[^。；]{{0,12}}?{_SOUND}"
    r"|(?<!没)有(?:合理|正当|充分)的?理由|(?:理由|损害|秘密|事实)[^。；]{0,20}(?:(?<!不)属实|予以(?:采纳|采信|认可))"
)
SILENT = re.compile(r"(?:未|没有)[^，。；]{0,14}(?:答复|回复|回函|提出|反馈|表示)|无法(?:联系|送达)")
OWN_VIEW = re.compile(r"(?:本机关|经)[^。]{0,30}(?:审查|认为|认定|判断|评估)")
OBJECTED = re.compile(
    r"(?:不同意|反对|拒绝)(?:全部)?公开|不同意|未同意|不愿意?(?:对外)?公开|不希望(?:对外)?公开|要求(?:不要?|不予|保密)"
)
ARCHIVED = re.compile(
    r"(?:已|已经)(?:归档|存档|移交(?:本机关|单位|机关|局|内部)?档案(?:室|部门|科))"
    r"|机构改革[^。]{0,24}(?:未移交|没有移交|尚未移交|未划转)|职(?:权|责|能)[^。]{0,16}(?:划转|划入|划出|调整)[^。]{0,20}(?:未移交|没有移交|尚未移交)"
)
#: Filing that is told of and not rested on: what a search went through, the case's own file.
FILED_IN = re.compile(r"[于入在至为][^，。；]{0,24}(?:案卷|卷宗)")
BOTH = re.compile(r"[、和及与或]{1,2}(?:尚?未|没有)归档")
SEARCHED = re.compile(r"检索|查找|查阅|翻阅")
WITHOUT_IT = re.compile(r"(?:不能|无法|不再|不予|不便)(?:对外)?(?:提供|公开)")
STATE_ARCHIVE = re.compile(r"(?:国家|省|市|县|区|州)档案馆|综合档案馆")


def refusals(looked: Looked) -> list[dict[str, Any]]:
    """Return the items of a reply that withhold something."""
    if not looked.is_reply:
        return []
    return [i for i in looked.items if known(i) and needs_grounds(outcome(i["outcome"]))]


def known(item: dict[str, Any]) -> bool:
    """Tell whether an item has an outcome that the law knows; a foreign text may have any."""
    return item["outcome"] in OUTCOMES


def filed(text: str) -> bool:
    """Say whether a text rests on filing or on a transfer of duties, not only tells where a file or a search was."""
    for sentence in re.split(r"[。；\n]", text):
        for found in ARCHIVED.finditer(sentence):
            after = sentence[found.end() :]
            if FILED_IN.match(after) or BOTH.match(after):
                continue
            if (
                re.match(r"的?[^，。；]{0,12}(?:文书|文件|档案|案卷|材料)", after)
                and SEARCHED.search(sentence)
                and not WITHOUT_IT.search(sentence)
            ):
                continue
            return True
    return False


def grounds(looked: Looked) -> Iterator[Finding]:
    """Find a refusal without grounds of 条例14–16, with the wrong one, or with two that exclude each other."""
    for item in refusals(looked):
        decided = outcome(item["outcome"])
        given = _given(item)
        numbers = {n for g in given if (n := _article(g)) in refusal_articles()}
        here = {"where": item["label"], "seq": item["seq"]}
        if not numbers:
            yield finding(
                "no_ground", f"{item['label']}不予公开没有引用条例第十四条至第十六条的具体条款", **here
            )
            continue
        if decided.ground and not any(_covers(_cited(g), decided.ground) for g in given):
            yield finding(
                "wrong_ground", f"{item['label']}认定为“{decided.label}”，应引用条例{decided.ground}", **here
            )
        if exclude_each_other(numbers) and not _marked_apart(looked, item):
            yield finding(
                "conflicting_grounds",
                f"{item['label']}同时引用第十四条（不予公开）和第十六条（可以不予公开），理由互相排斥",
                **here,
            )
        if any(map(discretionary, numbers)):
            weighed = clause(str(item.get("discretion") or ""))
            if not weighed:
                yield finding("no_discretion", f"{item['label']}依据第十六条，须说明为什么选择不公开", **here)
            elif len(weighed) < SHORT_DISCRETION or stock(weighed):
                yield finding(
                    "no_discretion", f"{item['label']}的裁量理由只是套话，须说明公开会有什么影响", **here
                )


def stock(words: str) -> bool:
    """Say whether words are a formula that fits every refusal."""
    return bool(BARE_NO.match(words)) or len(STOCK.sub("", words)) < LEAST_OWN


def _given(item: dict[str, Any]) -> list[str]:
    decided = outcome(item["outcome"])
    given = item.get("grounds") or ([decided.ground] if decided.ground else [])
    return [given] if isinstance(given, str) else [str(ground) for ground in given]


def _cited(ground: str) -> str:
    try:
        return "" if is_other_law(ground) else cite(ground)
    except ValueError:
        return ""


def _covers(cited: str, wanted: str) -> bool:
    """Say whether a provision is the wanted one, the article it stands in, or a part of it."""
    return bool(cited) and (
        cited == wanted or wanted.startswith(f"{cited}第") or cited.startswith(f"{wanted}第")
    )


def _article(ground: str) -> int | None:
    try:
        return article_number(ground)
    except ValueError:
        return None


def _marked_apart(looked: Looked, item: dict[str, Any]) -> bool:
    """Say whether different parts of one item are withheld on different grounds, and the marks show it."""
    return item["outcome"] == "partial" and len({_article(g) for g in marks_of(looked, item)}) > 1


def marks_of(looked: Looked, item: dict[str, Any]) -> list[str]:
    """Return the grounds of an item's redaction marks, of its own facts or the register's."""
    own = item.get("redactions") or (looked.register.get("redactions") or {}).get(str(item["seq"])) or []
    return [str(mark.get("ground") or "") for mark in own if isinstance(mark, dict)]


def contradiction(looked: Looked) -> Iterator[Finding]:
    """Find an item that withholds nothing and yet cites a ground of refusal, or another item of 条例36."""
    for item in looked.items if looked.is_reply else ():
        if not known(item) or item in refusals(looked):
            continue
        decided = outcome(item["outcome"])
        given = item.get("grounds") or []
        for ground in [given] if isinstance(given, str) else given:
            number = _article(str(ground))
            foreign_36 = (
                number == 36 and "项" in _words(str(ground)) and decided.article not in _words(str(ground))
            )
            withholds = number in refusal_articles() and (decided.family != "grant" or refuses_only(number))
            if withholds or foreign_36:
                yield finding(
                    "conflicting_grounds",
                    f"{item['label']}的结果是“{decided.label}”，却引用了{_words(str(ground))}，两者互相排斥",
                    where=item["label"],
                    seq=item["seq"],
                )
                break


def _words(ground: str) -> str:
    try:
        return f"条例{cite(ground)}"
    except ValueError:
        return ground


def reasons(looked: Looked) -> Iterator[Finding]:
    """Find a refusal without facts and reasons, or with a bare label for a reason."""
    for item in refusals(looked):
        reason = clause(str(item.get("reason") or ""))
        here = {"where": item["label"], "seq": item["seq"]}
        if not reason:
            yield finding("no_reason", f"{item['label']}没有写明不予公开的事实和理由", **here)
        elif len(reason) < SHORT_REASON or stock(reason):
            yield finding("thin_reason", f"{item['label']}的理由只是套话，请写明该信息的具体情况", **here)
        if filed(reason) and not STATE_ARCHIVE.search(reason):
            yield finding(
                "archived_excuse", f"{item['label']}不能以已经归档、职权划转或者尚未移交为由拒绝", **here
            )


def unable(looked: Looked) -> Iterator[Finding]:
    """Find a does-not-exist or not-ours reply that rests on filing or on a transfer of duties."""
    for item in looked.items if looked.is_reply else ():
        reason = str(item.get("reason") or "")
        if item["outcome"] not in ("not_exist", "not_ours") or STATE_ARCHIVE.search(reason):
            continue
        if filed(reason):
            yield finding(
                "archived_excuse",
                f"{item['label']}不能以已经归档、职权划转或者尚未移交为由拒绝",
                where=item["label"],
                seq=item["seq"],
            )


def third_party(looked: Looked) -> Iterator[Finding]:
    """Find a refusal that rests on a third party's no alone."""
    for item in refusals(looked):
        reason = str(item.get("reason") or "")
        on_15 = item["outcome"] == "refuse_third_party" or 15 in {_article(g) for g in _given(item)}
        if not on_15 or not reason or ACCEPTED.search(reason):
            continue
        objected = OBJECTED.search(reason)
        if not objected and SILENT.search(reason) and OWN_VIEW.search(reason):
            continue  # nobody objected, and the office judged by itself
        if objected or item["outcome"] == "refuse_third_party":
            yield finding(
                "third_party_reason",
                f"{item['label']}没有写明第三方不同意公开的理由是否合理，不能只凭不同意就不公开",
                where=item["label"],
                seq=item["seq"],
                severity="" if objected else WARN,
            )


def secrets(looked: Looked) -> Iterator[Finding]:
    """Find a state secret without level or term, or whose term is over; a forbidding law that is not named."""
    for item in refusals(looked):
        reason, here = str(item.get("reason") or ""), {"where": item["label"], "seq": item["seq"]}
        if item["outcome"] == "refuse_state_secret" and reason:
            missing = [
                name for name, form in (("密级", LEVEL), ("保密期限", TERM)) if not form.search(reason)
            ]
            if missing:
                yield finding("secret_evidence", f"{item['label']}没有写明{'、'.join(missing)}", **here)
            for year, month, day in TERM_END.findall(reason):
                try:
                    end = date(int(year), int(month or 12), int(day or 28))
                except ValueError:
                    continue
                if end < looked.on:
                    yield finding(
                        "secret_expired", f"{item['label']}所写的保密期限在答复之日已经届满", **here
                    )
        if needs_other_law(item["outcome"]):
            yield from _forbidding_law(item)


def _forbidding_law(item: dict[str, Any]) -> Iterator[Finding]:
    named = [name for g in _given(item) if is_other_law(g) for name in NAMED_LAW.findall(g)]
    here = {"where": item["label"], "seq": item["seq"]}
    if not named:
        yield finding("other_law", f"{item['label']}没有写明是哪部法律、行政法规禁止公开", **here)
    elif not any(re.search(r"》[^》]*第[^》]+条", ground) for ground in _given(item) if is_other_law(ground)):
        yield finding("other_law", f"{item['label']}没有写明《{named[0]}》的哪一条禁止公开", **here)
    elif all(_lower(ground) for ground in _given(item) if is_other_law(ground)):
        yield finding(
            "other_law",
            f"{item['label']}所引的《{named[0]}》不是法律、行政法规，不能作为禁止公开的依据",
            **here,
        )


def _lower(ground: str) -> bool:
    """Say whether all that a ground names ranks below laws and administrative regulations."""
    return not BY_COUNCIL.search(ground) and all(LOWER.search(name) for name in NAMED_LAW.findall(ground))


def separable(looked: Looked) -> Iterator[Finding]:
    """Find a full refusal that does not say whether parts can be separated, or says that they can."""
    for item in looked.items if looked.is_reply else ():
        if not known(item) or not must_ask_separable(outcome(item["outcome"])):
            continue
        said = str(item.get("inseparable") or "")
        here = {"where": item["label"], "seq": item["seq"]}
        if not said.strip() or is_filler(said):
            yield finding("no_separation", f"{item['label']}全部不予公开，须说明能否区分处理", **here)
        elif CAN.search(said) and not CANNOT.search(said):
            yield finding("separable", f"{item['label']}写明能够区分处理，却全部不予公开", **here)


RULES: tuple[Any, ...] = (grounds, contradiction, reasons, unable, third_party, secrets, separable)

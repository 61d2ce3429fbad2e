"""Rules on the items of a reply: each answered and nothing else, each told apart, none in contradiction to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked, alike, bare, held, label_of
from letters.shapes import is_blank
from letters.vocabulary import clause

#: A request written as a list: （1）… 2.… 三、…
POINTS = re.compile(
    r"(?:^|[\s；;。：:])\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[（(]?[一二三四五六七八九十]{1,2}[）)、]"
    r"|第[一二三四五六七八九十]{1,2}[、，：])\s*|[①-⑳⑴-⒇㈠-㈩]\s*"
)
#: A point of a request that asks for nothing: who asks, how it is to be given, that a reply is due.
BESIDE = re.compile(
    r"(?:申请人(?:的)?(?:基本)?(?:情况|信息|姓名)?|姓名|身份证(?:号码?|件)?|联系(?:人|电话|方式|地址)|通[信讯]地址|代理人|(?:事实)?(?:和|与)?理由|依据)[：:]"
    r"|(?:信息的?)?(?:获取|提供|公开|答复|送达|邮寄|载体)[^：:，。]{0,8}(?:方式|形式|途径|介质)|(?:所需)?(?:政府)?(?:信息的?)?用途[：:]|此致|特此|附(?:件)?[：:]"
    r"|(?:请|望|恳请)(?:(?!公开)[^《》]){0,24}(?:答复|回复|邮寄|寄送|送达)[^《》]{0,8}$"
)
QUOTED = re.compile(r"《[^》]*》(?:[（(][^）)]*[）)])?|“[^”]*”|（[^）]*）")
JOINT = re.compile(r"以及|[和及与、]")
THING = re.compile(
    r"(?:文件|批复|复印件|合同|协议|名[单册]|清单|记录|纪要|报告|方案|决定书?|公告|通知|预案|许可证|登记[表册]|明细表?|[图表]|台账|凭证|》(?:[（(][^）)]*[）)])?)$"
)
#: So far back the name of a thing is looked for; and a list of more things is no sentence.
THING_TAIL, MOST_THINGS = 80, 30
#: So much of the words of an item must stand in the request for it to have been asked.
ASKED = 0.4
#: So much of a point of a list that no item is about, since it is another point that its item is most like; a point
#: of few words is not held to it.
ASKED_BESIDE = 0.6
FEW_WORDS = 8


def every_item_answered(looked: Looked) -> Iterator[Finding]:
    """Find an item that is not answered, and an answer to nothing asked."""
    if not looked.is_reply:
        return
    asked = {int(item.get("seq") or 0): item for item in looked.asked}
    answered = {seq for seq, text in looked.sections.items() if text.strip()}
    for seq in sorted(set(asked) - answered):
        yield finding("unanswered", f"{label_of(seq)}申请没有答复", where=label_of(seq), seq=seq)
    for seq in sorted(answered - set(asked)):
        yield finding("not_asked", f"答复了申请人没有提出的{label_of(seq)}", where=label_of(seq), seq=seq)
    yield from _restated(looked, answered & set(asked))


def _restated(looked: Looked, seqs: set[int]) -> Iterator[Finding]:
    text = bare(looked.text)
    for item in looked.asked:
        seq = int(item.get("seq") or 0)
        words = bare(str(item.get("description") or ""))
        if seq in seqs and words and words not in text:
            yield finding("not_restated", f"{label_of(seq)}申请内容没有复述", where=label_of(seq), seq=seq)


def as_registered(looked: Looked) -> Iterator[Finding]:
    """Find items that the register has and the reply has not, and items that were never asked for."""
    rows = looked.register.get("items")
    if not looked.is_reply or not isinstance(rows, list | tuple):
        yield from _by_request_text(looked)
        return
    wanted = {int(row["seq"]): str(row.get("description") or "") for row in rows}
    given = {int(item.get("seq") or 0): str(item.get("description") or "") for item in looked.asked}
    for seq in sorted(wanted.keys() - given.keys()):
        yield finding(
            "unanswered",
            f"登记的{label_of(seq)}申请“{_short(wanted[seq])}”没有答复",
            where=label_of(seq),
            seq=seq,
        )
    for seq in sorted(given.keys() - wanted.keys()):
        yield finding("not_asked", f"{label_of(seq)}不在登记的申请事项之内", where=label_of(seq), seq=seq)
    for seq in sorted(given.keys() & wanted.keys()):
        if held(given[seq], wanted[seq]) < ASKED:
            yield finding(
                "not_asked",
                f"{label_of(seq)}与登记的申请内容“{_short(wanted[seq])}”不是同一件事",
                where=label_of(seq),
                seq=seq,
            )


def _by_request_text(looked: Looked) -> Iterator[Finding]:
    request = str(looked.facts.get("request_text") or "")
    if not looked.is_reply or not request:
        return
    for item in looked.asked:
        words, seq = str(item.get("description") or ""), int(item.get("seq") or 0)
        if words and held(words, request) < ASKED:
            yield finding("not_asked", f"{label_of(seq)}不在申请内容之内", where=label_of(seq), seq=seq)
    points = [part.strip() for part in POINTS.split(request) if len(part.strip()) > 3]
    points = [part for part in points if not BESIDE.match(part)]
    told = "".join(str(item.get("description") or "") for item in looked.asked)
    if len(points) < 2:
        yield from _joined(request, told)
        return
    about = {max(points, key=lambda p: alike(p, str(item.get("description") or ""))) for item in looked.asked}
    for number, part in enumerate(points, 1):
        enough = ASKED if part in about or len(clause(part)) < FEW_WORDS else ASKED_BESIDE
        if held(part, told) < enough:
            yield finding("unanswered", f"申请写明的“{_short(part)}”没有答复", where=_short(part), seq=number)


def _joined(request: str, told: str) -> Iterator[Finding]:
    """Find one of several things, asked for in one breath (甲以及乙), that no item is about."""
    things = [thing for sentence in re.split(r"[，。；\n]", request) for thing in things_in(sentence)]
    share = {thing: held(thing, told) for thing in things[:MOST_THINGS]}
    if not any(part >= ASKED_BESIDE for part in share.values()):
        return
    for thing, part in share.items():
        if len(bare(thing)) >= FEW_WORDS and part < ASKED:
            yield finding(
                "unanswered",
                f"申请中并列的“{_short(thing)}”没有列为答复的事项，请核对",
                where=_short(thing),
                seq=1,
                severity=WARN,
            )


def things_in(words: str) -> list[str]:
    """List the documents that words join by 和, 及, 以及, 与 or 、; nothing where there is but one."""
    masked = QUOTED.sub(lambda m: "\ue000" * len(m.group()), words)
    found, start = [], 0
    for joint in [*JOINT.finditer(masked), None]:
        end = joint.start() if joint else len(words)
        own = joint is None or words[joint.end() : joint.end() + 1] not in ("其", "该", "附")
        if (own and THING.search(words[max(start, end - THING_TAIL) : end])) or joint is None:
            found.append(words[start:end])
            start = joint.end() if joint else end
        if len(found) > MOST_THINGS:
            return []
    if len(found) > 1 and not THING.search(found[-1]):
        last = found.pop()
        found[-1] += last
    return found if len(found) > 1 else []


def all_given(looked: Looked) -> Iterator[Finding]:
    """Find an item that asks for several documents, of which the reply gives some and says nothing of the others."""
    for item in of(looked, "disclose", "partial"):
        asked = str(item["description"])
        facts = "".join(str(item.get(name) or "") for name in ("provided", "withheld", "reason"))
        told = looked.section(item).replace(clause(asked), "") if looked.foreign else facts
        if not facts or re.search(r"上述|全部|各项|所申请|均|分别", told):
            continue
        things = things_in(clause(asked))
        left = [thing for thing in things if not _given(thing, told)]
        if left and len(left) < len(things):
            yield finding(
                "unanswered",
                f"{item['label']}要的“{_short(left[0])}”，答复中没有提到，请核对",
                where=item["label"],
                seq=item["seq"],
                severity=WARN,
            )


def _given(thing: str, told: str) -> bool:
    """Say whether a text speaks of a document, in full or by its kind."""
    return held(thing, told) >= ASKED or bare(thing)[-2:] in told


def _short(text: str, most: int = 24) -> str:
    plain = clause(text)
    return plain if len(plain) <= most else plain[:most] + "…"


def petition(looked: Looked) -> Iterator[Finding]:
    """Find a request for a document that is treated as a petition."""
    for item in of(looked, "petition"):
        words = str(item["description"])
        if DOCUMENT.search(words) and not COMPLAINT.search(words):
            yield finding(
                "petition_or_request",
                f"{item['label']}要的是具体的文件，请核对是否属于信访、投诉、举报",
                where=item["label"],
                seq=item["seq"],
                severity=WARN,
            )


DOCUMENT = re.compile(
    r"(?:文件|批复|复印件|合同|协议|名单|清单|记录|报告|方案|决定书?|图|台账|凭证|》(?:〔\d{4}〕|（[^）]*号）)?)[。；]?$"
)
COMPLAINT = re.compile(r"查处|追究|处理|举报|投诉|信访|解决|赔偿|反映|为什么|是否")


def of(looked: Looked, *outcomes: str) -> list[dict[str, Any]]:
    """Return the items of a reply with one of these outcomes."""
    return [i for i in looked.items if str(i["outcome"]) in outcomes] if looked.is_reply else []


def special_rule(looked: Looked) -> Iterator[Finding]:
    """Find an administrative query that names no law with a rule of its own."""
    for item in of(looked, "admin_query"):
        said = f"{item.get('reason') or ''}{item.get('query_way') or ''}{item.get('grounds') or ''}"
        if "《" not in said:
            yield finding(
                "special_rule",
                f"{item['label']}没有写明对查询另有规定的法律、行政法规",
                where=item["label"],
                seq=item["seq"],
            )


WAY = re.compile(
    r"https?://|www\.|[\w-]+\.(?:cn|com)|栏目|专栏|公报|查阅点|查阅室|窗口|图书馆|档案馆|公告栏|公示[栏屏]|大厅|小程序|客户端|号|路径|首页|[>＞→»]|—[^—]{2,}—"
)


def where_to_find(looked: Looked) -> Iterator[Finding]:
    """Find an already-public reply that tells no address, column or place."""
    for item in of(looked, "already_public"):
        where = str(item.get("where") or "")
        if not is_blank(where) and (len(clause(where)) < 6 or not WAY.search(where)):
            yield finding(
                "where_vague",
                f"{item['label']}没有写明网址、栏目或者查阅地点，申请人按此找不到",
                where=item["label"],
                seq=item["seq"],
            )


RULES: tuple[Any, ...] = (
    every_item_answered,
    as_registered,
    all_given,
    petition,
    special_rule,
    where_to_find,
)

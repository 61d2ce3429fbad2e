"""Rules on the items of a reply: each answered and nothing else, each told apart, none in contradiction to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked, alike, held, label_of
from letters.shapes import is_blank
from letters.vocabulary import clause

#: A request written as a list: （1）… 2.… 三、…
POINTS = re.compile(
    r"(?:^|[\s；;。：:])\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[（(]?[一二三四五六七八九十]{1,2}[）)、]"
    r"|第[一二三四五六七八九十]{1,2}[、，：])\s*|[①-⑳⑴-⒇㈠-㈩]\s*"
)
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
    text = looked.text.replace("“", "‘").replace("”", "’")
    for item in looked.asked:
        seq = int(item.get("seq") or 0)
        words = clause(str(item.get("description") or "")).replace("“", "‘").replace("”", "’")
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
    if len(points) < 2:
        return
    told = "".join(str(item.get("description") or "") for item in looked.asked)
    about = {max(points, key=lambda p: alike(p, str(item.get("description") or ""))) for item in looked.asked}
    for number, part in enumerate(points, 1):
        enough = ASKED if part in about or len(clause(part)) < FEW_WORDS else ASKED_BESIDE
        if held(part, told) < enough:
            yield finding("unanswered", f"申请写明的“{_short(part)}”没有答复", where=_short(part), seq=number)


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
    r"https?://|www\.|[\w-]+\.(?:cn|com)|栏目|专栏|公报|查阅点|查阅室|窗口|图书馆|档案馆|公告栏|号|路径"
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


RULES: tuple[Any, ...] = (every_item_answered, as_registered, petition, special_rule, where_to_find)

"""Names without a cue: by the look of the characters and of the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workflow.review.redaction.detect.found import NAME, Found
from workflow.review.redaction.detect.names.cues import role_words, title_given
from workflow.review.redaction.detect.names.dotted import dotted_at
from workflow.review.redaction.detect.names.lexicon import around, is_han, not_persons
from workflow.review.redaction.detect.names.scored import Scored, sureness
from workflow.review.redaction.detect.names.shapes import no_syllables, parts_of, syllables
from workflow.review.redaction.detect.names.traits import GEO, Candidate, place

#: The least score of a name that nothing announces; of one that stands in a list beside another; of one that recurs; of
#: one that is listed among places.
ALONE, BESIDE, AGAIN, AMONG_PLACES = -0.75, -3.5, -5.0, 2.0
#: Behind a list of places: 李庄、张集、赵楼四个村民委员会.
_PLACES_COUNTED = re.compile(
    "(?:[、和及与][\u4e00-\u9fff]{2,4}?)*等?[一二三四五六七八九十两几\\d]{1,3}个?"
    "(?:行政村|自然村|村民委员会|村民小组|村委会|村(?!民)|社区|乡镇|镇|屯|街道|办事处)"
)
#: The short name of an office and its business, before the year of a document's number: 郑金政依申告〔2026〕第18号.
_DOCUMENT = re.compile("[\u4e00-\u9fff]{0,7}[〔\\[]20\\d\\d[〕\\]]")
_BESIDE = ("、", "和", "与", "及")
#: Nothing of the text around is quoted: reasons are kept where texts are not, and a neighbour is a person too.
LOOK = "姓氏、用字和前后文像姓名"


def lone_names(scored: Scored) -> Iterator[Found]:
    """This function will find names by their look, best first, none inside another, and those listed beside them."""
    text = scored.text
    taken: dict[int, int] = {}
    pool = sorted(
        (-value, candidate.start, candidate.end)
        for found in scored.by_start.values()
        for value, candidate in found
        if value >= BESIDE
    )
    used = bytearray(len(text))
    waiting = []
    for minus, start, end in pool:
        if any(used[start:end]) or _something_else(scored, start, end, -minus):
            continue
        if -minus < ALONE:
            waiting.append((minus, start, end))
            continue
        used[start:end] = b"\1" * (end - start)
        taken[start] = end
        yield Found(NAME, start, end, text[start:end], LOOK, sureness(-minus, 1.0), "look")
    yield from _beside(text, waiting, taken, used)


def _something_else(scored: Scored, start: int, end: int, score: float) -> bool:
    """Tell whether it is a surname with a title, a known word, or the name of a place."""
    text = scored.text
    name = text[start:end]
    if text[start + 1 : end] in title_given() or name in not_persons() or name in role_words():
        return True
    word = scored.words.starts.get(start)
    if word and len(word[0]) == end - start > 2 and not word[1].startswith("nr"):
        # A word of three characters that a dictionary has as no name: 梅花鹿, 祁连山.
        return True
    if _PLACES_COUNTED.match(text, end) or (_opens(text, start) and _DOCUMENT.match(text, end)):
        return True
    if text[end - 1] not in GEO:
        return False
    after = around()[1].get(text[end : end + 1], ())
    if any(kind == "against" and text.startswith(phrase, end) for phrase, kind in after):
        return True
    # Among places it takes more to be a person: 高家沟、白石村、马家集.
    return score < AMONG_PLACES and "geolist" in place(text, Candidate(start, start + 1, end))


def _opens(text: str, start: int) -> bool:
    """Tell whether a document's number may begin at a place."""
    return start == 0 or not is_han(text[start - 1]) or text.endswith(("文号", "文号为", "号为"), 0, start)


def _beside(
    text: str, waiting: Iterable[tuple[float, int, int]], taken: dict[int, int], used: bytearray
) -> Iterator[Found]:
    """Take what looks a little like a name and is listed beside one: 张三、高原、李四."""
    ends = set(taken.values())
    again = True
    waiting = list(waiting)
    while again:
        again = False
        for minus, start, end in waiting:
            if any(used[start:end]):
                continue
            left = text[start - 1 : start] in _BESIDE and start - 1 in ends
            right = text[end : end + 1] in _BESIDE and end + 1 in taken
            if left or right:
                used[start:end] = b"\1" * (end - start)
                taken[start] = end
                ends.add(end)
                again = True
                yield Found(
                    NAME, start, end, text[start:end], "与其他姓名并列", sureness(-minus, 2.5), "beside"
                )


def shaped_names(scored: Scored) -> Iterator[Found]:
    """This function will find transcribed names: with a dot (买买提·艾力), or of two known parts (扎西顿珠)."""
    text = scored.text
    dot = text.find("·")
    while dot >= 0:
        span = dotted_at(text, dot, scored.words)
        if span:
            yield Found(NAME, *span, text[slice(*span)], "以间隔号分开的音译姓名", 0.9, "dotted")
        dot = text.find("·", max(dot + 1, span[1] if span else 0))
    barred = [match.span() for match in no_syllables().finditer(text)]
    for match in syllables().finditer(text):
        start, end = match.span()
        if any(a < end and start < b for a, b in barred):
            continue
        parts = parts_of(match.group(0))
        if (parts >= 2 and end - start >= 4) or end - start >= 4:
            yield Found(NAME, start, end, match.group(0), "由少数民族姓名常用音译字组成", 0.85, "syllables")
        elif parts == 1 and end - start == 3:
            yield Found(NAME, start, end, match.group(0), "少数民族姓名常用音译字", 0.6, "syllables")


def again(scored: Scored, found: Iterable[Found]) -> Iterator[Found]:
    """This function will find the other places of names that were found with a good reason elsewhere in the text."""
    text = scored.text
    known = {one.text: one.confidence for one in found if one.confidence >= 0.6 and "　" not in one.text}
    by_start: dict[str, list[str]] = {}
    for name in sorted(known, key=len, reverse=True):
        by_start.setdefault(name[:2], []).append(name)
    if not known:
        return
    # One pass over the text however many names it holds.
    for match in re.finditer(f"[{re.escape(''.join({start[0] for start in by_start}))}]", text):
        place = match.start()
        for name in by_start.get(text[place : place + 2], ()):
            if text.startswith(name, place) and _may_recur(scored, name, place):
                reason = "同一文件中已作为姓名出现"
                yield Found(NAME, place, place + len(name), name, reason, min(0.9, known[name]), "again")
                break


def _may_recur(scored: Scored, name: str, place: int) -> bool:
    word = scored.words.starts.get(place)
    if word and word[0] == name and not word[1].startswith("nr"):
        # An ordinary word where nothing else speaks for a name: 许可 is one, too.
        return False
    end = place + len(name)
    return len(name) > 2 or any(
        c.end == end and value >= AGAIN for value, c in scored.by_start.get(place, ())
    )

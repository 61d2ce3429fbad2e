"""Names after a cue: a field's name, a role, a relative's word; before a title; in lists that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.detect.found import NAME, Found
from workflow.review.redaction.detect.names.cues import (
    fields,
    heads,
    no_names,
    no_values,
    not_names,
    relatives,
    role_words,
    roles,
    titles,
)
from workflow.review.redaction.detect.names.dotted import dotted_at
from workflow.review.redaction.detect.names.filled import apposed, asks_person, filled
from workflow.review.redaction.detect.names.lexicon import around, given, is_han, surnames
from workflow.review.redaction.detect.names.scored import Scored, sureness
from workflow.review.redaction.detect.names.shapes import DOTTED, set_apart, stretch, syllables

#: The least score a candidate needs, by what announces it.
FIELD, ROLE, TITLE, LISTED = -6.0, -3.2, -2.5, -4.0
#: What a cue adds to the confidence.
SURER = 3.5
_NEXT = re.compile(r"(?:[（(][^（）()\n]{1,12}[）)])?[ 　]*(?:[、，,；;/]|以及|和|及|与|[ 　\t]+)[ 　]*(?!$)")
_NEXT_CLOSE = re.compile(
    r"(?:[（(][^（）()\n]{1,12}[）)])?(?:、|以及|和|及|与|，(?=[\u4e00-\u9fff]{2,3}[、，。（]))"
)
_KIN = frozenset("妻夫子女父母媳婿儿")
_LATIN = re.compile(r"[A-Z][a-z]{1,14}(?:[ ·][A-Z][a-z]{0,14}\.?){1,3}(?![A-Za-z])")
#: Fields in which several names stand, parted by nothing but blanks.
_MANY = re.compile("(?:人员|签[名字]|签到|席|询问人|见证人|代表)$")
_COMMA = re.compile("[，,；;/]")
#: Behind a field's name.
_COLON = re.compile("[ 　]*[：:]")
_ENDS = re.compile(r"[\s　，。、；：！？,;:（）()“”\"'/|>＜<《》\d]|$")


def cued_names(scored: Scored) -> Iterator[Found]:
    """This function will find names that a cue announces, and those listed after them."""
    text = scored.text
    for match in fields().finditer(text):
        yield from _series(scored, match.end(), _plain(match.group(1)), field=True)
    for match in roles().finditer(text):
        # With a colon behind it a role is a field's name, too.
        field = match.group(0)[-1] in "：:"
        yield from _series(scored, match.end(), match.group(1), field=field, said=match.end() > match.end(1))
    for match in titles().finditer(text):
        yield from _titled(scored, match.start(), match.group(0))
    yield from _signed(scored)


def _plain(cue: str) -> str:
    return re.sub(r"[\s　]", "", cue)


def _series(scored: Scored, place: int, cue: str, *, field: bool, said: bool = False) -> Iterator[Found]:
    """Take the name at a place, then whatever is listed after it."""
    person = asks_person(cue)
    found = _take(
        scored,
        place,
        FIELD if field else ROLE,
        f"“{cue}”之后的姓名",
        "field" if field else "role",
        loose=field,
        person=person,
        kin=said or cue in relatives(),
    )
    while found is not None:
        yield found
        gap = (_NEXT if field else _NEXT_CLOSE).match(scored.text, found.end)
        if gap is None:
            return
        found = _take(
            scored,
            gap.end(),
            LISTED,
            # Nothing of the text around is quoted: the neighbour is a person, too.
            "与前一姓名并列",
            "listed",
            loose=field and not _COMMA.search(gap.group(0)),
            person=person and ("、" in gap.group(0) or bool(_MANY.search(cue))),
        )


def _take(
    scored: Scored,
    place: int,
    least: float,
    reason: str,
    rule: str,
    *,
    loose: bool,
    person: bool = False,
    kin: bool = False,
) -> Found | None:
    """Take the name at a place.

    :param loose: what stands there may be a name although it does not look like one
    :param person: what announces it asks for a person
    :param kin: what announces it is a relative's word, or a word that says who somebody is
    """
    text = scored.text
    if text[place : place + 1] in _KIN and scored.best(place + 1, LISTED):
        # 家庭成员：妻韦秀兰、子黄小波: the relation is not of the name.
        place += 1
    shaped = _shaped(scored, place, loose=loose)
    if shaped:
        end, sure = shaped
        return Found(NAME, place, end, text[place:end], reason, sure, rule)
    end = stretch(text, place)
    best = scored.best(place, least)
    if loose and end > place and _alone(text, end):
        sure = 0.0 if best and best[1].end == end else _whole(scored, place, end, person=person)
        if sure:
            return Found(NAME, place, end, text[place:end], reason, sure, rule)
    if best is None or _none(scored, place, best[1].end, end, loose=loose, person=person):
        end = 0 if loose else apposed(text, place, scored.words, kin=kin)
        return Found(NAME, place, end, text[place:end], reason, 0.6, rule) if end else None
    value, (_, surname, end) = best
    if text[end - 1] == "之" and end - surname == 2 and text[end : end + 1] in _KIN:
        # 患者康乐之女: the daughter of Kang Le.
        end -= 1
    return Found(NAME, place, end, text[place:end], reason, max(0.5, sureness(value, SURER)), rule)


def _alone(text: str, end: int) -> bool:
    """Tell whether a value ends at a place, and is not itself the name of a field."""
    return bool(_ENDS.match(text, end)) and not _COLON.match(text, end)


def _shaped(scored: Scored, place: int, *, loose: bool) -> tuple[int, float] | None:
    """Give the end of a name known by its shape, and how sure it is: with a dot, of syllables, set apart, in Latin."""
    text = scored.text
    dotted = DOTTED.match(text, place)
    span = dotted and dotted_at(text, text.index("·", place), scored.words)
    if dotted and span and not roles().match(text, place):
        # What announces the name has told where it begins.
        whole = loose and _alone(text, dotted.end()) and _goes_on(scored, span[1], dotted.end())
        return (dotted.end() if whole else span[1]), 0.97
    apart = set_apart(text, place)
    if apart and (loose or _ENDS.match(text, apart)):
        return apart, 0.9
    syllabic = syllables().match(text, place)
    if syllabic:
        end = stretch(text, place)
        if loose and end - place <= 7 and _alone(text, end) and _goes_on(scored, syllabic.end(), end):
            return end, 0.85
        if loose or syllabic.end() - place > 2 or _ENDS.match(text, syllabic.end()):
            return syllabic.end(), 0.9
    latin = _LATIN.match(text, place)
    return (latin.end(), 0.8) if latin else None


def _goes_on(scored: Scored, place: int, end: int) -> bool:
    """Tell whether a transcribed name goes on to the end of its field: no title, no word of two characters follows."""
    if not 2 <= end - place <= 4 or titles().match(scored.text, place):
        return end == place
    return not any(len(scored.words.starts.get(at, ("",))[0]) > 1 for at in range(place, end))


def _whole(scored: Scored, start: int, end: int, *, person: bool) -> float:
    """Say how sure a stretch that fills a field is a name although it does not look like one; 0 where it is none."""
    if 2 <= end - start <= 4 and _may_be_name(scored, start, end):
        whole = [value for value, candidate in scored.by_start.get(start, ()) if candidate.end == end]
        return max(0.55, sureness(whole[0], SURER) if whole else 0.6)
    return filled(scored.text[start:end], person=person)


def _none(scored: Scored, start: int, end: int, stop: int, *, loose: bool, person: bool) -> bool:
    """Tell whether what looks like a name behind a cue is none: a word, another cue, the beginning of a longer one."""
    text = scored.text
    name = text[start:end]
    if (
        name in not_names()
        or name in role_words()
        or name in (no_values() if person and loose else no_names())
    ):
        return True
    if not loose or end == stop:
        return False
    return text[start:stop] in heads() or any(
        kind == "against" and end + len(phrase) == stop and text.startswith(phrase, end)
        for phrase, kind in around()[1].get(text[end], ())
    )


def _may_be_name(scored: Scored, start: int, end: int) -> bool:
    """Tell whether a stretch that fills a field may be a name although it does not look like one."""
    text = scored.text[start:end]
    if text in not_names() or text in no_names() or any(given().get(char) == "never" for char in text[1:]):
        return False
    word = scored.words.starts.get(start)
    if word is None:
        return False
    place, longest = start, 0
    while place < end and place in scored.words.starts:
        length = len(scored.words.starts[place][0])
        longest = max(longest, length) if not scored.words.starts[place][1].startswith("nr") else longest
        place += length
    return longest < 2 or (end - start == 3 and longest == 2 and len(word[0]) == 1)


def _titled(scored: Scored, end: int, title: str) -> Iterator[Found]:
    text = scored.text
    for start in range(max(0, end - 5), end - 1):
        for value, candidate in scored.by_start.get(start, ()):
            if candidate.end == end and value >= TITLE:
                if surnames().get(text[start]) == "word":
                    # 会议由何平同志主持: 由 is a surname of few, and here it is none.
                    value, start = max([(value, start), *_within(scored, start + 1, end)])
                reason = f"称谓或职务“{title.strip('（）()')}”之前的姓名"
                yield Found(
                    NAME, start, end, text[start:end], reason, max(0.5, sureness(value, SURER)), "title"
                )
                return
    place = end - 2
    word = scored.words.ends.get(place, ("",))[0]
    opens = place == 0 or (place > 0 and (not is_han(text[place - 1]) or word in _BEFORE_TITLED))
    if title in _POLITE and opens and filled(text[place:end], person=True) > _WORD_ALONE:
        yield Found(NAME, place, end, text[place:end], f"称谓“{title}”之前的姓名", 0.6, "title")


def _within(scored: Scored, start: int, end: int) -> Iterator[tuple[float, int]]:
    """Yield the candidates that begin at a place or one later and end with a title's beginning, with their scores."""
    for place in (start, start + 1):
        for value, candidate in scored.by_start.get(place, ()):
            if candidate.end == end:
                yield value, place


#: Titles before which a word is a name, what may stand before it, and what a word without a surname comes to.
_POLITE = frozenset(("同志", "先生", "女士"))
_BEFORE_TITLED = frozenset(("关于", "由", "对", "请", "与", "和", "向", "经", "给", "致", "尊敬的", "为"))
_WORD_ALONE = 0.5


_CLOSING = re.compile(r"\n[ 　\t]*([^\n]{2,12})\n[ 　\t]*(?:二[〇○零]|20)\d?[^\n]{0,3}年[^\n]{2,8}日")


def _signed(scored: Scored) -> Iterator[Found]:
    """Names that stand alone on the line above the date, or after 敬礼."""
    text = scored.text
    for match in _CLOSING.finditer(text):
        for piece in re.finditer(
            r"[\u4e00-\u9fff·]+(?:[ 　]{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff]))?", match.group(1)
        ):
            found = _take(
                scored,
                match.start(1) + piece.start(),
                -4.0,
                "落款处、日期之上的姓名",
                "signature",
                loose=False,
            )
            if found and found.end == match.start(1) + piece.end():
                yield found
            elif found is None and piece.group(0) == match.group(1).rstrip(" 　\t"):
                sure = filled(piece.group(0), person=True)
                if sure > 0.5:
                    start = match.start(1)
                    reason = "落款处、日期之上的姓名"
                    yield Found(NAME, start, start + piece.end(), piece.group(0), reason, sure, "signature")

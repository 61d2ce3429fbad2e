"""Names that are ordinary words (万里, 明月, 高峰), where a cue asks for a name and nothing but such a word stands there."""

from __future__ import annotations

import re

from workflow.review.redaction.detect.names.cues import (
    acts,
    heads,
    no_names,
    no_values,
    not_names,
    role_words,
)
from workflow.review.redaction.detect.names.lexicon import NEVER, asked, compounds, given, is_han, surnames
from workflow.review.redaction.detect.names.segment import Words
from workflow.review.redaction.detect.names.shapes import syllables

#: How sure a word is a name: with a surname, with one that is mostly a word itself, without any.
_SURNAME, _WORD, _NONE = 0.7, 0.6, 0.5
#: What speaks for a name in the characters behind the surname.
_KNOWN = frozenset({"strong", "fair", "good"})
#: Characters of words that a given name of two may hold all the same, behind an unmistakable surname: 佘太平, 刘不凡.
_SOFT = frozenset("在不与将对因太极未更最再又且则即而端质")
#: What the short name of an office ends in: 水利科.
_OFFICE = frozenset("科股队组站办室局所厅委会团方")
#: Parts of speech that a role in front of it may govern: the word is then what the person does or how.
_GOVERNED = ("v", "d", "ad", "p", "c", "r", "u", "q", "f")
_STATED = re.compile(
    "[ 　]*[，,（(][ 　]*(?:[男女](?!性)|[\u4e00-\u9fff]{1,4}族[，,）)]|现?住|现年|身份证|公民身份|居民身份|系|生前|\\d{1,3}岁|\\d{4}年|签[字名])"
    "|[（(]?已[故死]|[（(]已?去世|之[妻夫子女父母兄弟姐妹]|名下|夫妇|夫妻"
)
_ACTS = re.compile(
    "，其|本人|委托|因|在|称|证实|举报|自[收即2]|来[电信访]|签[名字收]|反映|承认|提[交出供]|拒[绝收]|汇报|[陈自]述|辩称|"
    "不服|不同意|同意|代为|对[本该我]|向[本该我县市区镇乡]|到场|出[庭席]|于\\d|的?陈述|的?证言|系|已于|拥有|持有|主持|记录|建议|要求|申请|代[签领办为]|[，。]?死[因于亡]|[无有]异议|"
    "[与和、](?=[\u4e00-\u9fff]{2,4}(?:[，。、协共一二两均系之]))"
)
_STOPS = re.compile("[，、；。（(]|$")
#: The fewest characters of names of other peoples that must be of known parts: half of them.
_HALF = 2


def filled(text: str, *, person: bool) -> float:
    """This function will say how sure a word that alone fills a field or a cell is a name, or 0 where it is none.

    :param text: the whole value
    :param person: the field asks for a person, not for an act (审核, 记录) that somebody or something may do
    """
    if (
        text in (no_values() if person else no_names())
        or text in not_names()
        or text in role_words()
        or text in heads()
    ):
        return 0.0
    if len(text) > 3 and person and _syllabic(text):
        return 0.75
    split = 2 if text[:2] in compounds() and len(text) > 2 else 1
    kind = "compound" if split == 2 else surnames().get(text[0], "")
    rest = text[split:]
    mostly_surname = kind not in ("", "word")
    if not 1 <= len(rest) <= 2 or not all(map(is_han, text)) or (not mostly_surname and text[-1] in _OFFICE):
        return 0.0
    if any(
        _never(char) and not (person and mostly_surname and len(rest) == 2 and char in _SOFT) for char in rest
    ):
        return 0.0
    if mostly_surname and person:
        return _SURNAME if _known(rest) else _WORD
    if kind:
        if person:
            return _WORD if _low(rest) else _NONE
        return _NONE if _known(rest) else 0.0
    return _NONE if person and _known(text) else 0.0


def _never(char: str) -> bool:
    return given().get(char) == NEVER


def _known(chars: str) -> bool:
    return all(given().get(char) in _KNOWN or char in asked() for char in chars)


def _low(chars: str) -> bool:
    return all(_known(char) or given().get(char) == "low" for char in chars)


def _syllabic(text: str) -> bool:
    """Tell whether at least half of the characters are parts of names of peoples without Chinese surnames."""
    covered = sum(match.end() - match.start() for match in syllables().finditer(text))
    return len(text) <= 9 and covered * _HALF >= len(text) and all(map(is_han, text))


def _bears(word: tuple[str, str], length: int) -> bool:
    """Tell whether the word behind a role may be a name: it is all of it, or a character the dictionary leaves alone."""
    return not word[1].startswith(_GOVERNED) and len(word[0]) in (1, length)


def asks_person(cue: str) -> bool:
    """This function will tell whether a field's name asks for a person and not for an act."""
    return cue not in acts()


def apposed(text: str, place: int, words: Words, *, kin: bool) -> int:
    """This function will give the end of a word that stands behind a role and is a name by what follows, or 0.

    :param kin: the role is a relative's word, behind which a name may stand and nothing more
    """
    for length in (3, 2):
        end = place + length
        name = text[place:end]
        if end not in words.ends or len(name) < length or not all(map(is_han, name)):
            continue
        if name in no_values() or name in not_names() or name in role_words():
            continue
        soft = length == 3 and surnames().get(name[0]) == "common"
        if any(_never(char) and not (soft and char in _SOFT) for char in name[1:]):
            continue
        known = _known(name)
        if (name[0] in surnames() or known) and _STATED.match(text, end):
            return end
        word = words.starts.get(place, ("", "v"))
        if name in no_names() or not (soft or _bears(word, length)):
            continue
        if (known or soft or (name[0] in surnames() and _low(name[1:]))) and _ACTS.match(text, end):
            return end
        if kin and known and _STOPS.match(text, end):
            return end
    return 0

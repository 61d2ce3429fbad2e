"""What speaks for and against a stretch of text being a name: its traits, by which it is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from workflow.review.redaction.detect.names.lexicon import (
    NEVER,
    around,
    compounds,
    given,
    is_han,
    surname_pattern,
    surnames,
)
from workflow.review.redaction.detect.names.segment import Words

#: Characters in which names of places end.
GEO = frozenset(
    "山河江湖海潭沟集湾岭坡塘洼坝桥堡寨坪坑岗岛洲峡关口庙寺塔坊里园城畈塆营店屯庄泉原川洞滩渠溪港"
)
_GEO_NEXT = re.compile(
    f"[、和与][\u4e00-\u9fff]{{1,3}}[{''.join(sorted(GEO))}](?![\u4e00-\u9fff])|[、和与][\u4e00-\u9fff]{{2,4}}[村镇乡路街区县市]"
)


class Candidate(NamedTuple):
    """A stretch that begins with a surname: from `start` over the end of the surname to `end`."""

    start: int
    given: int
    end: int


def places(text: str) -> Iterator[tuple[int, int, int]]:
    """This function will give where a name may begin, how long its surname is, and where it may end."""
    singles, first, double, barred = surnames(), _first(), compounds(), _barred()
    for match in surname_pattern().finditer(text):
        start = match.start()
        if text[start] in singles and text[start + 1 : start + 2] not in barred:
            yield start, 1, start + 2
            if text[start + 2 : start + 3] not in barred:
                yield start, 1, start + 3
        if text[start] in first:
            for split in (2, 3, 4):
                if text[start : start + split] in double:
                    yield from ((start, split, end) for end in _ends(text, start + split, barred))


def _ends(text: str, split: int, barred: frozenset[str]) -> Iterator[int]:
    for end in (split + 1, split + 2):
        if text[end - 1 : end] in barred:
            return
        yield end


@cache
def _barred() -> frozenset[str]:
    """Give what no given name holds: characters that are never in one, punctuation, nothing at all."""
    never = {char for char, kind in given().items() if kind == NEVER}
    return frozenset(
        {
            *never,
            *map(chr, range(0x3000)),
            *map(chr, range(0x3000, 0x3400)),
            *"\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f",
            "",
        }
    ) - {"〇"}


@cache
def _first() -> frozenset[str]:
    return frozenset(surname[0] for surname in compounds())


def allowed(name: str, split: int) -> bool:
    """This function will tell whether the characters behind a surname can be a given name at all."""
    chars = given()
    return all(is_han(char) and chars.get(char) != NEVER for char in name[split:])


def candidates(text: str) -> Iterator[Candidate]:
    """This function will give every stretch of a surname and one or two characters that a given name may have."""
    for start, split, end in places(text):
        if allowed(text[start:end], split):
            yield Candidate(start, start + split, end)


def traits(text: str, candidate: Candidate, words: Words) -> list[str]:
    """This function will list the traits of a candidate, each a key of the table of weights."""
    found = itself(text[candidate.start : candidate.end], candidate.given - candidate.start)
    found += falls(fall(candidate.start, candidate.given, candidate.end, words))
    found += place(text, candidate)
    found += before(text, candidate.start, words)
    found += after(text, candidate.end, words)
    return found


def itself(name: str, split: int) -> list[str]:
    """This function will list the traits of a name by its characters alone; `split` is the length of the surname."""
    chars, surname, rest = given(), name[:split], name[split:]
    kind = surnames()[surname] if split == 1 else "compound"
    found = ["bias", "S:" + kind, f"L{len(rest)}", "SC:" + surname]
    if len(rest) == 1:
        return [*found, "G:" + chars.get(rest, "none"), "CS:" + rest]
    first, second = rest
    found += [
        "D1:" + chars.get(first, "none"),
        "D2:" + chars.get(second, "none"),
        "C1:" + first,
        "C2:" + second,
    ]
    return [*found, "twin"] if first == second else found


def place(text: str, candidate: Candidate) -> list[str]:
    """This function will list the traits of a candidate that could be the name of a place."""
    if candidate.end - candidate.given != 2 or text[candidate.end - 1] not in GEO:
        return []
    start = candidate.start
    listed = start > 1 and text[start - 1] == "、" and text[start - 2] in GEO
    return ["geo", "geolist"] if listed or _GEO_NEXT.match(text, candidate.end) else ["geo"]


_BLANKS = {" ": "blank", "\t": "tab", "\n": "line", "\u3000": "wide"}


def _char(char: str) -> str:
    """Name a character that is no Chinese one: digits and letters are each all the same."""
    if char.isdigit():
        return "digit"
    return "letter" if char.isalpha() else _BLANKS.get(char, char)


def _tag(tag: str) -> str:
    return tag if tag[:2] in ("nr", "ns") else tag[:1]


class Fall(NamedTuple):
    """How the dictionary's words fall on a candidate, in a form few enough to be remembered.

    Lengths and tags of the word that begins with the name and of the one that begins with the given name (0 where none
    does), whether a word ends with the name, the lengths of name and surname.
    """

    length: int
    tag: str
    given_length: int
    given_tag: str
    ends: bool
    name: int
    surname: int


_NO_WORD = ("", "")


def fall(start: int, split: int, end: int, words: Words) -> Fall:
    """This function will tell how the dictionary's words fall on a candidate."""
    whole, given_name = words.starts.get(start, _NO_WORD), words.starts.get(split, _NO_WORD)
    return Fall(
        len(whole[0]),
        whole[1],
        len(given_name[0]),
        given_name[1],
        end in words.ends,
        end - start,
        split - start,
    )


def falls(one: Fall) -> list[str]:
    """This function will list the traits of a fall: the whole name a word, the given name a word, a word astride."""
    found = []
    if not one.ends:
        found.append("be")
    if not one.length:
        found.append("bs")
    elif one.length == one.name:
        found.append(f"W{one.length}:{_tag(one.tag)}")
    elif one.length > one.name:
        found.append("inside")
    elif one.length > one.surname and one.name - one.surname == 2:
        found.append("SG:" + one.tag[:1])
    if one.name - one.surname == 2 and one.given_length == 2:
        found.append("GT:" + _tag(one.given_tag))
    return found


def before(text: str, start: int, words: Words) -> list[str]:
    """This function will list the traits of what stands before a name."""
    if start == 0:
        return ["LB:edge"]
    word = words.ends.get(start)
    return before_word(word, text[start - 1]) if word else []


def before_word(word: tuple[str, str], char: str) -> list[str]:
    """This function will list the traits of the word before a name, whose last character is `char`."""
    found = ["LP:" + word[1][:2], "LW:" + word[0]] if is_han(char) else ["LC:" + _char(char)]
    kind = around()[0].get(word[0])
    return [*found, "LB:" + kind] if kind else found


def after(text: str, end: int, words: Words) -> list[str]:
    """This function will list the traits of what stands after a name."""
    if end == len(text):
        return ["RA:edge"]
    found = []
    word = words.starts.get(end)
    if word is not None:
        found += ["RP:" + word[1][:2], "RW:" + word[0]] if is_han(text[end]) else ["RC:" + _char(text[end])]
    for phrase, kind in around()[1].get(text[end], ()):
        if text.startswith(phrase, end):
            return [*found, "RA:" + kind]
    return found

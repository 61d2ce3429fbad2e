"""Names that are known by their shape: with a dot, of syllables of other languages, two characters set apart."""

from __future__ import annotations

import re
from functools import cache

from workflow.review.redaction.detect.names.lexicon import given, is_han, surnames
from workflow.review.redaction.detect.tables import table
from workflow.review.redaction.detect.trie import any_of

_HAN = "[\u4e00-\u9fff]"
DOTTED = re.compile(rf"{_HAN}{{1,7}}(?:·{_HAN}{{1,9}}){{1,3}}")
#: A date to be filled in, which is no name: 年　月　日.
_BLANK_DATE = ("年月", "月日")
_APART = re.compile(rf"({_HAN})[ 　]{{1,4}}({_HAN})(?!{_HAN})")


@cache
def syllables() -> re.Pattern[str]:
    """This function will give a pattern for two to four parts of names of peoples without Chinese surnames."""
    first = "".join(sorted({part[0] for part in _parts()}))
    return re.compile(f"(?=[{first}]){any_of(_parts())}(?:{any_of(_parts())}){{0,3}}(?:江|汗|木|娜|娅)?")


def _parts() -> set[str]:
    return {part for name, group in table("minority").items() if name != "except" for part in group}


@cache
def single_part() -> re.Pattern[str]:
    """This function will give a pattern for one such part."""
    return re.compile(any_of(_parts()))


@cache
def no_syllables() -> re.Pattern[str]:
    """This function will give a pattern for words that hold such parts and are no names."""
    return re.compile(any_of(table("minority")["except"]))


def parts_of(text: str) -> int:
    """This function will count the parts a transcribed name is made of."""
    return len(single_part().findall(text))


def set_apart(text: str, start: int) -> int:
    """This function will give the end of a name of two characters set apart by blanks (王　芳), or 0."""
    match = _APART.match(text, start)
    if match and match.group(1) + match.group(2) in _BLANK_DATE:
        return 0
    if match and match.group(1) in surnames() and given().get(match.group(2)) != "never":
        return match.end(2)
    return 0


def stretch(text: str, start: int) -> int:
    """This function will give the end of the Chinese characters, with dots between them, that begin at a place."""
    end = start
    while end < len(text) and (is_han(text[end]) or (text[end] == "·" and end > start)):
        end += 1
    return end

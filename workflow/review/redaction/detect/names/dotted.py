"""Transcribed names with a dot (买买提·艾力): where they begin and end among ordinary words."""

from __future__ import annotations

from workflow.review.redaction.detect.names.cues import role_words
from workflow.review.redaction.detect.names.lexicon import is_han
from workflow.review.redaction.detect.names.segment import Words
from workflow.review.redaction.detect.names.shapes import single_part

#: Words of one character that stand before or after a name and are not of it.
_SMALL = frozenset("由对和与向将把被给同跟让请找为因经据及或在从是叫称的了等也已于曾将未不就都则所诉说以")
#: The same, before a name only.
_SPEAKER = frozenset("我你他她")
#: The longest part between two dots.
_LONGEST = 9


def dotted_at(text: str, dot: int, words: Words) -> tuple[int, int] | None:
    """This function will give where the name around a dot begins and ends, or nothing where there is none."""
    start = _begin(text, dot, words)
    end = _end(text, dot + 1, words)
    while text[end : end + 1] == "·":
        following = _end(text, end + 1, words)
        if following == end + 1:
            break
        end = following
    return (start, end) if start < dot and end > dot + 1 else None


def _ordinary(word: tuple[str, str]) -> bool:
    return len(word[0]) > 1 and (not word[1].startswith("nr") or word[0] in role_words())


def _begin(text: str, dot: int, words: Words) -> int:
    start = dot
    while start > 0 and dot - start < _LONGEST and is_han(text[start - 1]):
        start -= 1
    # A word that reaches into the stretch from before is cut off with it.
    while start < dot:
        if single_part().match(text, start):
            return start
        word = words.starts.get(start)
        if word is None:
            start += 1
        elif word[0] in _SMALL or word[0] in _SPEAKER or (_ordinary(word) and start + len(word[0]) < dot):
            start += len(word[0])
        else:
            return start
    return start


def _end(text: str, start: int, words: Words) -> int:
    end = start
    while end < len(text) and end - start < _LONGEST and is_han(text[end]):
        part = single_part().match(text, end)
        if part:
            end = part.end()
            if text[end : end + 1] in _SMALL:
                return end
            continue
        word = words.starts.get(end)
        if word is not None and (word[0] in _SMALL or (_ordinary(word) and end > start)):
            return end
        end += 1
    return end

"""Pseudonyms that stay the same for a person throughout a set of documents: 张某, 张某1, 张某2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workflow.review.redaction.detect.names.lexicon import compounds, surnames
from workflow.review.redaction.detect.names.shapes import set_apart

_BLANK = re.compile(r"[\s　]+")


def surname(name: str) -> str:
    """This function will give the part of a name that its pseudonym keeps: the surname, or the first syllable group.

    :param name: a name in Chinese characters, blanks between them do not matter
    """
    plain = _BLANK.sub("", name)
    for length in (4, 3, 2):
        if plain[:length] in compounds() and len(plain) > length:
            return plain[:length]
    if "·" in plain:
        # 买买提·艾力: the first part is the person's own name, so one character of it is kept.
        return plain[0]
    return plain[0] if plain[:1] in surnames() or plain else ""


def same_person(name: str) -> str:
    """This function will give what two spellings of one name have in common: no blanks, one form of the dot."""
    return re.sub(r"[•・．‧∙⋅]", "·", _BLANK.sub("", name))


def pseudonyms(names: Iterable[str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """This function will give each person of a set of documents a pseudonym, in the order in which they appear.

    One person of a surname is 张某; of several, each has a number: 张某1, 张某2. A pseudonym once given is kept, so that
    the documents that went out before stay readable: a second 张 who comes later is 张某2.

    :param names: names as they stand in the documents; the same name is the same person
    :param known: pseudonyms given before for this set, by name
    :return: pseudonyms by name without blanks, those of `known` included
    """
    given = {same_person(name): alias for name, alias in (known or {}).items()}
    fresh = [name for name in dict.fromkeys(map(same_person, names)) if name and name not in given]
    by_surname: dict[str, list[str]] = {}
    for name in fresh:
        by_surname.setdefault(surname(name), []).append(name)
    taken = set(given.values())
    for family, members in by_surname.items():
        alone = len(members) == 1 and not any(
            re.fullmatch(re.escape(family) + r"某\d*", alias) for alias in taken
        )
        number = 0
        for name in members:
            if alone:
                alias = f"{family}某"
            else:
                # The one who bears 张某 alone counts as the first.
                number = max(number, 1 if f"{family}某" in taken else 0) + 1
                while f"{family}某{number}" in taken:
                    number += 1
                alias = f"{family}某{number}"
            given[name] = alias
            taken.add(alias)
    return given


def written_apart(text: str) -> bool:
    """This function will tell whether a name is written with blanks between its two characters (王　芳)."""
    return set_apart(text, 0) == len(text)

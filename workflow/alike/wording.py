"""Reads a request's wording: what is asked for without the phrases around it, as weighted pairs of characters."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

LISTS = Path(__file__).with_name("words.toml")
#: A pair of characters nobody else writes weighs twice a pair of a word heard every day.
RARE, COMMON = 2.0, 1.0
#: Years before and after these are other numbers.
FIRST_YEAR, LAST_YEAR = 1949, 2099
MOST_YEARS = 30
#: So many characters before the kind are the name: 采薇村, 青禾农业有限公司.
NAME_LENGTH, COMPANY_LENGTH = 2, 4

_NUMERAL = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_YEAR = re.compile(r"[一二][〇零一二三四五六七八九]{3}(?=年)")
_UNIT = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]")
_YEARS = re.compile(r"((?:19|20)\d\d)年?度?(?:至|到|[-—~])((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"[〔\[(（]((?:19|20)\d\d)[〕\])）]第?(\d+)号")
_COUNT = "0-9一二三四五六七八九十"


@dataclass(frozen=True)
class Wording:
    """One wording read: its text without fillers, its weighted pairs, and what makes it another thing."""

    text: str
    pairs: dict[str, float]
    years: frozenset[str]
    places: frozenset[tuple[str, str]]
    kinds: frozenset[str]
    parts: frozenset[str]
    numbers: frozenset[str]

    @property
    def weight(self) -> float:
        """Return the weight of all pairs together."""
        return sum(self.pairs.values())


@dataclass(frozen=True)
class _Lists:
    fillers: re.Pattern[str]
    synonyms: re.Pattern[str]
    first: dict[str, str]
    common: frozenset[str]
    kinds: re.Pattern[str]
    places: re.Pattern[str]
    parts: re.Pattern[str]
    mark: str


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    raw = LISTS.read_bytes()
    told = tomllib.loads(raw.decode())
    first = {name: names[0] for names in told["synonyms"] for name in names}
    common = {pair for word in told["common"] for pair in _pairs(list(word))}
    return _Lists(
        fillers=_any(told["fillers"]), synonyms=_any(list(first)), first=first, common=frozenset(common),
        kinds=_any(told["kinds"]), places=re.compile(rf"([\u4e00-\u9fff]{{2,4}}?)({_any(told['places']).pattern})"),
        parts=re.compile(rf"(?:第?([{_COUNT}]+))({_any(told['parts']).pattern})"),
        mark=hashlib.sha256(raw).hexdigest()[:8],
    )  # fmt: skip


def _any(words: list[str]) -> re.Pattern[str]:
    """Match any of the words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def lists_mark() -> str:
    """Return a mark of the word lists; wordings indexed under another mark must be indexed anew."""
    return _lists().mark


@lru_cache(maxsize=4096)
def read(text: str) -> Wording:
    """Read one wording."""
    lists = _lists()
    plain = _plain(text)
    numbers = frozenset(f"〔{year}〕{number}号" for year, number in _NUMBER.findall(plain))
    bare = _NUMBER.sub("", plain)
    years, parts = (
        _years(bare),
        frozenset(f"{_digits(count)}{part}" for count, part in lists.parts.findall(bare)),
    )
    core = lists.synonyms.sub(lambda found: lists.first[found.group()], lists.fillers.sub("", plain))
    core = "".join(_UNIT.findall(core)) or "".join(_UNIT.findall(plain))
    places = frozenset(_named(name, kind) for name, kind in lists.places.findall(_YEAR.sub(" ", core)))
    pairs = {
        pair: COMMON if pair in lists.common or pair[0].isdigit() or pair[-1].isdigit() else RARE
        for pair in _pairs(_UNIT.findall(core))
    }
    return Wording(core, pairs, years, places, frozenset(lists.kinds.findall(core)), parts, numbers)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("(", "〔").replace(")", "〕")
    folded = "".join(folded.split())
    return _CHINESE_YEAR.sub(lambda found: found.group().translate(_NUMERAL), folded)


def _years(text: str) -> frozenset[str]:
    found = {year for year in _YEAR.findall(text) if FIRST_YEAR <= int(year) <= LAST_YEAR}
    for first, last in _YEARS.findall(text):
        if 0 < int(last) - int(first) <= MOST_YEARS:
            found.update(str(year) for year in range(int(first), int(last) + 1))
    return frozenset(found)


def _named(name: str, kind: str) -> tuple[str, str]:
    """Name a place by its kind and the end of its name: 岫阳镇采薇村 and 采薇村 are one village."""
    return kind, name[-(COMPANY_LENGTH if kind.endswith("公司") else NAME_LENGTH) :] + kind


def _digits(count: str) -> str:
    return "10" if count == "十" else count.translate(_NUMERAL)


def _pairs(units: list[str]) -> list[str]:
    return [a + b for a, b in pairwise(units)] or units

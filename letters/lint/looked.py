"""What the rules look at: a text, the facts it was made from, and what the register knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from letters.catalogue import PaperKind, kind_of
from letters.compose_paper import Composed
from letters.facts import item_facts
from letters.register import check_register
from letters.shapes import is_blank
from letters.vocabulary import clause, from_numeral, numeral, quoted

#: The heading, or the first words, of what a letter says about one item.
ABOUT = re.compile(
    r"(?:关于|对于|针?对)(?:您|贵单位|你|申请人)?(?:的|所?(?:申请|提出)(?:公开)?的)?第([一二三四五六七八九十百千零]{1,8}|\d{1,4})项"
)
REMEDIES = re.compile(r"救济途径|提起行政诉讼|申请行政复议")


class Looked:
    """A paper with its facts, as the rules look at it.

    `facts["register"]` holds what the register knows beside the paper: received_on, due_on, items, consultations,
    earlier_replies, redactions by item, supplements, seal, late_on_record, day_assumed. No wording reads it.

    :param foreign: the text was written or edited elsewhere, and may lack what the composer always writes
    """

    def __init__(self, composed: Composed, facts: Mapping[str, Any], *, foreign: bool = False) -> None:
        """Look at a paper. Raises BadFacts for a register that is not of its shape."""
        check_register(facts.get("register"))
        self.composed = composed
        self.facts = facts
        self.foreign = foreign
        self.kind: PaperKind = kind_of(composed.kind)
        self.on: date = composed.on
        self.text: str = composed.text

    @cached_property
    def asked(self) -> list[dict[str, Any]]:
        """Return every item of the facts, answered or not."""
        return [dict(item) for item in self.facts.get("items") or () if isinstance(item, Mapping)]

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Return the items that have an outcome, with their facts flat."""
        return [item_facts(item) for item in self.asked if not is_blank(item.get("outcome"))]

    @cached_property
    def register(self) -> Mapping[str, Any]:
        """Return what the register knows, empty where nothing was told."""
        found = self.facts.get("register")
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the text."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @cached_property
    def own_words(self) -> str:
        """Return the text without the applicant's own words, which it restates."""
        text = self.text
        for item in self.asked:
            for words in (
                quoted(str(item.get("description") or "")),
                clause(str(item.get("description") or "")),
            ):
                if len(words) > 2:
                    text = text.replace(words, "“”")
        request = clause(str(self.facts.get("request_text") or ""))
        return text.replace(quoted(request), "“”").replace(request, "“”") if request else text

    @cached_property
    def sections(self) -> dict[int, str]:
        """Return what the paper says about each item it answers, by number."""
        if not self.foreign:
            return {int(s["seq"]): "\n".join(s["lines"]) for s in self.composed.sections}
        if not self.is_reply:
            return {}
        found: dict[int, list[str]] = {}
        current: int | None = None
        for line in self.paragraphs:
            about = ABOUT.search(line) if len(line) < 60 and not REMEDIES.search(line) else None
            if about:
                current = number_of(about[1])
                found.setdefault(current, [])
            elif len(line) < 20 and "救济途径" in line:
                current = None
            if current is not None and not REMEDIES.search(line):
                found[current].append(line)
        if found:
            return {seq: "\n".join(lines) for seq, lines in found.items()}
        body = "\n".join(line for line in self.paragraphs if not REMEDIES.search(line))
        if len(self.asked) == 1:
            return {int(self.asked[0].get("seq") or 1): body}
        if by_words := self._by_descriptions():
            return by_words
        told = [i for i in self.asked if bare(str(i.get("description") or "")) in bare(self.text)]
        return {int(item.get("seq") or 0): body for item in told}

    def _by_descriptions(self) -> dict[int, str]:
        """Return what follows each item's own words in a text without numbered headings; nothing where they stand together."""
        lines = self.paragraphs
        plain = [bare(line) for line in lines]
        starts: dict[int, int] = {}
        for item in self.asked:
            words = bare(str(item.get("description") or ""))
            found = [at for at, line in enumerate(plain) if words and words in line]
            if not found or found[-1] in starts:
                return {}
            starts[found[-1]] = int(item.get("seq") or 0)
        edges = [*sorted(starts), len(lines)]
        return {
            starts[at]: "\n".join(line for line in lines[at:end] if not REMEDIES.search(line))
            for at, end in pairwise(edges)
        }

    @property
    def told_apart(self) -> bool:
        """Return whether the paper tells its items apart, so that what is said of one is not taken for another's."""
        said = list(self.sections.values())
        return not self.foreign or len(said) < 2 or len(set(said)) == len(said)

    @property
    def is_reply(self) -> bool:
        """Return whether the paper answers items."""
        return self.kind.wording_name == "reply"

    @property
    def office(self) -> Mapping[str, Any]:
        """Return the facts of the office."""
        found: Mapping[str, Any] = self.facts["office"]
        return found

    def section(self, item: Mapping[str, Any]) -> str:
        """Return what the paper says about an item."""
        return self.sections.get(int(item["seq"]), "")

    def day(self, name: str) -> date | None:
        """Return a fact that is a day, or None."""
        return as_day(self.facts.get(name))

    def registered(self, name: str) -> date | None:
        """Return a day the register gives, or None."""
        return as_day(self.register.get(name))

    def place_of(self, words: str) -> str:
        """Return the path of the fact that brought words into the text; `text` where none did."""
        for item in self.asked:
            for name, value in (item | dict(item.get("facts") or {})).items():
                if words in str(value) and name != "description":
                    return f"items.{item.get('seq')}.{name}"
        for name, value in self.facts.items():
            if name not in ("items", "office", "register") and words in str(value):
                return name
        return "office.name" if words in str(self.facts.get("office") or "") else "text"


def as_day(value: Any) -> date | None:
    """Return a day written as 2026-03-02, or None."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def label_of(seq: Any) -> str:
    """Return how a letter names an item: 第一项."""
    return f"第{numeral(int(seq))}项"


def number_of(text: str) -> int:
    """Read the number of an item in figures or in Chinese; 0, which no item has, for one that is neither."""
    try:
        return int(text) if text.isdecimal() else from_numeral(text)
    except ValueError:
        return 0


def bare(text: str) -> str:
    """Return a text without spaces, quotation marks and punctuation."""
    return re.sub(r"[\s“”‘’\"'，。；、：（）()《》]", "", text)


def alike(one: str, other: str) -> float:
    """Return how much of the shorter of two texts stands in the other: 0 to 1, by pairs of characters."""
    a, b = _pairs(one), _pairs(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def held(part: str, whole: str) -> float:
    """Return how much of a text stands in another: 0 to 1, by pairs of characters."""
    a, b = _pairs(part), _pairs(whole)
    return len(a & b) / len(a) if a else 1.0


def _pairs(text: str) -> set[str]:
    plain = bare(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or ({plain} if plain else set())

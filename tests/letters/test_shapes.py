"""Facts of any shape: whatever another system sends is composed or refused by name, never a crash."""

from collections.abc import Iterator
from typing import Any

import pytest

from letters import lint
from letters.catalogue import KINDS
from letters.compose_paper import compose
from letters.errors import BadFacts
from letters.shapes import well_shaped
from tests.letters import samples

ODD = (5, -1, True, 1.5, ["甲"], [5], {"a": 1}, [{"a": 1}], "2026-13-99", "\n甲\n乙", [[1]], {"name": 5})


def places(facts: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every fact, and to the first of a list."""
    if path:
        yield path
    inside = (
        facts.items() if isinstance(facts, dict) else enumerate(facts[:1]) if isinstance(facts, list) else ()
    )
    for key, value in inside:
        if path != ("office",):
            yield from places(value, (*path, key))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_of_another_shape_is_written_or_refused_by_name(kind: str):
    for path in places(samples.facts(kind)):
        for odd in ODD:
            facts = samples.facts(kind)
            group: Any = facts
            for key in path[:-1]:
                group = group[key]
            group[path[-1]] = odd
            try:
                made = compose(kind, facts, on=samples.ON)
            except BadFacts:
                continue
            lint.check(made, facts)


@pytest.mark.parametrize("name, value, where", [
    ("days", "15", "days"), ("days", -1, "days"), ("days", True, "days"), ("received_on", "2026-02-30", "received_on"),
    ("office", "局", "office"), ("addressee", {"name": 5}, "addressee.name"), ("items", {}, None), ("items", [5], "items.1"),
    ("items", [{"seq": 1, "grounds": "条例第十四条"}], "items.1.grounds"), ("attachments", ["", "图"], "attachments"),
    ("items", [{"searches": [{"searched_on": "昨天"}]}], "items.1.searches.1.searched_on"), ("matters", ["甲", 5], "matters"),
    ("matters", "甲\n乙", None), ("pages", 3, None), ("pages", "2—4", None), ("reason", 3, "reason"), ("electronic", False, None),
])  # fmt: skip
def test_each_fact_has_its_shape(name: str, value: Any, where: str | None):
    if where is None:
        well_shaped(name, value)
        return
    with pytest.raises(BadFacts) as caught:
        well_shaped(name, value)
    assert caught.value.fact == where

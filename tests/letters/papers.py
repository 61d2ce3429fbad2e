"""Every sample paper, composed and drawn once for all tests."""

from copy import deepcopy
from functools import cache
from typing import Any

from letters.catalogue import KINDS, reply_kind
from letters.compose_paper import Composed, compose
from letters.print_shop import printed
from tests.letters import samples

NUMBER = "清自然资依复〔2026〕12号"
NAMES = [*KINDS, *(f"outcome-{name}" for name in samples.ITEMS)]
#: Papers that are text alone: a table is not drawn line by line as its text is written.
LETTERS = [
    name for name in NAMES if name not in KINDS or (KINDS[name].form == "letter" and not KINDS[name].annex)
]


def facts_of(name: str) -> dict:
    """Return kind and facts of a sample by name."""
    if name.startswith("outcome-"):
        return samples.with_items(samples.ITEMS[name.removeprefix("outcome-")])
    return samples.facts(name)


def kind_of(name: str) -> str:
    """Return the kind of a sample."""
    return reply_kind([name.removeprefix("outcome-")]) if name.startswith("outcome-") else name


@cache
def composed(name: str) -> Composed:
    """Return a sample with number and day."""
    return compose(kind_of(name), facts_of(name), on=samples.ON).issued(NUMBER, samples.ON)


@cache
def drawn(name: str) -> bytes:
    """Return the PDF of a sample."""
    made = compose(kind_of(name), facts_of(name), on=samples.ON)
    return printed(made, facts_of(name), on=samples.ON, number=NUMBER)


def put(facts: dict[str, Any], path: str, value: Any) -> None:
    """Put a fact at its path (items.2.reason) into the facts of a paper; None takes it out."""
    held: Any = facts
    *way, last = path.split(".")
    for step in way:
        if isinstance(held, list):
            held = next(item for item in held if item["seq"] == int(step))
        else:
            held = held.setdefault(step, {})
    if value is None:
        del held[last]
    else:
        held[last] = deepcopy(value)

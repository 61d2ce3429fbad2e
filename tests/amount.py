"""How much of what is alike a run asks for: a share of it in the quick suite, all of it in `./dev test --full`."""

from __future__ import annotations

import os

from hypothesis import settings

#: `./dev test --full` says so by the Hypothesis profile it chooses for SQLite and the browser.
FULL = os.environ.get("HYPOTHESIS_PROFILE") == "full"
#: How often the arithmetic of days and money is asked; other properties take their profile's examples.
OFTEN = settings(max_examples=10_000 if FULL else 200)


def turn_of(number: int, share: int) -> bool:
    """Tell whether the thing with a number has its turn: one in `share` in the quick suite, each in the full one."""
    return FULL or number % share == 0

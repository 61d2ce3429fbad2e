"""Draw cases by lot so that anybody can draw the same ones again (随机抽取)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw(population: Iterable[int], *, seed: str, size: int) -> list[int]:
    """Return the ids drawn from a population, in the order of the lot.

    Each id gets the SHA-256 of "seed:id"; those with the lowest values are drawn. The same seed draws the same ids on any
    machine and in any language, an id's lot does not depend on the others, and a larger size only adds to a smaller one.

    :param size: how many to draw; all of a population that has no more
    """
    lots = sorted((hashlib.sha256(f"{seed}:{one}".encode()).hexdigest(), one) for one in set(population))
    return [one for _, one in lots[:size]]


def fingerprint(population: Iterable[int]) -> str:
    """Return a hash by which two populations are compared."""
    return hashlib.sha256(",".join(str(one) for one in sorted(set(population))).encode()).hexdigest()

"""Exceptions from de-identification (惩戒公示, 强制性信息披露) as data: what stays, what does not, and on what basis."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exemption:
    """One reason for which some kinds of personal data stay in a disclosed copy."""

    key: str
    name: str
    meaning: str
    basis: str
    keeps: frozenset[str]
    still_hidden: frozenset[str]
    needs_article: bool
    applies_from: date
    certainty: str
    source: str

    def allows(self, kind: str, article: str) -> bool:
        """This function will tell whether a kind may stay for this reason.

        :param kind: a kind of `detect.found`
        :param article: the article that demands the publication, as the reviewer wrote it; blank allows nothing where the
            exception needs one
        """
        return kind in self.keeps and (bool(article.strip()) or not self.needs_article)


class UnknownExemption(LookupError):
    """Raised for an exception that is not in the table."""


@cache
def _table() -> dict[str, Exemption]:
    rows = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
    return {
        key: Exemption(
            key, row["name"], row["meaning"], row["basis"], frozenset(row["keeps"]), frozenset(row["still_hidden"]),
            row["needs_article"], row["applies_from"], row["certainty"], row["source"],
        )
        for key, row in rows.items()
    }  # fmt: skip


def exemptions(on: date) -> tuple[Exemption, ...]:
    """This function will give the exceptions in effect on a day."""
    return tuple(one for one in _table().values() if one.applies_from <= on)


def exemption(key: str) -> Exemption:
    """This function will give one exception by its key.

    :raises UnknownExemption: where there is none
    """
    try:
        return _table()[key]
    except KeyError as error:
        raise UnknownExemption(f"没有名为“{key}”的去标识化例外") from error

"""Which class of remedy an outcome has on the day of signature: A, B, C, or P for procedural papers."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from law.errors import BadFacts
from law.values import Overrides, dated, flag, table, text

NO_REPLY = "no_reply"
"""What is called an outcome here though there is none: the term passed without a reply."""


class ClassRule(NamedTuple):
    """Hold an outcome's class on a day, the form its sentence takes, and by what authority.

    `form` is A (先复议), B (复议或者起诉) or R (只写复议, where an office has read that there is no direct suit).
    """

    cls: str
    form: str
    citation: str
    certainty: str


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "classes.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {name: group for group, names in _tables()["groups"].items() for name in names}


def class_rule(outcome: str, on: date, overrides: Overrides | None = None) -> ClassRule:
    """Tell an outcome's class on the day of signature, an office's own reading where the law leaves one.

    :raises BadFacts: before 2008-05-01, when there were no such requests
    """
    key = f"remedies.class.{_groups().get(outcome, 'other')}"
    check_in_force(on, key=key)
    law = dated(key, on)
    cls = text(key, on, overrides)
    form = cls
    if cls == "C":
        form = "B" if flag("remedies.excluded_direct_suit", on, overrides) else "R"
    return ClassRule(cls, form, law.citation, str(law.certainty))


def check_in_force(on: date, *, key: str = "remedies.class.other", what: str = "答复") -> None:
    """Refuse a day before there were requests.

    :raises BadFacts: before 2008-05-01
    """
    first = table()[key][0].from_on
    if on < first:
        raise BadFacts(
            "on",
            f"{on} 时《政府信息公开条例》尚未施行（{first.year}年{first.month}月{first.day}日起），没有这样的{what}。",
        )


def is_procedural(paper_kind: str) -> bool:
    """Say whether a paper is procedural (class P) and so bears no remedy clause."""
    return paper_kind in _tables()["papers"]["procedural"]


def procedural_papers() -> tuple[str, ...]:
    """List the procedural papers."""
    return tuple(_tables()["papers"]["procedural"])


def bears_objection(paper_kind: str) -> bool:
    """Say whether a procedural paper tells how to object to it instead (收费通知)."""
    return paper_kind in _tables()["papers"]["objection"]

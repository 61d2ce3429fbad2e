"""The one way from the room to the detectors; that they are not there, or fail, is said and never passed over."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workflow.redaction_kinds import PERSONAL
from workflow.review.redaction import Box
from workflow.review.redaction.glyphs import Glyph

MODULE, FUNCTION = "workflow.review.redaction.detect.layout", "find_on_page"
ABSENT = "本系统没有安装个人信息识别程序，没有系统建议；请逐页人工查看"

Find = Callable[[Sequence[Glyph]], list[Any]]


class NoDetectors(LookupError):
    """Raised where the detectors are not installed."""


@dataclass(frozen=True)
class Suggestion:
    """What looks like personal information on a page: a kind of `PERSONAL`, where, why, how sure in per cent.

    :param text: what it says; empty for a seal, a signature
    """

    kind: str
    boxes: tuple[Box, ...]
    text: str
    reason: str
    confidence: int
    rule: str


def detectors() -> Find:
    """Return what finds personal information among the characters of a page. Raises NoDetectors where there is none."""
    try:
        found: Find = getattr(importlib.import_module(MODULE), FUNCTION)
    except ModuleNotFoundError as error:
        if error.name and not MODULE.startswith(error.name):
            raise
        raise NoDetectors(ABSENT) from error
    return found


def suggestions(find: Find, glyphs: Sequence[Glyph]) -> list[Suggestion]:
    """Return what the detectors suggest for the characters of one page, in lines and in the columns of tables."""
    return [
        Suggestion(
            kind=kept_kind(one.found.kind), boxes=tuple(one.boxes),
            text="".join(glyphs[place].char for place in one.places), reason=str(one.found.reason)[:200],
            confidence=max(0, min(100, round(one.found.confidence * 100))), rule=str(one.found.rule or one.found.kind)[:80],
        )
        for one in find(glyphs)
    ]  # fmt: skip


def kept_kind(kind: str) -> str:
    """Return a detector's kind as marks know it."""
    return kind if kind in PERSONAL else "other"

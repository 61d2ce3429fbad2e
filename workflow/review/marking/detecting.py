"""The one way from the room to the detectors; that they are not there, or fail, is said and never passed over."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow.redaction_kinds import PERSONAL

MODULE, FUNCTION = "workflow.review.redaction.detect.text", "find"
ABSENT = "本系统没有安装个人信息识别程序，没有系统建议；请逐页人工查看"


class NoDetectors(LookupError):
    """Raised where the detectors are not installed."""


@dataclass(frozen=True)
class Suggestion:
    """A stretch of a page's text that looks like personal information: a kind of `PERSONAL`, why, how sure in per cent."""

    kind: str
    start: int
    end: int
    reason: str
    confidence: int
    rule: str


def detectors() -> Callable[[str], list[Any]]:
    """Return what finds personal information in a text. Raises NoDetectors where it is not installed."""
    try:
        found: Callable[[str], list[Any]] = getattr(importlib.import_module(MODULE), FUNCTION)
    except ModuleNotFoundError as error:
        if error.name and not MODULE.startswith(error.name):
            raise
        raise NoDetectors(ABSENT) from error
    return found


def suggestions(find: Callable[[str], list[Any]], text: str) -> list[Suggestion]:
    """Return what the detectors suggest for the text of one page."""
    return [
        Suggestion(
            kind=one.kind if one.kind in PERSONAL else "other", start=one.start, end=one.end,
            reason=str(one.reason)[:200], confidence=max(0, min(100, round(one.confidence * 100))),
            rule=str(one.rule or one.kind)[:80],
        )
        for one in find(text)
        if 0 <= one.start < one.end <= len(text)
    ]  # fmt: skip

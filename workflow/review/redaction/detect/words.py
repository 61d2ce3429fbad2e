"""Words that make a text sensitive: illness and treatment, minors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workflow.review.redaction.detect.found import MEDICAL, MINOR, Found
from workflow.review.redaction.detect.tables import table
from workflow.review.redaction.detect.trie import any_of


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str, float], ...]:
    return tuple(
        (
            kind,
            re.compile(any_of(rows["words"]) + rows.get("unless_before", "")),
            rows["reason"],
            rows["confidence"],
        )
        for name, kind in (("medical", MEDICAL), ("minor", MINOR))
        for rows in table(name).values()
    )


def sensitive_words(text: str) -> Iterator[Found]:
    """This function will find words of illness and treatment, and words that tell that somebody is a minor."""
    for kind, pattern, reason, confidence in _patterns():
        for match in pattern.finditer(text):
            yield Found(kind, match.start(), match.end(), match.group(0), reason, confidence)

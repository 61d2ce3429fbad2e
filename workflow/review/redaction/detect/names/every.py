"""All ways of finding names, put together: of two that overlap the better founded one stays."""

from __future__ import annotations

from workflow.review.redaction.detect.found import Found
from workflow.review.redaction.detect.names.alone import again, lone_names, shaped_names
from workflow.review.redaction.detect.names.columns import column_names
from workflow.review.redaction.detect.names.cued import cued_names
from workflow.review.redaction.detect.names.scored import score_all

#: Rules by which a name is announced by a cue; the others go by its look.
CUED = frozenset({"field", "role", "title", "signature", "column", "listed"})
_ORDER = {
    rule: rank
    for rank, rule in enumerate(
        (
            "column",
            "field",
            "role",
            "signature",
            "dotted",
            "syllables",
            "title",
            "listed",
            "look",
            "beside",
            "again",
        )
    )
}


def names(text: str) -> list[Found]:
    """This function will find the names of persons in a text.

    :param text: text with plain digits and lines joined; tables with tabs between cells
    """
    scored = score_all(text)
    found = _apart([*column_names(text), *cued_names(scored), *shaped_names(scored), *lone_names(scored)])
    return _apart([*found, *again(scored, found)])


def _apart(found: list[Found]) -> list[Found]:
    """Keep one of those that overlap: by the strength of its rule, then by its confidence, then the longer."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (_ORDER[f.rule], -f.confidence, f.start - f.end)):
        span = range(one.start, one.end)
        if taken.isdisjoint(span):
            kept.append(one)
            taken.update(span)
    return sorted(kept, key=lambda f: f.start)

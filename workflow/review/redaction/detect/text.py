"""Every detector over one text: what each finds, in the order of the text, nothing found twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workflow.review.redaction.detect.addresses import addresses
from workflow.review.redaction.detect.births import birth_dates
from workflow.review.redaction.detect.codes import bank_cards, credit_codes
from workflow.review.redaction.detect.contacts import accounts, emails
from workflow.review.redaction.detect.folding import Folded, fold
from workflow.review.redaction.detect.found import NAME, Found
from workflow.review.redaction.detect.identity import resident_ids
from workflow.review.redaction.detect.names.every import names
from workflow.review.redaction.detect.papers import passports, permits, plates
from workflow.review.redaction.detect.phones import landlines, mobiles
from workflow.review.redaction.detect.plain import half_width
from workflow.review.redaction.detect.words import sensitive_words

#: All detectors. Where two claim the same characters, the one that is surer keeps them, then the one that stands first.
DETECTORS: tuple[Callable[[str], Iterable[Found]], ...] = (
    resident_ids, credit_codes, bank_cards, mobiles, passports, permits, plates, emails, accounts, landlines, birth_dates,
    addresses, names, sensitive_words,
)  # fmt: skip


def find(text: str, wrapped: frozenset[int] | None = None) -> list[Found]:
    """This function will find what looks like personal data in one text.

    :param text: one page, sheet or file; table cells parted by tabs
    :param wrapped: places of line ends that the layout knows to be mere wraps; without it they are guessed
    :return: suggestions by their place; offsets are of the text as given
    """
    folded = fold(text, wrapped)
    plain = half_width(folded.text)
    found = [one for detector in DETECTORS for one in detector(plain)]
    return [_as_given(one, text, folded) for one in _apart(found)]


def _as_given(one: Found, text: str, folded: Folded) -> Found:
    start, end = folded.original(one.start, one.end)
    return Found(
        one.kind,
        start,
        end,
        text[start:end].replace("\r", "").replace("\n", ""),
        one.reason,
        one.confidence,
        one.rule,
    )


def _apart(found: list[Found]) -> list[Found]:
    """Keep the surer of two that overlap; a name and a number inside an address, and a word inside a name, may both stay."""
    kept: list[Found] = []
    taken: dict[int, Found] = {}
    ranked = sorted(enumerate(found), key=lambda pair: (-pair[1].confidence, pair[0]))
    for _, one in ranked:
        rivals = {taken[place] for place in range(one.start, one.end) if place in taken}
        if all(_both(one, rival) for rival in rivals):
            kept.append(one)
            taken.update((place, one) for place in range(one.start, one.end))
    return sorted(kept, key=lambda f: (f.start, f.end))


def _both(one: Found, other: Found) -> bool:
    return (
        one.kind != other.kind
        and bool({one.kind, other.kind} & {"address", "minor", "medical"})
        and NAME not in (one.kind, other.kind)
    )

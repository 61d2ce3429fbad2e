"""Finding personal data: characters a second over the labelled corpus, all detectors and each alone, by processor time of one core."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from time import process_time

from tests.review.detection.corpus import samples
from workflow.review.redaction.detect.text import DETECTORS, find

CHARACTERS = 300_000
#: A text as long as a long page, so that nothing is gained by shortness.
PAGE = 2_000


def _texts() -> list[str]:
    """Give pages of the corpus' sentences, together as many characters as are measured."""
    found, page, total = [], "", 0
    for sample in cycle(samples()):
        page += sample.text + "\n"
        if len(page) >= PAGE:
            found.append(page)
            total += len(page)
            page = ""
        if total >= CHARACTERS:
            return found
    raise AssertionError


def run(arguments: Sequence[str]) -> None:
    """Print characters a second of all detectors together and of each."""
    texts = _texts()
    find(texts[0])
    total = sum(map(len, texts))
    print(f"| detector | characters/s |\n|---|---|\n| all | {total / _seconds(texts, find):,.0f} |")
    for detector in DETECTORS:
        print(
            f"| {detector.__name__} | {total / _seconds(texts, lambda text, d=detector: list(d(text))):,.0f} |"
        )


def _seconds(texts, work) -> float:
    start = process_time()
    for text in texts:
        work(text)
    return process_time() - start

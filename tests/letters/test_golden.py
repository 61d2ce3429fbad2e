"""The whole text of every kind of paper and of a reply for every outcome."""

import os
import re
from pathlib import Path

import pytest

from law.outcomes import Outcome
from letters.catalogue import KINDS
from tests.letters import samples
from tests.letters.papers import LETTERS, NAMES, composed

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_golden_text(name: str):
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(composed(name).text, encoding="utf-8")
    assert composed(name).text == path.read_text(encoding="utf-8")


def test_there_is_a_golden_text_for_every_kind_and_outcome_and_no_other():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(NAMES)
    assert set(samples.SAMPLES) == set(KINDS)
    without_reply = {"lapsed_supplement", "lapsed_fee", "withdrawn"}
    assert set(samples.ITEMS) == {str(outcome) for outcome in Outcome} - without_reply


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_has_no_slips_of_punctuation(name: str):
    """Nothing a fussy reader would send back: doubled marks, western marks between Chinese, holes."""
    text = composed(name).text
    for slip in (r"[。，；：、]{2,}", r"”。”", r"[\u4e00-\u9fff][,;:!?()][\u4e00-\u9fff]", r"[^\n ]  +", r"：。", r"（）", r"〔〕", r"None|True|False",
                 r"\ue000", r"《》", r"“”", r"[，；、]\n"):  # fmt: skip
        assert not re.search(slip, text), (slip, re.search(slip, text))
    assert "  " not in text

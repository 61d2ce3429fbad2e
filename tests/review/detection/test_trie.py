"""Many words as one pattern: the same answer as trying each of them, longest first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from workflow.review.redaction.detect.trie import any_of

WORDS = st.lists(st.text("甲乙丙.(", min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


@given(WORDS, st.text("甲乙丙.(", max_size=12))
def test_it_finds_what_the_plain_alternatives_find(words, text):
    plain = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    assert [m.span() for m in re.finditer(any_of(words), text)] == [
        m.span() for m in re.finditer(plain, text)
    ]


def test_something_may_stand_between_the_characters():
    assert re.fullmatch(any_of(["申请人", "申请"], "[ 　]{0,2}"), "申 请　人")

"""Line ends: what may begin a line, what may end one, and how a line fills its room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.typeset.lines import break_lines
from letters.typeset.measures import CELL, TEXT_WIDTH
from letters.typeset.units import NO_END, NO_START

NARROW = set("，。、；：？！）》”〕】’")


def half(char: str) -> float:
    return CELL / 2 if char.isascii() else CELL


def broken(text: str, width: float = TEXT_WIDTH, indent: float = 2 * CELL):
    return list(break_lines(text, half, em=CELL, width=width, indent=indent))


def runs_of_marks(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if char in NO_START or char in NO_END else 0
        longest = max(longest, run)
    return longest


HAN = st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动")
MARKS = st.sampled_from("，。、；：？！）》”（《“〔〕")
LATIN = st.sampled_from(
    ["2026", "15", "GB/T", "A4", "https://www.example.gov.cn/a/b.html", "3.5%", "12,000", "PDF"]
)
TEXTS = st.lists(st.one_of(HAN, HAN, HAN, HAN, MARKS, LATIN), min_size=1, max_size=200).map("".join)


@given(TEXTS)
def test_no_line_begins_or_ends_against_the_rules(text: str):
    if runs_of_marks(text) > 8:
        return
    lines = broken(text)
    for line in lines[1:]:
        assert line.text[0] not in NO_START, lines
    for line in lines[:-1]:
        assert line.text[-1] not in NO_END, lines


@given(TEXTS)
def test_nothing_is_lost_and_nothing_added(text: str):
    assert "".join(line.text for line in broken(text)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS)
def test_no_line_is_wider_than_its_room(text: str):
    for n, line in enumerate(broken(text)):
        room = TEXT_WIDTH - (2 * CELL if n == 0 else 0)
        drawn = sum(half(char) for char in line.text) + sum(line.gaps[:-1])
        # A mark at the end may hang by its own blank half.
        hang = CELL / 2 if line.text[-1] in NARROW else 0
        assert drawn <= room + hang + 0.02


def test_twenty_eight_characters_fill_a_line():
    lines = broken("字" * 100, indent=0)
    assert [len(line.text) for line in lines] == [28, 28, 28, 16]
    assert all(abs(gap) < 0.01 for gap in lines[0].gaps)


def test_a_mark_that_would_begin_a_line_is_pulled_in():
    lines = broken("这是第一句，字数不多，" + "字" * 17 + "。后面还有一些字", indent=0)
    assert lines[0].text.endswith("。")
    assert len(lines[0].text) == 29


@pytest.mark.parametrize("token", ["2026年", "13904151234", "A4", "12,000元", "0415-3126677"])
def test_a_number_or_word_stays_whole(token: str):
    for lead in range(20, 28):
        joined = [line.text for line in broken("字" * lead + token + "字" * 30, indent=0)]
        assert any(token in line for line in joined), joined


def test_a_run_longer_than_a_line_is_broken_behind_its_signs():
    url = "https://www.qingyuan.example.gov.cn/zwgk/zfxxgk/fdzdgknr/zrzy/2026/0302/content_12345678.html"
    lines = [line.text for line in broken("网址为" + url + "。")]
    assert len(lines) > 1
    assert all(line[-1] in "/-_." for line in lines[:-1])


def test_a_run_without_signs_is_broken_anyway():
    lines = broken("a" * 500)
    assert "".join(line.text for line in lines) == "a" * 500
    assert len(lines) >= 8


def test_no_paragraph_ends_with_a_lone_character():
    for count in range(27, 120):
        lines = broken("字" * count + "。", indent=2 * CELL)
        if len(lines) > 1:
            assert len(lines[-1].text.rstrip("。")) >= 2 or lines[-1].text == "", count


def test_marks_in_a_row_close_up():
    line = broken("他说“《条例》”。好", indent=0)[0]
    closed = [n for n, gap in enumerate(line.gaps) if gap < 0]
    assert [line.text[n] for n in closed] == ["“", "》", "”"]

"""The vocabulary: numerals, days, citations, money, sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import vocabulary as v


@pytest.mark.parametrize("value, text", [
    (0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (36, "三十六"), (100, "一百"), (101, "一百零一"),
    (110, "一百一十"), (256, "二百五十六"), (1001, "一千零一"), (1010, "一千零一十"), (2026, "二千零二十六"),
])  # fmt: skip
def test_numerals(value: int, text: str):
    assert v.numeral(value) == text


def test_days_are_written_without_zeros():
    assert v.day("2026-03-02") == v.day(date(2026, 3, 2)) == "2026年3月2日"


@pytest.mark.parametrize("ground, words", [
    ("16.2", "第十六条第二款"), ("36.3", "第三十六条第三项"), ("14", "第十四条"), ("条例第十五条", "第十五条"),
    ("《条例》第三十七条", "第三十七条"), ("《中华人民共和国政府信息公开条例》第十六条第一款", "第十六条第一款"),
])  # fmt: skip
def test_citations(ground: str, words: str):
    assert v.cite(ground) == words


def test_what_is_no_provision_is_refused():
    with pytest.raises(ValueError, match="看不懂"):
        v.cite("内部规定")


def test_provisions_in_one_breath():
    assert (
        v.provisions(["16.2", "15"], "第三十六条第三项")
        == "《条例》第十五条、第十六条第二款、第三十六条第三项"
    )
    assert (
        v.provisions(["14", "《统计法》第九条"], "第三十六条第三项")
        == "《条例》第十四条、第三十六条第三项和《统计法》第九条"
    )
    assert v.provisions(["16.2", "条例第十六条第二款"]) == "《条例》第十六条第二款"


@pytest.mark.parametrize("yuan, text", [
    (100, "壹佰"), (1700, "壹仟柒佰"), (2000, "贰仟"), (10001, "壹万零壹"), (105000, "壹拾万伍仟"), (20000305, "贰仟万零叁佰零伍"),
    (0, "零"), (100000000, "壹亿"),
])  # fmt: skip
def test_money(yuan: int, text: str):
    assert v.money(yuan) == f"{yuan}元（大写：人民币{text}元整）"


@pytest.mark.parametrize("text, wanted", [
    ("理由充分", "理由充分。"), ("理由充分。", "理由充分。"), ("见网站（http://a.cn）", "见网站（http://a.cn）。"),
    ("他说“可以。”", "他说“可以。”"), ("一；", "一。"), ("真的？", "真的？"),
])  # fmt: skip
def test_sentences_end_once(text: str, wanted: str):
    assert v.sentence(text) == wanted


def test_quotes_within_quotes():
    assert v.quoted("关于“城北”的批复。") == "“关于‘城北’的批复”"


def test_lines_of_a_text_lose_the_clerks_own_numbers():
    assert v.lines("1. 第一点\n（2）第二点\n三、第三点\n\n3.5米的路") == [
        "第一点",
        "第二点",
        "第三点",
        "3.5米的路",
    ]


def test_lines_join_without_holes():
    assert v.one_line("第一行\n第二行\nGB\n9704") == "第一行第二行GB 9704"


@given(st.integers(1, 199))
def test_numerals_are_read_back(value: int):
    assert v.from_numeral(v.numeral(value)) == value

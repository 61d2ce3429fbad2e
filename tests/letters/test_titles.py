"""Titles that take several lines break between words."""

from letters.typeset.measures import TEXT_WIDTH, TITLE
from letters.typeset.titles import break_title, words


def lines(text: str) -> list[str]:
    return break_title(text, lambda char: TITLE, em=TITLE, width=TEXT_WIDTH)


def test_a_short_title_is_one_line():
    assert lines("政府信息公开申请答复书") == ["政府信息公开申请答复书"]


def test_words_are_not_torn():
    found = lines("清源县住房和城乡建设局关于部分公开老旧小区改造有关政府信息的答复书")
    assert len(found) == 2
    for word in ("城乡建设", "政府信息", "答复书", "部分"):
        assert any(word in line for line in found)
    assert not any(line.startswith("的") for line in found)


def test_lines_are_much_the_same_length():
    found = lines("关于不予公开清源县城北片区一期征地补偿安置方案专题会议讨论记录的政府信息公开申请答复书")
    assert max(map(len, found)) - min(map(len, found)) <= 6


def test_nothing_is_lost():
    text = "关于" + "某某" * 40 + "的函"
    assert "".join(lines(text)) == text
    assert "".join(words(text)) == text

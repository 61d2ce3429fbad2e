"""Which provisions 条例 has, which numbers belong to the 2007 text, and which names belong to texts no longer in force."""

from datetime import date

import pytest

from law.citations import Shape, in_force_from, old_article, repealed, shape, why_not


def test_the_present_numbers_count_from_the_day_the_revised_text_does():
    assert in_force_from() == date(2019, 5, 15)


@pytest.mark.parametrize("article,paragraphs,items,items_in", [
    (1, 1, 0, 1),  # one paragraph and no items, as every article of which nothing else is written
    (3, 4, 0, 1),
    (4, 2, 5, 2),
    (16, 2, 0, 1),
    (20, 1, 15, 1),
    (29, 2, 3, 2),
    (36, 1, 7, 1),
    (50, 2, 5, 1),
    (56, 1, 0, 1),
])  # fmt: skip
def test_shapes(article, paragraphs, items, items_in):
    assert shape(article) == Shape(paragraphs, items, items_in)


@pytest.mark.parametrize("article", [0, 57, 100])
def test_there_are_fifty_six_articles(article):
    assert shape(article) is None
    assert why_not(article, None, None) == f"条例没有第{article}条，共56条"


@pytest.mark.parametrize("article,paragraph,item,words", [
    (1, None, None, ""),
    (56, None, None, ""),
    (36, None, 7, ""),
    (36, None, 8, "条例第36条只有7项，没有第8项"),
    (36, 1, 3, ""),  # 第三十六条第一款第三项 is said in full, and is no fault
    (36, 1, None, "条例第36条只有项，没有款，请写“第×项”"),
    (36, 2, None, "条例第36条不分款，没有第2款"),
    (36, 2, 3, "条例第36条不分款，没有第2款"),
    (16, 1, None, ""),
    (16, 2, None, ""),
    (16, 3, None, "条例第16条只有2款，没有第3款"),
    (16, 2, 1, "条例第16条没有项"),
    (29, 1, None, ""),
    (29, 2, 3, ""),
    (29, 2, 4, "条例第29条只有3项，没有第4项"),
    (14, 1, None, ""),  # an article of one paragraph without items may be cited by it
    (14, None, 1, "条例第14条没有项"),
    (14, 2, None, "条例第14条不分款，没有第2款"),
])  # fmt: skip
def test_why_a_provision_is_none(article, paragraph, item, words):
    assert why_not(article, paragraph, item) == words


@pytest.mark.parametrize("article,sentence,now", [
    (21, "根据条例第二十一条答复如下", "第三十六条"),
    (21, "根据条例第二十一条，该信息不存在", "第三十六条"),
    (21, "主动公开的方式见条例第二十一条，现答复如下", None),  # the present article 21 is about just that
    (21, "见条例第二十一条", None),  # nothing says which text is meant
    (24, "根据条例第二十四条延长答复期限", "第三十三条"),
    (33, "根据条例第三十三条延长答复期限", None),  # the present article 33
    (33, "根据条例第三十三条申请行政复议", "第五十一条"),
    (14, "根据条例第十四条，涉及商业秘密", "第十五条（商业秘密、个人隐私等）、第十七条（审查）"),
    (14, "根据条例第十四条、第十五条，涉及商业秘密", None),
    (13, "根据生产、生活、科研等特殊需要（条例第十三条）", "第二十七条（不再要求“三需要”）"),
    (99, "答复", None),
])  # fmt: skip
def test_numbers_of_the_old_text(article, sentence, now):
    found = old_article(article, sentence)
    assert (found and found.now) == now
    assert found is None or found.article == article


@pytest.mark.parametrize("text,on,named", [
    ("依据国务院令第492号", date(2019, 5, 14), []),
    ("依据国务院令第492号", date(2019, 5, 15), ["国务院令第492号"]),
    ("法释〔2011〕17号第二条", date(2025, 5, 31), []),
    ("法释〔2011〕17号第二条", date(2025, 6, 1), ["法释〔2011〕17号"]),
    ("《行政复议法》第十二条", date(2024, 1, 1), ["《行政复议法》第十二条"]),
    ("第492号令和法释〔2011〕17号", date(2026, 3, 2), ["第492号令", "法释〔2011〕17号"]),
    ("依据国务院令第711号", date(2026, 3, 2), []),
])  # fmt: skip
def test_texts_no_longer_in_force(text, on, named):
    assert [words for words, _ in repealed(text, on)] == named


def test_what_took_the_place_is_said():
    ((_, why),) = repealed("国务院令第492号", date(2026, 3, 2))
    assert "国务院令第711号" in why

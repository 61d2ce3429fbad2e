"""The tree of natures: every way ends, every finding is reached, and a table a lawyer can extend."""

from __future__ import annotations

import pytest

from law import nature
from law.errors import BadFacts
from law.outcomes import Outcome

WAYS = [
    ("要求查处村委会违法占地", {"asks_information": "no", "complains": "yes"}, "petition", True, False),
    ("问补偿标准怎么算", {"asks_information": "no", "complains": "no", "asks_opinion": "yes"}, "consultation", True, False),
    ("要求改正登记的姓名", {"asks_information": "no", "complains": "no", "asks_opinion": "no", "wants_correction": "yes"}, "correction", False, False),
    ("看不出要什么", {"asks_information": "no", "complains": "no", "asks_opinion": "no", "wants_correction": "no", "wants_confirmation": "no"}, "unclear", False, False),
    ("本人处罚案卷", {"asks_information": "yes", "own_procedure": "yes"}, "own_case_file", False, True),
    ("不动产登记资料", {"asks_information": "yes", "own_procedure": "no", "special_query": "yes"}, "admin_query", False, False),
    ("村集体账目", {"asks_information": "yes", "own_procedure": "no", "special_query": "no", "published_matter": "no", "whose_body": "village"}, "village", False, True),
    ("供水公司水质月报", {"asks_information": "yes", "own_procedure": "no", "special_query": "no", "published_matter": "no", "whose_body": "enterprise"}, "public_enterprise", False, True),
]  # fmt: skip
ORGAN = {
    "asks_information": "yes", "own_procedure": "no", "special_query": "no", "published_matter": "no",
    "whose_body": "organ",
}  # fmt: skip
HELD = [
    ({"archived": "in_house"}, "archives_in_house"),
    ({"archived": "handed_over", "early": "yes"}, "archives_early"),
    ({"archived": "handed_over", "early": "no"}, "archives_handed_over"),
    ({"archived": "no", "reorganised": "in"}, "moved_in"),
    ({"archived": "no", "reorganised": "abolished"}, "moved_in"),
    ({"archived": "no", "reorganised": "out"}, "moved_out"),
    ({"archived": "no", "reorganised": "no", "origin": "made"}, "ours"),
    ({"archived": "no", "reorganised": "no", "origin": "other"}, "not_ours"),
    ({"archived": "no", "reorganised": "no", "origin": "joint_lead"}, "joint"),
    ({"archived": "no", "reorganised": "no", "origin": "joint"}, "not_ours"),
]


@pytest.mark.parametrize("what,answers,code,refer,search", WAYS, ids=[row[0] for row in WAYS])
def test_a_request_is_what_it_is(what, answers, code, refer, search):
    found = nature.walk(answers).finding
    assert (found.code, found.refer, found.search) == (code, refer, search)


@pytest.mark.parametrize("answers,code", HELD)
def test_information_of_an_organ(answers, code):
    way = nature.walk(ORGAN | answers)
    assert way.finding.code == code
    assert way.finding.search
    assert [step.question.code for step in way.steps] == [*ORGAN, *answers]


def test_every_way_ends_and_every_finding_and_question_is_reached():
    tree = nature.tree()
    seen: set[str] = set()

    def follow(code: str, before: tuple[str, ...]) -> None:
        assert code not in before, f"the tree runs in a circle at {code}"
        seen.add(code)
        if code in tree.questions:
            assert tree.questions[code].article
            for answer in tree.questions[code].answers:
                follow(answer.leads_to, (*before, code))
        else:
            assert tree.findings[code].advice

    follow(tree.first, ())
    assert seen == {*tree.questions, *tree.findings}


def test_an_answer_of_another_question_is_refused_and_one_off_the_way_passed_over():
    with pytest.raises(BadFacts, match="没有“maybe”这个答案"):
        nature.walk({"asks_information": "maybe"})
    way = nature.walk({"asks_information": "no", "origin": "made"})
    assert (way.question.code, way.finding) == ("complains", None)
    with pytest.raises(BadFacts):
        nature.finding("nothing")


def test_a_question_is_asked_with_its_help_and_its_provision():
    asked = nature.walk({}).question
    assert (asked.code, asked.text, asked.article) == (
        "asks_information", "这一项是不是要求获取行政机关已经制作或者保存的信息？", "条例第二条",
    )  # fmt: skip
    assert asked.help == "要求办一件事、查处一个人、回答一个问题的，不是。"
    assert nature.walk({"asks_information": "no"}).question.help == ""
    assert {type(question.help) for question in nature.tree().questions.values()} == {str}


def test_a_finding_says_what_a_reply_may_come_to():
    found = nature.finding("admin_query")
    assert (found.code, found.refer, found.outcomes) == ("admin_query", False, (Outcome.ADMIN_QUERY,))
    assert found.label
    for found in nature.tree().findings.values():
        assert all(isinstance(outcome, Outcome) for outcome in found.outcomes)
        assert found.label
        assert found.article
        assert found.refer in (True, False)
    assert nature.finding("petition").outcomes == (Outcome.PETITION,)
    assert nature.finding("petition").article == "条例第三十九条第一款"


def test_the_way_taken_is_told_step_by_step():
    way = nature.walk({"asks_information": "yes", "own_procedure": "no"})
    assert [(step.question.code, step.answer.code) for step in way.steps] == [
        ("asks_information", "yes"), ("own_procedure", "no"),
    ]  # fmt: skip
    assert (way.question.code, way.finding) == ("special_query", None)
    assert nature.walk({}).steps == ()

"""Reading on site: the applicant is told what, when and where, in writing (条例36(2), 40)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.workflow.factories import DAY, REFUSE, Town, at, make_town, replied, signing
from workflow.actions import sign
from workflow.actions.invite_to_read import invite_to_read
from workflow.errors import BadRequest, CaseRefusal
from workflow.selectors.papers import applicant_papers, papers_of

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {
    "on": DAY, "now": at(DAY), "content": "补偿安置方案1份，共12页", "place": "县自然资源局查阅点（府前街18号）",
    "from_on": DAY + dt.timedelta(days=3), "until_on": DAY + dt.timedelta(days=14), "hours": "工作日8:30至17:00",
}  # fmt: skip


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def test_the_notice_says_what_when_and_where_and_reaches_the_applicant(town):
    case = invite_to_read(case_id=replied(town, wanted_form="reading").pk, by=town.intake, **WHEN)
    assert case.state == "replied"
    paper = papers_of(case)[-1]
    assert (paper.kind, paper.series) == ("reading_notice", "依阅")
    text = paper.frozen()["text"]
    for said in (
        "补偿安置方案1份，共12页",
        "到县自然资源局查阅点（府前街18号）查阅。",
        "工作日8:30至17:00",
        "第四十条",
    ):
        assert said in text
    assert "行政复议" not in text
    assert paper in applicant_papers(case)


def test_what_was_refused_is_not_read_on_site(town):
    case = signing(town, proposals=[REFUSE])
    case = sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY),
                     seen_sha256=case.current_draft().body_sha256)  # fmt: skip
    with pytest.raises(CaseRefusal, match="没有公开的内容"):
        invite_to_read(case_id=case.pk, by=town.intake, **WHEN)


@pytest.mark.parametrize("wrong, field", [
    ({"content": " "}, "content"), ({"place": ""}, "place"), ({"hours": " "}, "hours"),
    ({"from_on": DAY - dt.timedelta(days=1)}, "until_on"), ({"until_on": DAY}, "until_on"),
])  # fmt: skip
def test_a_notice_that_leaves_something_open_is_refused(town, wrong, field):
    case = replied(town)
    with pytest.raises(BadRequest) as caught:
        invite_to_read(case_id=case.pk, by=town.intake, **{**WHEN, **wrong})
    assert caught.value.field == field
    assert not [paper for paper in papers_of(case) if paper.kind == "reading_notice"]

"""Two layers side by side: whose marks are on which side, where they differ, and what the page costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.review.at_home import at_home
from tests.review.rooms import NUMBER, PRIVACY, box, listed, mark_text, reject, who
from tests.workflow.factories import DAY, at, handled, make_town
from workflow.models import HoldingVersion
from workflow.review.marking import draw, settle, suggest
from workflow.selectors.room_layers import layers_page, side_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def version(town):
    version = listed(town, handled(town))
    suggest.ask(version_id=version.pk, **who(town.handler))
    suggest.find(version.pk, now=at(DAY))
    return HoldingVersion.objects.select_related("copy", "holding__case__office").get(pk=version.pk)


def sides(town, version, left, right):
    page = layers_page(town.handler, version, page=1, left=left, right=right)
    assert page is not None
    return page, page.sides[0], page.sides[1]


def test_what_a_reviewer_accepts_is_on_both_sides_and_what_is_left_is_alone(town, version):
    mobile, other = version.redaction_marks.filter(ground="mobile").order_by("pk")
    settle.accept(version_id=version.pk, mark_id=mobile.pk, **who(town.handler))
    reject(version, other, town.handler, reason="单位总机")
    page, suggested, reviewer = sides(town, version, "suggested", "reviewer")
    assert page.apart == (1,)
    assert {mark.id for mark in reviewer.marks} == {mobile.pk}
    assert reviewer.alone == []
    assert mobile.pk not in {mark.id for mark in suggested.alone}
    assert other.pk in {mark.id for mark in suggested.alone}


def test_two_reviewers_apart_and_the_wish_of_a_third_party(town, version):
    first = box(version, town.handler, 10, 10, 60, 30)
    second = mark_text(version, NUMBER, town.redaction)
    wish = draw.draw(
        version_id=version.pk, page=1, boxes=[(10, 10, 60, 30)], ground=PRIVACY, made_by="mouse", wish=True, **who(town.handler)
    )[0]  # fmt: skip
    page, left, right = sides(town, version, "reviewer", "second")
    assert ([mark.id for mark in left.alone], [mark.id for mark in right.alone]) == ([first.pk], [second.pk])
    page, left, right = sides(town, version, "wish", "reviewer")
    assert ([mark.id for mark in left.marks], left.alone, page.apart) == ([wish.pk], [], ())
    _, final, _ = sides(town, version, "final", "reviewer")
    assert {mark.id for mark in final.marks} == {first.pk, second.pk}


def test_what_its_author_took_back_is_on_no_side_and_what_another_struck_stays(town, version):
    taken = box(version, town.handler, 10, 10, 60, 30)
    struck = box(version, town.handler, 100, 10, 160, 30)
    reject(version, taken, town.handler)
    reject(version, struck, town.redaction, reason="不涉及个人隐私")
    _, left, _ = sides(town, version, "reviewer", "second")
    assert [mark.id for mark in left.marks] == [struck.pk]


def test_a_page_withheld_as_a_whole_covers_whatever_lies_on_it(town, version):
    draw.withhold_page(version_id=version.pk, page=1, ground=PRIVACY, **who(town.handler))
    _, suggested, reviewer = sides(town, version, "suggested", "reviewer")
    assert suggested.marks
    assert suggested.alone == []
    assert len(reviewer.alone) == 1


def test_the_page_is_cheap_and_refuses_what_is_not_there(town, version):
    assert side_of("burned", "second") == "second"
    client = Client()
    client.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    where = [version.holding.case_id, version.pk]
    with CaptureQueriesContext(connection) as seen:
        shown = client.get(reverse("room:layers", args=[*where, 1]), {"left": "suggested", "right": "final"})
    assert len(seen) <= 25
    assert "只在这一边的" in shown.content.decode()
    assert client.get(reverse("room:layers", args=[*where, 9])).status_code == 404
    stranger = make_town()
    client.force_login(stranger.handler, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("room:layers", args=[*where, 1])).status_code == 404

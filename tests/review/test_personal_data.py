"""The list of personal data of a document: kinds, pages, counts, treatment, on its page and its sheet, and never a value."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.access.world import POSTS, person
from tests.review.at_home import at_home
from tests.review.reviewing import agreed, begun
from tests.review.rooms import NUMBER, listed, mark_text, reject, who
from tests.workflow.factories import DAY, at, handled, make_town
from workflow.models import HoldingVersion, RedactionMark
from workflow.review.marking import settle, suggest
from workflow.selectors import holding_page
from workflow.selectors.personal_data import personal_data

pytestmark = pytest.mark.django_db
VALUES = ("13800000000", "13900000001", NUMBER, "张三丰", "李四光")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def version(town):
    return listed(town, handled(town))


def _looked_through(town, version):
    suggest.ask(version_id=version.pk, **who(town.handler))
    suggest.find(version.pk, now=at(DAY))
    return HoldingVersion.objects.get(pk=version.pk)


def _line(version, kind):
    return next(line for line in personal_data(version).lines if line.kind == kind)


def test_before_anybody_looked_the_list_says_so(version):
    told = personal_data(version)
    assert (told.lines, told.looked) == ((), False)
    assert told.sentence == "没有由系统查找，须逐页人工查看"


def test_each_kind_with_its_count_pages_and_what_became_of_it(town, version):
    version = _looked_through(town, version)
    assert (_line(version, "mobile").count, _line(version, "mobile").undecided) == (2, 2)
    assert _line(version, "resident_id").sentence == "居民身份证号码1处（第1页；待定1处）"
    settle.accept_kind(version_id=version.pk, kind="resident_id", **who(town.handler))
    first, second = RedactionMark.objects.filter(version=version, ground="mobile").order_by("pk")
    settle.accept(version_id=version.pk, mark_id=first.pk, **who(town.handler))
    reject(version, second, town.handler, reason="单位总机")
    assert _line(version, "resident_id").treatment == "遮盖1处"
    assert _line(version, "mobile").treatment == "遮盖1处、不遮盖1处"


def test_a_mark_taken_back_by_its_author_was_nothing(town, version):
    own = mark_text(version, "水田", town.handler)
    assert _line(version, "name").count == 1
    reject(version, own, town.handler)
    assert personal_data(version).lines == ()


def test_two_questions_however_many_marks(town, version, django_assert_num_queries):
    version = _looked_through(town, version)
    with django_assert_num_queries(2):
        personal_data(version)


def test_the_page_and_the_sheet_have_the_list_and_no_value(town, version, client: Client, caplog):
    version = _looked_through(town, version)
    agreed(town, begun(town, version.holding))
    client.force_login(town.secrecy, "django.contrib.auth.backends.ModelBackend")
    shown = client.get(
        reverse("desk:holding", args=[version.holding.case_id, version.holding_id])
    ).content.decode()
    listed_part = shown[shown.index('id="personal"') : shown.index('id="review"')]
    assert "手机号码" in listed_part
    assert "居民身份证号码" in listed_part
    sheet = holding_page.sheet(town.secrecy, version.holding.case_id, version.holding_id, on=DAY)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.content)).pages)
    squeezed = "".join(printed.split())
    assert "居民身份证号码1处（第1页；待定1处）" in squeezed
    for value in VALUES:
        assert value not in listed_part
        assert value not in squeezed
        assert value not in caplog.text


def test_the_page_with_its_list_costs_no_more_than_a_page_may(
    town, version, client: Client, django_assert_max_num_queries
):
    version = _looked_through(town, version)
    agreed(town, begun(town, version.holding))
    everything = person("everything", town.office, *POSTS)
    client.force_login(everything, "django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(25):
        client.get(reverse("desk:holding", args=[version.holding.case_id, version.holding_id]))

"""How an office works: every setting in its shape, proposed on a page, in force from its day once another confirmed it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from office import parameters
from office.errors import Refusal
from office.models import OfficeParameter
from tests.workflow.factories import Town, add_person, at, make_town
from workflow import practices
from workflow.annual.statistics import Months
from workflow.holding_kinds import Level
from workflow.review.levels import levels_of
from workflow.selectors.filings import Terms
from workflow.selectors.measures import performance
from workflow.selectors.public_figures import year_figures

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.mark.parametrize("key", sorted(practices.table()))
def test_what_ships_fits_its_own_shape(key: str) -> None:
    practice = practices.table()[key]
    assert practices.checked(key, practice.value) == practice.value
    assert practice.name
    assert practice.says
    assert practice.basis
    assert practices.worded(practice, practice.value)


def test_the_levels_of_the_page_are_those_of_the_review() -> None:
    practice = practices.table()["review.secrecy_levels"]
    assert practice.choices == {str(level): str(level.label) for level in Level}


@pytest.mark.parametrize(("key", "bad"), [
    ("review.second_person", "yes"), ("review.second_person", 1), ("review.mosaic_k", 1), ("review.mosaic_k", 51),
    ("review.mosaic_k", True), ("review.mosaic_k", "3"), ("review.secrecy_levels", ["mayor"]), ("review.secrecy_levels", "unit"),
    ("approval.chain", []), ("approval.chain", ["  "]), ("approval.chain", ["字" * 31]), ("approval.chain", ["室"] * 9),
    ("transfer.lead_days", 0), ("review.no_such", True), ("statistics.layout", "no-such"), ("statistics.layout", ["brief"]),
    ("statistics.rhythm", "year"), ("statistics.due_days", 0), ("public.least_cell", 2), ("public.least_cell", 51),
])  # fmt: skip
def test_a_value_out_of_shape_is_refused(key: str, bad: Any) -> None:
    with pytest.raises(Refusal):
        practices.checked(key, bad)


@pytest.mark.parametrize(("key", "wrong", "field", "words"), [
    ("measures.on_time", {"weight": -1}, "weight", "0 至 100"),
    ("measures.on_time", {"weight": 101}, "weight", "0 至 100"),
    ("measures.on_time", {"weight": "30"}, "weight", "0 至 100"),
    ("measures.on_time", {"weight": True}, "weight", "0 至 100"),
    ("measures.on_time", {"weight": float("nan")}, "weight", "0 至 100"),
    ("measures.on_time", {"full": 1.2}, "full", "0 至 100"),
    ("measures.on_time", {"none": -0.1}, "none", "0 至 100"),
    ("measures.on_time", {"none": 1.0}, "full", "越高越好，满分界限应当高于零分界限"),
    ("measures.on_time", {"full": 0.5, "none": 0.9}, "full", "越高越好"),
    ("measures.working_days", {"full": 20, "none": 10}, "full", "越低越好，满分界限应当低于零分界限"),
    ("measures.working_days", {"none": float("inf")}, "none", "零或者正数"),
    ("measures.on_time", {"more": 1}, "weight", "请填写"),
])  # fmt: skip
def test_a_weighing_out_of_shape_is_refused(key: str, wrong: dict[str, Any], field: str, words: str) -> None:
    shipped = practices.table()[key].value
    with pytest.raises(Refusal) as refused:
        practices.checked(key, {**shipped, **wrong})
    assert refused.value.field == field
    assert words in refused.value.message


def test_an_office_weighs_its_measures(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares are written as so many of a hundred, kept as fractions; the score goes by them once another confirmed it."""
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    client.force_login(town.admin, BACKEND)
    page = reverse("admin_room:practice", args=["measures.on_time"]) + f"?office={town.office.pk}"
    shown = client.get(page).content.decode()
    assert "权重 30，满分界限 100%，零分界限 90%" in shown
    assert 'name="full" value="100"' in shown
    sent = {"weight": "45.5", "full": "98", "none": "80", "from_on": DAY.isoformat(), "reason": "考核办法"}
    turned = client.post(page, {**sent, "none": "99"}).content.decode()
    assert "满分界限应当高于零分界限" in turned
    assert not OfficeParameter.objects.exists()
    change = client.post(page, sent).headers["Location"]
    assert "权重 45.5，满分界限 98%，零分界限 80%" in client.get(change).content.decode()
    client.force_login(add_person(town, "admin"), BACKEND)
    assert client.post(change, {"step": "confirm"}).status_code == 302
    row = OfficeParameter.objects.get()
    assert (row.office, row.value) == (town.office, {"weight": 45.5, "full": 0.98, "none": 0.8})
    months = Months(DAY.year, DAY.month, DAY.month)
    found = performance(town.supervisor, months, on=months.period.last, chosen="on_time")
    mine = next(line for line in found.offices if line.office_id == town.office.pk)
    assert next(one.performance.weight for one in mine.taken if one.performance.id == "on_time") == 45.5


def test_the_smallest_number_the_public_sees_is_set_for_all(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    client.force_login(town.admin, BACKEND)
    listed = client.get(reverse("admin_room:practices") + f"?office={town.office.pk}").content.decode()
    page = reverse("admin_room:practice", args=["public.least_cell"])
    assert f"{page}?office=0" in listed
    # Whichever office the address names, it is set for all of them.
    sent = {"value": "8", "from_on": DAY.isoformat(), "reason": "保护少数人"}
    change = client.post(f"{page}?office={town.office.pk}", sent).headers["Location"]
    assert year_figures(DAY.year - 1, on=DAY).least == 5
    client.force_login(add_person(town, "admin"), BACKEND)
    assert client.post(change, {"step": "confirm"}).status_code == 302
    assert OfficeParameter.objects.get().office is None
    # At once, although the figures are kept for an hour.
    assert year_figures(DAY.year - 1, on=DAY).least == 8
    assert (
        "8 件" in client.get(reverse("admin_room:practices") + f"?office={town.office.pk}").content.decode()
    )
    with pytest.raises(Refusal) as refused:
        practices.propose(
            key="public.least_cell", value=4, office=town.office, from_on=DAY, reason="规定", by=town.admin, on=DAY, now=at(DAY),
        )  # fmt: skip
    assert refused.value.code == "for_all_offices"


def test_what_cannot_be_left_out_is_put_back_in_its_order() -> None:
    assert practices.checked("review.secrecy_levels", ["leader"]) == ["handler", "secrecy", "leader"]


def test_a_day_that_is_past_is_refused(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        practices.propose(
            key="review.legal", value=True, office=town.office, from_on=DAY, reason="规定", by=town.admin,
            on=DAY + dt.timedelta(days=1), now=at(DAY),
        )  # fmt: skip
    assert refused.value.field == "from_on"


def test_from_one_page_to_the_next_until_it_holds(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    other = add_person(town, "admin")
    client.force_login(town.admin, BACKEND)
    page = reverse("admin_room:practice", args=["review.secrecy_levels"])
    begin = DAY + dt.timedelta(days=3)
    refused = client.post(page, {"value": ["unit"], "from_on": begin.isoformat(), "reason": ""})
    assert refused.status_code == 200
    assert "请填写理由" in refused.content.decode()
    sent = client.post(page, {"value": ["unit"], "from_on": begin.isoformat(), "reason": "本机关规定"})
    row = OfficeParameter.objects.get(key="review.secrecy_levels")
    change = reverse("admin_room:practice_change", args=[row.pk])
    assert sent.headers["Location"] == change
    assert "不能" not in client.get(change).content.decode()
    alone = client.post(change, {"step": "confirm"}).content.decode()
    assert "须由录入人以外的管理员复核" in alone
    client.force_login(other, BACKEND)
    assert client.post(change, {"step": "confirm"}).status_code == 302
    assert levels_of(town.office, begin) == ["handler", "unit", "secrecy"]
    assert levels_of(town.office, DAY) == list(Level)
    listed = client.get(reverse("admin_room:practices")).content.decode()
    assert "公开副本由第二人复核" in listed
    assert "没有另定" in listed
    assert "本机关规定" in client.get(page).content.decode()


def test_an_office_chooses_the_layout_of_its_sheets(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    page = reverse("admin_room:practice", args=["statistics.layout"])
    client.force_login(town.admin, BACKEND)
    assert "简表" in client.get(page).content.decode()
    sent = {"value": "brief", "from_on": DAY.isoformat(), "reason": "省里的要求"}
    assert client.post(page, {**sent, "value": "no-such"}).status_code == 200
    change = client.post(page, sent).headers["Location"]
    client.force_login(add_person(town, "admin"), BACKEND)
    assert "简表" in client.get(change).content.decode()
    assert client.post(change, {"step": "confirm"}).status_code == 302
    assert Terms(on=DAY).layout(town.office.pk) == "brief"
    assert Terms(on=DAY).layout(town.government.pk) == "standard"
    assert (
        "简表" in client.get(reverse("admin_room:practices") + f"?office={town.office.pk}").content.decode()
    )


def test_a_change_of_a_reading_is_not_confirmed_here(client: Client, town: Town) -> None:
    row = parameters.propose(
        key="rereply.days",
        value=10,
        office=town.office,
        from_on=DAY,
        reason="规定",
        by=town.admin,
        now=at(DAY),
    )
    client.force_login(add_person(town, "admin"), BACKEND)
    assert (
        client.post(reverse("admin_room:practice_change", args=[row.pk]), {"step": "confirm"}).status_code
        == 404
    )


def test_nobody_but_an_administrator(client: Client, town: Town) -> None:
    client.force_login(town.handler, BACKEND)
    for path in (reverse("admin_room:practices"), reverse("admin_room:practice", args=["review.legal"])):
        assert client.get(path).status_code == 403


def test_the_list_asks_little(client: Client, town: Town, django_assert_max_num_queries: Any) -> None:
    client.force_login(town.admin, BACKEND)
    with django_assert_max_num_queries(15):
        client.get(reverse("admin_room:practices"))

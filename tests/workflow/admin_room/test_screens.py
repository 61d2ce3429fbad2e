"""The administrators' screens: read, enter, look at the impact, confirm by another person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from calendars import published
from calendars.models import StoredNotice
from office.models import OfficeParameter, Post, User
from tests.calendars.made_up import TEXT, YEAR
from tests.workflow.factories import Town, add_person, make_town, registered
from workflow.models import Case

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat
YEARS = "/admin/years/"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", "2027-02-05")


@pytest.fixture
def town() -> Town:
    return make_town()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def form(**more: Any) -> dict[str, Any]:
    return {"year": YEAR, "text": TEXT, "address": "https://www.gov.cn/made-up", "published_on": ""} | more


def enter(town: Town) -> StoredNotice:
    answer = as_(town.admin).post(f"{YEARS}enter/", form(step="enter"))
    assert answer.status_code == 302, text_of(answer)
    return StoredNotice.objects.get()


def test_only_administrators_come_in(town: Town) -> None:
    for path in (YEARS, f"{YEARS}enter/", f"{YEARS}enter-region/", f"{YEARS}1/", "/admin/parameters/",
                 "/admin/parameters/rereply.days/", "/admin/changes/1/"):  # fmt: skip
        assert as_(town.handler).get(path).status_code == 403
        assert Client().get(path).status_code == 302
        assert as_(town.admin).get(path).status_code in (200, 404)
    assert as_(town.admin).get("/admin/", follow=True).redirect_chain[-1][0] == YEARS
    assert "放假安排" in text_of(as_(town.admin).get(YEARS))
    assert "放假安排" not in text_of(as_(town.handler).get("/desk/"))


def test_the_text_is_read_before_it_is_entered(town: Town) -> None:
    shown = text_of(as_(town.admin).post(f"{YEARS}enter/", form(step="read")))
    assert "自查通过" in shown
    assert "2月5日（周五）至13日（周六）放假调休" in shown
    assert "与原文一致，录入" in shown
    assert not StoredNotice.objects.exists()


def test_a_damaged_text_is_refused_at_its_field_and_kept(town: Town) -> None:
    answer = as_(town.admin).post(f"{YEARS}enter/", form(text=TEXT.replace("共9天", "共8天"), step="enter"))
    shown = text_of(answer)
    assert "错误：" in shown
    assert "共8天" in shown
    assert "列出的放假日期是 9 天" in shown
    assert not StoredNotice.objects.exists()


def test_one_enters_another_sees_the_impact_and_confirms(town: Town) -> None:
    case = registered(town, arrived_on=D("2027-01-08"), on=D("2027-01-08"))
    row = enter(town)
    own = text_of(as_(town.admin).get(f"{YEARS}{row.pk}/"))
    assert "会移动 1 件在办案件：1 件变为逾期，0 件不再逾期" in own
    assert "须由另一名管理员复核" in own
    forced = as_(town.admin).post(f"{YEARS}{row.pk}/", {"step": "confirm", "seen": ""})
    assert "录入人以外" in text_of(forced)
    other = as_(add_person(town, "admin"))
    page = other.get(f"{YEARS}{row.pk}/")
    digest = page.context["impact"].digest
    assert case.number in text_of(page)
    assert f"/desk/case/{case.pk}/" not in text_of(page), "an administrator sees no case"
    stale = other.post(f"{YEARS}{row.pk}/", {"step": "confirm", "seen": "0" * 64})
    assert "重新查看影响" in text_of(stale)
    assert published.calendar().published_until.year == YEAR - 1
    done = other.post(f"{YEARS}{row.pk}/", {"step": "confirm", "seen": digest}, follow=True)
    assert "移动了 1 件在办案件" in text_of(done)
    assert Case.objects.get(pk=case.pk).due_on == D("2027-02-04")
    assert f"{YEAR} 年（工作日" in text_of(other.get(YEARS))


def test_a_notice_is_sent_back(town: Town) -> None:
    row = enter(town)
    shown = as_(add_person(town, "admin")).post(f"{YEARS}{row.pk}/", {"step": "withdraw"}, follow=True)
    assert "已退回" in text_of(shown)
    assert not StoredNotice.objects.get().is_open


def test_who_may_see_the_case_gets_a_link(town: Town) -> None:
    case = registered(town, arrived_on=D("2027-01-08"), on=D("2027-01-08"))
    row = enter(town)
    both = add_person(town, "admin")
    Post.objects.create(user=both, office=town.office, role="head", from_on=D("2020-01-01"))
    assert f'href="/desk/case/{case.pk}/"' in text_of(as_(both).get(f"{YEARS}{row.pk}/"))


def test_a_regions_days_are_entered_and_confirmed(town: Town) -> None:
    told = {
        "region_code": "513400", "year": 2026, "festival": "火把节", "off": "8月6日至8日", "work": "8月9日",
        "title": "凉山州人民政府办公室关于2026年火把节放假的通知", "number": "凉府办发〔2026〕1号",
        "published_on": "2026-01-10", "address": "", "text": "……",
    }  # fmt: skip
    bad = as_(town.admin).post(f"{YEARS}enter-region/", told | {"off": "八月间"})
    assert "错误：" in text_of(bad)
    assert as_(town.admin).post(f"{YEARS}enter-region/", told).status_code == 302
    row = StoredNotice.objects.get()
    other = as_(add_person(town, "admin"))
    digest = other.get(f"{YEARS}{row.pk}/").context["impact"].digest
    other.post(f"{YEARS}{row.pk}/", {"step": "confirm", "seen": digest})
    assert not published.calendar("513401").is_working_day(D("2026-08-07"))
    assert published.calendar("513401").is_working_day(D("2026-08-09"))
    assert published.calendar().is_working_day(D("2026-08-07"))


def test_every_choice_is_named_in_chinese_with_its_source(town: Town) -> None:
    from workflow.rules import overridable
    from workflow.selectors.settings_pages import NAMES

    assert set(NAMES) == set(overridable())
    shown = text_of(as_(town.admin).get("/admin/parameters/"))
    for name in NAMES.values():
        assert name in shown
    assert "有争议" in shown
    assert "（读法R2）" in shown


def test_a_reading_is_changed_by_two_persons(town: Town) -> None:
    path = f"/admin/parameters/art35.stops_clock/?office={town.office.pk}"
    assert "请填写理由" in text_of(as_(town.admin).post(path, {"value": "yes", "from_on": "2026-01-01"}))
    done = as_(town.admin).post(
        path, {"value": "yes", "from_on": "2026-01-01", "reason": "市里的规定"}, follow=True
    )
    assert "等待另一名管理员复核" in text_of(done)
    row = OfficeParameter.objects.get(key="art35.stops_clock")
    assert row.value is True
    other = as_(add_person(town, "admin"))
    page = other.get(f"/admin/changes/{row.pk}/")
    assert "现在没有受影响的在办案件" in text_of(page)
    other.post(f"/admin/changes/{row.pk}/", {"step": "confirm", "seen": page.context["impact"].digest})
    assert OfficeParameter.objects.get(pk=row.pk).confirmed_by is not None
    shown = text_of(other.get("/admin/parameters/"))
    assert "2026年1月1日" in shown


def test_what_the_law_fixes_and_offices_of_others_are_not_found(town: Town) -> None:
    elsewhere = make_town()
    admin = as_(town.admin)
    assert admin.get("/admin/parameters/art33.reply_days/").status_code == 404
    assert admin.get(f"/admin/parameters/?office={elsewhere.office.pk}").status_code == 404
    assert admin.post(f"/admin/parameters/rereply.days/?office={elsewhere.office.pk}", {}).status_code == 404

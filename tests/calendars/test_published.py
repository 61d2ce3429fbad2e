"""The calendar in force: files and confirmed notices together, and never an old one in any process."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import calendars
from calendars import published
from calendars.errors import BadYear
from calendars.growing import regions_of
from calendars.models import Edition, StoredNotice
from office.models import User
from tests.calendars.made_up import YEAR, stored_year

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
D = dt.date.fromisoformat


def confirm(notice: StoredNotice) -> None:
    notice.confirmed_by = User.objects.create(username=f"second-{notice.pk}", name="复核人")
    notice.confirmed_at = dt.datetime(2026, 11, 5, tzinfo=dt.UTC)
    notice.save()
    published.changed()


def test_without_a_notice_of_its_own_the_database_adds_nothing() -> None:
    assert published.calendar() is calendars.load()
    assert published.calendar("110000") is calendars.load()


def test_an_entered_notice_counts_only_when_confirmed() -> None:
    notice = stored_year()
    published.changed()
    assert published.calendar().published_until == D("2026-12-31")
    confirm(notice)
    assert published.calendar().published_until == D("2027-12-31")
    assert not published.calendar().is_working_day(D("2027-02-08"))
    assert published.calendar().explain(D("2027-02-14")).source == notice.cite


def test_a_withdrawn_notice_never_counts() -> None:
    notice = stored_year()
    notice.withdrawn_by, notice.withdrawn_at = notice.entered_by, notice.entered_at
    notice.save()
    published.changed()
    assert published.calendar().published_until == D("2026-12-31")


def test_a_year_that_a_release_ships_later_is_not_counted_twice() -> None:
    held = next(y for y in calendars.load().years if y.year == 2026).notices[0]
    confirm(stored_year(year=2026, notice=held))
    assert len(published.calendar().years[-1].notices) == 1


def test_a_regions_own_days_count_there_and_below_and_nowhere_else() -> None:
    confirm(
        stored_year(
            year=2026, region_code="513400", off=["2026-08-06", "2026-08-07"], number="凉府办发〔2026〕1号"
        )
    )
    day = D("2026-08-06")
    assert not published.calendar("513401").is_working_day(day)
    assert not published.calendar("513400").is_working_day(day)
    assert published.calendar("513300").is_working_day(day)
    assert published.calendar().is_working_day(day)
    assert not published.calendar("513423").is_working_day(D("2011-07-25")), "the file's own days stay"


def test_a_code_lies_in_its_prefecture_and_its_province() -> None:
    assert regions_of("513423") == {"510000", "513400", "513423"}
    assert regions_of("") == frozenset()


def test_one_small_query_outside_a_moment_and_one_within() -> None:
    published.calendar()
    with CaptureQueriesContext(connection) as alone:
        published.calendar()
        published.calendar()
    with CaptureQueriesContext(connection) as together, published.moment():
        published.calendar()
        published.calendar()
    assert (len(alone), len(together)) == (2, 1)


def test_an_act_reads_the_edition_anew_within_a_request() -> None:
    notice = stored_year()
    with published.moment():
        assert published.calendar().published_until.year == 2026
        Edition.objects.update_or_create(pk=1, defaults={"token": uuid4()})  # what another process did
        StoredNotice.objects.filter(pk=notice.pk).update(
            confirmed_by=User.objects.create(username="else", name="另一人"), confirmed_at=notice.entered_at
        )
        assert published.calendar().published_until.year == 2026, "a page goes by one edition to its end"
        with transaction.atomic(), published.pinned():
            assert published.calendar().published_until.year == 2027, "what is written does not"


def test_a_gap_between_years_is_refused() -> None:
    from calendars.growing import grown

    with pytest.raises(BadYear, match="不能跳过录入 2028 年"):
        grown(published.calendar(), 2028, stored_year().as_notice())


def test_the_database_itself_wants_two_persons() -> None:
    notice = stored_year()
    notice.confirmed_by, notice.confirmed_at = notice.entered_by, notice.entered_at
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_the_made_up_year_is_the_next_one() -> None:
    assert calendars.load().published_until.year + 1 == YEAR, "a new year was shipped: move the made-up one"


def test_commands_answer_without_a_database(tmp_path) -> None:
    import os

    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    told = subprocess.run(
        [sys.executable, "manage.py", "workdays", "add", "2026-03-02", "20"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert (told.stdout.strip(), told.returncode) == ("2026-03-30", 0)
    assert not (tmp_path / "none.sqlite3").exists()

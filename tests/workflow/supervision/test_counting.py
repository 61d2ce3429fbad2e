"""Counts are a plain reading of each case added up, and a figure as it was known is what was shown on that day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from law.annual.tally import Period
from office.models import Office
from tests.workflow.factories import SEALED, Town, at, file_case, handled, make_town, registered, signing
from tests.workflow.supervision.annual_histories import fill
from tests.workflow.supervision.conftest import County
from workflow import rules
from workflow.actions import confirm_receipt, extend, request_supplement, serve, sign, withdraw
from workflow.counting.database import count
from workflow.counting.facts import moves
from workflow.counting.keys import Key, month_at
from workflow.counting.known import count_as_known
from workflow.counting.records import as_it_counts, read
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
SPANS = (Period.of_year(2025), Period(dt.date(2025, 2, 10), dt.date(2025, 8, 20)), Period.of_month(2026, 3))


def by_hand(offices: list[Office], span: Period) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for case in read(Case.objects.filter(office__in=offices).values_list("pk", flat=True)):
        found.update(moves(as_it_counts(case), span, rules.of(case.office).calendar))
    return found


def plain(counts: Counter[Any]) -> dict[Any, int]:
    return {pot: number for pot, number in counts.items() if number}


def test_the_database_counts_what_a_reader_counts(county: County) -> None:
    for place, office in enumerate(county.offices):
        fill(office, 60, seed=70 + place)
    for span in SPANS:
        assert plain(count(county.offices, span).counts) == plain(by_hand(county.offices, span))


def test_as_many_questions_for_many_cases_as_for_few(county: County) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            count(county.offices, SPANS[0])
        return len(seen)

    fill(county.offices[0], 20, seed=5)
    asked()
    few = asked()
    fill(county.offices[1], 60, seed=6)
    assert asked() == few
    assert few <= 16


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", "2026-06-30")
    return make_town()


def test_a_figure_as_it_was_known(town: Town) -> None:
    """Whatever is entered later, also with an earlier day, a day's figures stay what they were on that day."""
    span = Period(dt.date(2026, 1, 1), dt.date(2026, 4, 30))
    shown: dict[dt.date, dict[Any, int]] = {}

    def closes(day: dt.date) -> None:
        shown[day] = plain(count([town.office], span).counts)

    asked, waits, reply = handled(town), registered(town), signing(town)
    letter = file_case(town, channel="post_plain", service="post")
    closes(dt.date(2026, 3, 2))
    day = dt.date(2026, 3, 10)
    request_supplement.request_supplement(
        case_id=waits.pk,
        by=town.intake,
        on=day,
        now=at(day),
        matters="内容不明确",
        guidance="请写明名称",
        days=15,
    )
    closes(day)
    late = dt.date(2026, 3, 20)
    # Entered on the twentieth, counted from the day it was confirmed.
    confirm_receipt.confirm_receipt(
        case_id=letter.pk,
        by=town.intake,
        on=late,
        now=at(late),
        confirmed_on=dt.date(2026, 3, 4),
        how="phone",
    )
    extend.extend(case_id=asked.pk, by=town.head, on=late, now=at(late), days=10, reason="档案年代较久")
    closes(late)
    gone = dt.date(2026, 4, 8)
    withdraw.withdraw(case_id=waits.pk, by=town.intake, on=gone, now=at(gone))
    sha = reply.current_draft().body_sha256
    sign.sign(case_id=reply.pk, by=town.signatory, on=gone, now=at(gone), seen_sha256=sha)
    closes(gone)
    served = dt.date(2026, 4, 20)
    serve.serve(
        seal=SEALED, case_id=reply.pk, by=town.intake, on=served, now=at(served), channel="counter",
        sent_on=dt.date(2026, 4, 9), signed_on=dt.date(2026, 4, 9),
    )  # fmt: skip
    closes(served)
    assert len({tuple(sorted(counts.items())) for counts in shown.values()}) == len(shown)
    for day, counts in shown.items():
        assert plain(count_as_known([town.office], span, day=day).counts) == counts, day


def test_the_first_of_march_is_in_its_month(town: Town) -> None:
    file_case(town, arrived_on=dt.date(2026, 3, 31))
    book = count([town.office], SPANS[2])
    assert book.total(Key("new", "natural", "portal"), months=[month_at(2026, 3)]) == 1
    assert book.total(Key("new", "natural", "portal"), months=[month_at(2026, 4)]) == 0

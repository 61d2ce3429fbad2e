"""Recompute every open case after a notice, on the empty database of DATABASE_URL: recompute [OPEN [ARCHIVED [apart]]]."""

import datetime as dt
import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import connection, transaction

from office.models import Office, Post, User
from tests.calendars.made_up import stored_year
from workflow import rules
from workflow.impact import notices
from workflow.impact.applying import notice_change
from workflow.impact.assess import Impact, impact_of, reckoned
from workflow.impact.change import Change
from workflow.impact.writing import write

DJANGO = True
#: The made-up year's cases all run through its New Year, Spring Festival or both.
ARRIVED = dt.date(2027, 1, 4)
ON = dt.date(2027, 2, 5)
NOW = dt.datetime(2027, 2, 5, 2, tzinfo=dt.UTC)
CASES = """
INSERT INTO workflow_case (office_id, submission_id, year, seq, version, title, channel, external_number, addressed_to,
  applicant_kind, applicant_name, wanted_form, service, query_code_hash, arrived_on, received_on, risk_received_on,
  clock_start_on, original_due_on, due_on, alert_due_on, supplement_notice_due_on, due_provisional, due_may_change,
  clock_status, moved_by, outcomes, manifest_sha256, created_at, updated_at, state)
SELECT %(office)s, gen_random_uuid(), %(year)s, n, 1, '事由', 'counter', '', '', 'natural', '某人', 'paper', 'post', '',
  %(arrived)s + n %% 30, %(arrived)s + n %% 30, %(arrived)s + n %% 30, %(arrived)s + n %% 30, %(arrived)s, %(arrived)s,
  %(arrived)s, %(arrived)s, true, false, 'running', 0, '', '', now(), now(), %(state)s FROM generate_series(1, %(count)s) AS n
"""
EVENTS = """
INSERT INTO workflow_clockevent (case_id, office_id, seq, type, "on", data)
SELECT id, office_id, 1, 'consultation_sent', arrived_on + 3,
  jsonb_build_object('id', {name}, 'party', 'third', 'delivered_on', (arrived_on + 5)::text) FROM workflow_case
UNION ALL SELECT id, office_id, 2, 'opinion_received', arrived_on + 12, jsonb_build_object('id', {name}) FROM workflow_case
"""


def _processor() -> tuple[float, float, float]:
    """Give the time on the wall and the time of processor so far, here and in the database's process for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = (
            Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
    there = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), time.process_time(), there


def _since(before: tuple[float, float, float]) -> str:
    wall, here, there = (b - a for a, b in zip(before, _processor(), strict=True))
    return f"{wall:.2f} s (processor: {here:.2f} s here, {there:.2f} s in the database)"


def run(arguments: Sequence[str]) -> None:
    """Print what it costs to look at a notice's impact, and to put the notice in force."""
    count = int(arguments[0]) if arguments else 100_000
    archived = int(arguments[1]) if len(arguments) > 1 else 0
    # No two clocks alike: nothing that was reckoned serves again, as it does for most cases of an office.
    apart = "apart" in arguments
    office = Office.objects.create(
        code="bench", name="测量局", doc_code="测", kind="department", level="county"
    )
    admin = User.objects.create(username="bench-admin", name="管理员")
    Post.objects.create(user=admin, office=office, role="admin", from_on=dt.date(2020, 1, 1))
    with connection.cursor() as cursor:
        for state, number, year in (("handling", count, 2027), ("archived", archived, 2026)):
            told = {"office": office.pk, "year": year, "arrived": ARRIVED, "state": state, "count": number}
            cursor.execute(CASES, told)
        cursor.execute(EVENTS.format(name="id::text" if apart else "'a'::text"))
        cursor.execute("ANALYZE")
    # First by the days held so far, as every case would be; what is timed then is the notice's doing alone.
    held = rules.of_all([office.pk])
    with transaction.atomic():
        for rows in reckoned(Change(held, held), Impact(ON), on=ON):
            write(rows)
    with connection.cursor() as cursor:
        # As the database's own housekeeping leaves a table between two notices.
        cursor.execute("VACUUM ANALYZE workflow_case")
    row = stored_year()
    before = _processor()
    found = impact_of(notice_change(row), on=ON)
    looked = _since(before)
    before = _processor()
    with transaction.atomic():
        _, done = notices.confirm(notice_id=row.pk, by=admin, on=ON, now=NOW, seen=found.digest)
    spent = _since(before)
    print(found.sentence)
    print(
        f"{count:,} open{' with a clock each' if apart else ''}, {archived:,} archived, {len(done.moved):,} moved"
    )
    print(f"  impact looked at: {looked}")
    print(f"  put in force and written: {spent}")

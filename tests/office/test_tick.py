"""The tick: every chore once, one machine at a time, and a dead one keeps nobody out."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from office import files, ratelimit, tick
from office.models import OutboxMessage, StoredFile
from office.models.latch import Latch, RateWindow
from office.tick import chores, stuck
from office.tick.chores import LEASE
from office.tick.daily import daily

from .conftest import NOW, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def only(monkeypatch):
    """Start with no chores; those registered in the test are gone after it."""
    monkeypatch.setattr(chores, "_chores", {})
    return tick.job


def test_every_chore_runs_and_says_how_much_it_did(only):
    seen = []
    only("one")(lambda now: seen.append(now) or 3)
    only("two")(lambda now: seen.append(now) or 0)
    assert tick.run(NOW) == {"one": 3, "two": 0, "outbox": 0}
    assert seen == [NOW, NOW]
    assert tick.run(NOW) == {"one": 3, "two": 0, "outbox": 0}, "the latch was not let go"


def test_two_chores_cannot_share_a_name(only):
    def first(now):
        return 1

    def second(now):
        return 2

    only("same")(first)
    only("same")(first)
    with pytest.raises(LookupError, match="same"):
        only("same")(second)


def test_a_failing_chore_keeps_nobody_from_running_and_is_not_silent(only, caplog):
    quoted = "13800000000"

    def breaks(now):
        raise ZeroDivisionError(quoted)

    only("breaks")(breaks)
    ran = []
    only("runs")(lambda now: ran.append(1) or 1)
    with pytest.raises(ExceptionGroup) as caught:
        tick.run(NOW)
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
    assert ran == [1]
    assert "chore breaks failed: ZeroDivisionError" in caplog.text
    assert "test_tick.py" in caplog.text, "it does not say where"
    assert quoted not in caplog.text
    assert Latch.objects.get(name="tick").holder == ""


def test_the_command_ends_with_a_sentence_when_a_chore_failed(only):
    def breaks(now):
        raise ZeroDivisionError

    only("breaks")(breaks)
    with pytest.raises(CommandError, match="ZeroDivisionError"):
        call_command("tick")


def test_the_loop_goes_on_after_a_failure(only, monkeypatch, capsys):
    class Enough(Exception):
        pass

    turns = []

    def breaks(now):
        turns.append(now)
        raise ZeroDivisionError

    def sleep(seconds):
        assert seconds == 7
        if len(turns) == 3:
            raise Enough

    only("breaks")(breaks)
    monkeypatch.setattr("office.management.commands.tick.time.sleep", sleep)
    # The connection of the test must live through the loop.
    monkeypatch.setattr("office.management.commands.tick.close_old_connections", lambda: None)
    with pytest.raises(Enough):
        call_command("tick", every=7)
    assert len(turns) == 3
    assert capsys.readouterr().err.count("ZeroDivisionError") == 3


def test_a_database_that_is_away_is_said_so(only, monkeypatch):
    def away(now):
        raise OperationalError("could not connect to 10.0.0.1")

    monkeypatch.setattr("office.tick.run", away)
    with pytest.raises(CommandError, match="数据库暂时不可用（OperationalError）") as caught:
        call_command("tick")
    assert "10.0.0.1" not in str(caught.value)


def test_a_living_holder_keeps_others_out_and_a_dead_one_does_not(only, capsys):
    only("one")(lambda now: 1)
    Latch.objects.create(name="tick", holder="elsewhere:1", held_until=NOW + LEASE)
    assert tick.run(NOW) == {}
    assert tick.run(NOW + LEASE - timedelta(seconds=1)) == {}
    assert Latch.objects.get(name="tick").holder == "elsewhere:1", "another's latch was let go"
    assert tick.run(NOW + LEASE + timedelta(seconds=1))["one"] == 1
    Latch.objects.update(holder="elsewhere:1", held_until=None)
    assert tick.run(NOW)["one"] == 1


def test_a_chore_meets_the_latch_of_its_own_tick(only):
    only("again")(lambda now: len(tick.run(now)))
    assert tick.run(NOW)["again"] == 0


TICKING = """
import django, sys, time
django.setup()
from office import tick
from office.models.latch import RateWindow
from office.today import now
def slow(instant):
    RateWindow.objects.create(bucket=sys.argv[1], opened_at=instant, closes_at=instant)
    time.sleep(2)
    return 1
tick.chores._chores.clear()
tick.job("slow")(slow)
print("ready", flush=True)
sys.stdin.readline()
print(len(tick.run(now())), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_at_once_one_ticks(other_process_env):
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", TICKING, name],
            cwd=ROOT,
            env=other_process_env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    try:
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        ran = sorted(int(racer.stdout.readline()) for racer in racers)
    finally:
        for racer in racers:
            racer.stdin.close()
            racer.wait(20)
            racer.stdout.close()
    assert ran == [0, 2]
    assert RateWindow.objects.count() == 1


# -- once a day ---------------------------------------------------------------------------------------


def test_a_daily_chore_does_its_work_once_between_two_midnights_of_shanghai(only):
    ran = []
    daily("clean")(lambda now: ran.append(now) or 1)
    evening = NOW.replace(hour=15, minute=59)  # 23:59 in Shanghai
    assert [tick.run(now)["clean"] for now in (NOW, NOW, evening)] == [1, 0, 0]
    assert tick.run(evening + timedelta(minutes=1))["clean"] == 1
    assert len(ran) == 2


def test_a_daily_chore_that_failed_is_tried_again_by_the_next_tick(only):
    turns = []

    def stumbles(now):
        turns.append(now)
        if len(turns) == 1:
            raise ZeroDivisionError
        return 5

    daily("stumbles")(stumbles)
    with pytest.raises(ExceptionGroup):
        tick.run(NOW)
    assert tick.run(NOW)["stumbles"] == 5
    assert tick.run(NOW)["stumbles"] == 0


def test_what_has_served_is_thrown_away_and_the_rest_is_kept():
    office = make_office("land", "清源县自然资源局")
    old = NOW - timedelta(days=40)
    stray = files.put(office=office, content=b"nobody points here", name="a.txt", now=old)
    fresh = files.put(office=office, content=b"just come in", name="b.txt", now=NOW)
    ratelimit.hit("old", 1, 60, old)
    ratelimit.hit("open", 1, 3600, NOW)
    for name, ends in (("gone", NOW), ("alive", NOW + timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    for status, finished in (
        (TaskResultStatus.SUCCESSFUL, old),
        (TaskResultStatus.FAILED, NOW),
        (TaskResultStatus.READY, None),
    ):
        _job(status, finished_at=finished)
    done = tick.run(NOW)
    assert (done["sweep_files"], done["prune_rate_windows"], done["prune_sessions"], done["prune_jobs"]) == (
        1, 1, 1, 1,
    )  # fmt: skip
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert stray.pk != fresh.pk
    assert RateWindow.objects.get().closes_at > NOW
    assert Session.objects.get().session_key == "alive"
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}


def _job(status, **more) -> DBTaskResult:
    facts = {
        "task_path": "office.tasks.run_tick",
        "args_kwargs": {"args": [], "kwargs": {}},
        "backend_name": "default",
        "exception_class_path": "",
        "traceback": "",
        "run_after": NOW,
        "worker_ids": [],
    }
    return DBTaskResult.objects.create(status=status, **(facts | more))


def test_a_job_whose_worker_died_is_queued_again():
    lost = _job(TaskResultStatus.RUNNING, started_at=NOW - stuck.LIMIT - timedelta(seconds=1))
    alive = _job(TaskResultStatus.RUNNING, started_at=NOW - stuck.LIMIT + timedelta(seconds=1))
    assert stuck.requeue_stuck_jobs(NOW) == 1
    lost.refresh_from_db()
    alive.refresh_from_db()
    assert (lost.status, alive.status) == ("READY", "RUNNING")


def test_the_tick_sends_what_no_worker_took():
    OutboxMessage.objects.create(
        kind="nobody.handles", dedupe_key="a", payload={}, created_at=NOW, due_at=NOW
    )
    assert tick.run(NOW)["outbox"] == 0
    assert OutboxMessage.objects.get().attempts == 1

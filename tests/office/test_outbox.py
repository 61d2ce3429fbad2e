"""The outbox, the tick, and how often something may be tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from office import mail as office_mail
from office import outbox, ratelimit, tick
from office.errors import Refusal
from office.models import Latch, OutboxMessage, RateWindow
from office.outbox import delivering
from office.tasks import deliver_outbox
from office.tick import chores, stuck

from .conftest import NOW

sent: list[tuple[dict, object]] = []


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    monkeypatch.setattr(delivering, "_handlers", {})
    sent.clear()

    @outbox.handler("test")
    def send(payload, now):
        sent.append((dict(payload), now))

    @outbox.handler("refuses")
    def refuse(payload, now):
        raise Refusal("no_address", "王建国没有邮箱")

    @outbox.handler("breaks")
    def breaks(payload, now):
        OutboxMessage.objects.create(kind="test", dedupe_key="half", payload={}, created_at=now, due_at=now)
        raise ConnectionError("wang@example.com refused")


def post(key="k", kind="test", **more):
    return outbox.post(kind=kind, dedupe_key=key, payload={"case": 1}, now=NOW, **more)


def test_a_message_is_sent_once(db):
    assert post().pk == post().pk
    assert outbox.deliver(NOW) == outbox.Outcome(sent=1)
    assert outbox.deliver(NOW) == outbox.Outcome()
    post()
    assert outbox.deliver(NOW + timedelta(days=9)).sent == 0
    assert sent == [({"case": 1}, NOW)]


def test_a_message_waits_for_its_time_and_the_oldest_goes_first(db):
    post("late", due_at=NOW + timedelta(hours=1))
    post("first", due_at=NOW - timedelta(hours=2))
    post("second")
    assert outbox.deliver(NOW, limit=1).sent == 1
    assert OutboxMessage.objects.get(sent_at__isnull=False).dedupe_key == "first"
    assert outbox.deliver(NOW).sent == 1
    assert outbox.deliver(NOW + timedelta(hours=1)).sent == 1


@pytest.mark.parametrize(
    "kind, code", [("refuses", "no_address"), ("breaks", "ConnectionError"), ("unknown", "KeyError")]
)
def test_a_failure_is_tried_again_later_and_given_up_at_last(db, caplog, kind, code):
    post("bad", kind)
    post("good")
    assert outbox.deliver(NOW) == outbox.Outcome(sent=1, put_off=1)
    row = OutboxMessage.objects.get(dedupe_key="bad")
    assert (row.last_error, row.attempts, row.due_at) == (code, 1, NOW + timedelta(minutes=1))
    assert not OutboxMessage.objects.filter(dedupe_key="half").exists()
    clock = NOW
    for _ in range(20):
        clock += timedelta(days=1)
        outbox.deliver(clock)
    row.refresh_from_db()
    assert (row.attempts, row.sent_at) == (delivering.MOST_ATTEMPTS, None)
    assert row.gave_up_at is not None
    for personal in ("王建国", "wang@"):
        assert personal not in row.last_error
        assert personal not in caplog.text


def test_two_handlers_for_one_kind_are_refused():
    with pytest.raises(LookupError, match="test"):
        outbox.handler("test")(lambda payload, now: None)


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_its_transaction_and_a_worker_is_asked_after_it():
    with transaction.atomic():
        post("undone")
        transaction.set_rollback(True)
    assert OutboxMessage.objects.count() == DBTaskResult.objects.count() == 0
    with transaction.atomic():
        post("done", due_at=NOW - timedelta(days=2))
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.get().task_path.endswith("deliver_outbox")
    deliver_outbox.call()
    assert OutboxMessage.objects.get().sent_at is not None


def test_mail_is_plain_and_to_one(db):
    office_mail.send(to="a@example.com", subject="依申请公开", text="请登录查看。")
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (["a@example.com"], "依申请公开", "请登录查看。")


@pytest.fixture
def work(monkeypatch):
    monkeypatch.setattr(chores, "_chores", {})


def test_a_tick_runs_every_chore_and_the_outbox(db, work, capsys):
    tick.job("one")(lambda now: 3)
    post()
    assert tick.run(NOW) == {"one": 3, "outbox": 1}
    assert tick.run(NOW) == {"one": 3, "outbox": 0}
    assert tick.jobs() == ("one",)
    call_command("tick")
    assert "one 3" in capsys.readouterr().out
    with pytest.raises(LookupError):
        tick.job("one")(post)


def test_one_process_ticks_at_a_time_and_a_dead_one_is_not_waited_for(db, work):
    tick.job("one")(lambda now: 1)
    Latch.objects.create(name="tick", holder="other:1", held_until=NOW + chores.LEASE)
    assert tick.run(NOW) == {}
    assert tick.run(NOW + chores.LEASE + timedelta(seconds=1)) == {"one": 1, "outbox": 0}
    assert Latch.objects.get().holder == ""


def test_a_chore_that_fails_stops_no_other_and_is_not_hidden(db, work, caplog):
    def fails(now):
        raise RuntimeError("broken")

    tick.job("bad")(fails)
    ran = []
    tick.job("good")(lambda now: ran.append(now) or 1)
    with pytest.raises(ExceptionGroup, match="chores"):
        tick.run(NOW)
    assert ran == [NOW]
    assert "bad" in caplog.text
    assert Latch.objects.get().holder == ""


def test_a_job_whose_worker_died_is_queued_again(db):
    assert "requeue_stuck_jobs" in tick.jobs()
    for _ in range(3):
        deliver_outbox.enqueue()
    dead, busy, _ = DBTaskResult.objects.all()
    for row, age in ((dead, stuck.LIMIT + timedelta(seconds=1)), (busy, timedelta(minutes=5))):
        DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.RUNNING, started_at=NOW - age)
    assert stuck.requeue_stuck_jobs(NOW) == 1
    assert stuck.requeue_stuck_jobs(NOW) == 0
    dead.refresh_from_db()
    busy.refresh_from_db()
    assert (dead.status, busy.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def test_tries_are_counted_by_bucket_and_window(db):
    assert [ratelimit.hit("10.0.0.1", 3, 60, NOW) for _ in range(5)] == [True, True, True, False, False]
    assert ratelimit.hit("10.0.0.2", 3, 60, NOW)
    assert ratelimit.hit("10.0.0.1", 3, 60, NOW + timedelta(seconds=60))
    assert not RateWindow.objects.filter(bucket__contains="10.0.0").exists()

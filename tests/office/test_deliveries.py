"""Deliveries in several processes: nothing is sent by two, and what a crash cut off is sent again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from office.models import OutboxMessage
from office.models.latch import RateWindow

from .conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
ROOT = Path(__file__).resolve().parents[2]
MESSAGES = 30

# A handler leaves a row of its own for each time it ran, in the transaction that marks the message sent.
DELIVERING = """
import django, os, sys, uuid
django.setup()
from office import outbox
from office.models.latch import RateWindow
from datetime import datetime, timezone
NOW = datetime.fromisoformat(sys.argv[1])
die_at = int(sys.argv[2])
ran = 0
@outbox.handler("test.raced")
def raced(payload, now):
    global ran
    ran += 1
    RateWindow.objects.create(bucket=f"{payload['n']}:{uuid.uuid4().hex}", opened_at=now, closes_at=now)
    if ran == die_at:
        os._exit(9)
print("ready", flush=True)
sys.stdin.readline()
print(outbox.deliver(NOW).sent, flush=True)
"""


@pytest.fixture
def waiting() -> None:
    """Put messages into the outbox as a transaction would."""
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind="test.raced", dedupe_key=str(n), payload={"n": n}, created_at=NOW, due_at=NOW)
        for n in range(MESSAGES)
    )


def start(env: dict[str, str], *, die_at: int = 0) -> subprocess.Popen[str]:
    racer = subprocess.Popen(
        [sys.executable, "-c", DELIVERING, NOW.isoformat(), str(die_at)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert racer.stdout.readline() == "ready\n"
    return racer


def finish(*racers: subprocess.Popen[str]) -> list[str]:
    """Let all begin at once and collect what each says, and how each ended."""
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=60)[0].strip() for racer in racers]
    return [text or f"died {racer.returncode}" for text, racer in zip(said, racers, strict=True)]


def handled() -> list[int]:
    return sorted(int(bucket.split(":")[0]) for bucket in RateWindow.objects.values_list("bucket", flat=True))


def test_two_deliveries_at_once_send_each_message_once(waiting, other_process_env):
    racers = start(other_process_env), start(other_process_env)
    assert sum(int(sent) for sent in finish(*racers)) == MESSAGES
    assert handled() == list(range(MESSAGES))
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


def test_a_message_whose_delivery_died_is_sent_by_the_next(waiting, other_process_env):
    assert finish(start(other_process_env, die_at=4)) == ["died 9"]
    assert handled() == [0, 1, 2], "the fourth left half its records"
    assert OutboxMessage.objects.filter(sent_at=None, attempts=0).count() == MESSAGES - 3
    assert finish(start(other_process_env)) == [str(MESSAGES - 3)]
    assert handled() == list(range(MESSAGES))

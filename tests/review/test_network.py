"""The processes that read files have no network, where the kernel allows it; where not, it is said."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from workflow import checks
from workflow.review.sandbox import network, runner

ROOT = Path(__file__).resolve().parents[2]
CALL = """
import socket, sys
from workflow.review.sandbox.network import leave
if sys.argv[2] == "leave" and not leave():
    print("refused by the kernel")
    sys.exit()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5).close()
    print("reached")
except OSError:
    print("cut off")
"""


def call(port: int, how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-s", "-c", CALL, str(port), how], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )  # fmt: skip
    return done.stdout.strip()


def test_who_left_reaches_nothing_not_even_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert call(port, "stay") == "reached"
        assert call(port, "leave") == ("cut off" if network.available() else "refused by the kernel")


def test_a_reader_says_whether_it_had_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = runner.run("inspect", "征收补偿清单".encode()).answer
    assert answer["network"] == ("none" if network.available() else "shared")


def test_that_there_is_a_network_is_said_once_in_the_log_and_by_the_check(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runner._say_shared.cache_clear()
    with caplog.at_level(logging.WARNING):
        runner._say_shared()
        runner._say_shared()
    assert [record.getMessage() for record in caplog.records] == [network.SHARED]
    monkeypatch.setattr(network, "available", lambda: False)
    assert [one.id for one in checks.files_are_read_without_a_network(None)] == ["workflow.W001"]
    monkeypatch.setattr(network, "available", lambda: True)
    assert checks.files_are_read_without_a_network(None) == []


def test_an_old_kernel_or_another_system_is_told_and_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def unshare(self, flags: int) -> int:
            return -1

    monkeypatch.setattr(network.ctypes, "CDLL", lambda *args, **given: Refusing())
    assert network.leave() is False
    assert network.told(False) == network.SHARED

    def missing(*args: object, **given: object) -> None:
        raise OSError

    monkeypatch.setattr(network.ctypes, "CDLL", missing)
    assert network.leave() is False

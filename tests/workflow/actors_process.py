"""The test's handle on a process that acts on cases."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


class Actors:
    """Sends commands to the acting process and reads what became of them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.ids = itertools.count(1)

    def send(self, **command: Any) -> int:
        """Send one command; return its id."""
        number = next(self.ids)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": number, **command}) + "\n")
        self.process.stdin.flush()
        return number

    def answer(self) -> dict[str, Any]:
        """Read one answer."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the acting process ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def race(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        """Let several commands begin at the same instant; return their answers in order of sending."""
        start_at = time.time() + 0.08
        ids = [self.send(start_at=start_at, **command) for command in commands]
        answers = {answer["id"]: answer for answer in (self.answer() for _ in ids)}
        return [answers[number] for number in ids]


def database_url() -> str:
    """Name the database of this test run as DATABASE_URL does."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base = os.environ["DATABASE_URL"]
    return base[: base.rindex("/") + 1] + str(name) + (("?" + base.split("?", 1)[1]) if "?" in base else "")


@contextmanager
def acting_process() -> Iterator[Actors]:
    """Start the acting process on this run's test database and data directory; end it afterwards."""
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "DATA_DIR": str(settings.DATA_DIR),
        "KEY_DIR": str(settings.KEY_DIR), "FILES_DIR": str(settings.FILES_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.workflow.acting"], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        actors = Actors(process)
        assert actors.answer() == {"ready": True}
        yield actors
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()

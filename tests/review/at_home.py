"""The sandbox's tasks done in this process: for tests that are about what comes of them, not about the walls."""

from __future__ import annotations

import tempfile
import threading
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from workflow.review import sandbox
from workflow.review.sandbox import runner, tasks

#: A process has one working directory, and a test's server more than one thread.
ONE_AT_A_TIME = threading.RLock()


def run(task: str, content: bytes, *, limits: sandbox.Limits | None = None, **given: Any) -> sandbox.Outcome:
    """Do a task as the process would, without starting one: in a folder of its own, where a converter leaves its files."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder, chdir(folder):
        place = Path(folder)
        (place / "out").mkdir()
        answer = tasks.do(task, content, place / "out", limits or sandbox.Limits(), **given)
        return sandbox.Outcome(answer, runner._files(place), 0, 0.0, runner._numbered(place))


def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every task be done in this process."""
    monkeypatch.setattr(sandbox, "run", run)

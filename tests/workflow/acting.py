"""A process that acts on cases: forks a fresh child for each command, so that it can be raced and killed.

Run as a module with the test database in DATABASE_URL; reads one JSON command a line, writes one JSON answer
a line. ``die_at`` kills the child, as a power cut would, before its n-th statement; ``start_at`` is the
instant to begin, so that two children meet.
"""

from __future__ import annotations

import base64
import datetime as dt
import importlib
import json
import os
import pickle
import sys
import time
from typing import Any

KILLED = 9


def main() -> None:
    """Serve commands until standard input ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    import config.urls  # noqa: F401 - loads every module a child would otherwise load under the stopwatch

    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _answer(command)
        elif command.get("die_at"):
            if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == KILLED:
                print(json.dumps({"id": command["id"], "killed": True}), flush=True)
        else:
            while _reap():
                pass


def _reap() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _answer(command: dict[str, Any]) -> None:
    from django.db import connection

    from office.errors import Refusal
    from office.models import User

    said: dict[str, Any] = {"id": command["id"]}
    try:
        time.sleep(max(0.0, command.get("start_at", 0) - time.time()))
        day = dt.date.fromisoformat(command["on"])
        now = dt.datetime.combine(day, dt.time(10), dt.UTC)
        module, name = command["act"].split(".")
        verb = getattr(importlib.import_module(f"workflow.actions.{module}"), name)
        person = User.objects.get(pk=command["by"])
        with connection.execute_wrapper(_Reaper(command.get("die_at"))) as _:
            began = time.monotonic()
            try:
                case = verb(case_id=command["case"], by=person, on=day, now=now, **_given(command))
            finally:
                said["waited"] = time.monotonic() - began
        said |= {"done": True, "state": case.state}
    except Refusal as refusal:
        said |= {"refused": refusal.code, "message": refusal.message}
    except Exception as error:  # noqa: BLE001 - the parent must hear of whatever happened
        said |= {"crashed": f"{type(error).__name__}: {error}"}
    os.write(1, (json.dumps(said, ensure_ascii=False) + "\n").encode())
    os._exit(0)


def _given(command: dict[str, Any]) -> dict[str, Any]:
    """Return the act's own arguments; what JSON cannot carry comes pickled from the test that started us."""
    packed = command.get("pickled")
    return pickle.loads(base64.b64decode(packed)) if packed else command.get("with", {})


class _Reaper:
    """Counts statements and dies before the chosen one."""

    def __init__(self, die_at: int | None) -> None:
        self.die_at, self.count = die_at, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if self.count == self.die_at:
            os._exit(KILLED)
        return execute(sql, params, many, context)


if __name__ == "__main__":
    main()

"""Processes that seal papers at once and die at random instants, forked from one that has everything loaded.

Run as a module with the test database in DATABASE_URL: `python -m tests.letters.drawing OFFICE PROCESSES WANTED`.
Some transactions in a hundred end in the death of their process: before, between or after the statements of the seal,
the commit not reached; now and then one is killed from outside, wherever it is. Writes what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import selectors
import signal
import sys
from typing import Any

#: How many of 1,000 transactions end in the death of their process, and how many commits pass between two murders.
DEATHS, MURDER_EVERY = 60, 40
KINDS = ("communication", "registration_receipt")


class Reaper:
    """Dies before the n-th statement of a transaction, as in a power cut."""

    def __init__(self, at: int | None) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def busy(error: Exception) -> bool:
    """Tell whether a lock was waited for too long, as `workflow.locking` does."""
    return "database is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in (
        "55P03",
        "40P01",
    )


def draw(office_id: int, seed: int, told: int) -> None:
    """Seal papers until death comes; write a byte for each that is committed."""
    from django.db import OperationalError, connection, transaction

    import letters
    from letters.compose_paper import compose
    from letters.samples import ON, facts
    from office.models import Office
    from tests.letters.conftest import NOW, Signer

    chance, office = random.Random(seed), Office.objects.get(pk=office_id)
    said = {kind: facts(kind) | {"office": office.facts()} for kind in KINDS}
    ready = {kind: compose(kind, said[kind], on=ON) for kind in KINDS}
    while True:
        kind = KINDS[chance.random() > 0.8]
        at = chance.randint(1, 12) if chance.randrange(1000) < DEATHS else None
        try:
            with connection.execute_wrapper(Reaper(at)), transaction.atomic():
                letters.seal(
                    kind=kind, facts=said[kind], composed=ready[kind], office=office,
                    subject_ref=f"case:{chance.randint(1, 40)}", by=Signer(), on=ON, now=NOW,
                )  # fmt: skip
                if at is not None:
                    os._exit(9)  # everything is written, and the commit never comes
        except OperationalError as error:  # the wait for the lock was over: acts say so and are pressed again
            if not busy(error):
                raise
            continue
        os.write(told, b".")


def main(office_id: int, processes: int, wanted: int) -> None:
    """Keep processes drawing until enough papers are committed, then kill them all at once."""
    import django

    django.setup()
    import config.urls  # noqa: F401 - loads every module a child would otherwise load
    from letters.compose_paper import compose
    from letters.print_shop import printed
    from letters.samples import ON, facts

    for kind in KINDS:  # fonts are read once, and not by every child anew
        printed(compose(kind, facts(kind), on=ON), facts(kind), on=ON)
    hear, told = os.pipe()
    os.set_blocking(hear, False)
    chance, seed, done, died, next_murder = random.Random(7), 0, 0, 0, MURDER_EVERY
    children: set[int] = set()
    with selectors.DefaultSelector() as ready:
        ready.register(hear, selectors.EVENT_READ)
        while done < wanted:
            while len(children) < processes:
                seed += 1
                pid = os.fork()
                if pid == 0:
                    _child(office_id, seed, told)
                children.add(pid)
            if ready.select(timeout=0.2):
                done += len(os.read(hear, 4096))
            if done >= next_murder:
                next_murder += MURDER_EVERY
                os.kill(chance.choice(sorted(children)), signal.SIGKILL)
            while (gone := os.waitpid(-1, os.WNOHANG))[0]:
                code = os.waitstatus_to_exitcode(gone[1])
                if code not in (9, -signal.SIGKILL):
                    sys.exit(f"a process failed: {code}")
                children.discard(gone[0])
                died += 1
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    for pid in children:
        os.waitpid(pid, 0)
    print(json.dumps({"done": done, "died": died}))


def _child(office_id: int, seed: int, told: int) -> None:
    try:
        draw(office_id, seed, told)
    except BaseException:  # noqa: BLE001 - the parent hears of it by the exit code, whatever it was
        import traceback

        traceback.print_exc()
    os._exit(1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(*(int(text) for text in sys.argv[1:4]))

"""The desk's rows of a case that is not filed yet: its process and the tasks up to where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FLOW = "workflow/flow.CaseFlow"
START, HUMAN, SPLIT, JOIN = "START", "HUMAN", "PARALLEL_GATEWAY", "JOIN"
STRAIGHT = ("start", "register", "assign", "handle")
# state → how many tasks of the straight part are behind it, the next one being open
BEHIND = {"submitted": 1, "registered": 2, "supplementing": 3, "handling": 3}
TASKS = 16


def write(
    rows: dict[str, list[Any]],
    case: int,
    state: str,
    last: str,
    created: str,
    now: str,
    actors: Mapping[str, int],
) -> None:
    """Collect process, tasks and their order as the flow itself leaves them behind."""
    rows["process"].append((case, FLOW, "NEW", created, None, "{}", None, None, None, None, None))
    rows["caseprocess"].append((case, case, True))
    tasks = _Tasks(rows, case, now, actors)
    if state in BEHIND:
        behind = BEHIND[state]
        for name in STRAIGHT[:behind]:
            tasks.done(name)
        tasks.open(STRAIGHT[behind])
        return
    for name in STRAIGHT:
        tasks.done(name)
    tasks.split()
    if state == "reviewing":
        if last == "clear_secrecy":
            tasks.branch("secrecy", 1, done=True)
            tasks.branch("redaction", 2, done=False)
            tasks.join(done=False)
        else:
            tasks.branch("secrecy", 1, done=False)
            tasks.branch("redaction", 2, done=False)
        return
    tasks.branch("secrecy", 1, done=True)
    tasks.branch("redaction", 2, done=True)
    tasks.join(done=True)
    for name, after in (("sign", "signing"), ("deliver", "replied"), ("archive", "served")):
        if state == after:
            tasks.open(name)
            return
        tasks.done(name)


class _Tasks:
    def __init__(self, rows: dict[str, list[Any]], case: int, now: str, actors: Mapping[str, int]) -> None:
        self.rows, self.case, self.now, self.actors = rows, case, now, actors
        self.place, self.last = 0, 0
        self.cut = 0
        self.branches: list[tuple[int, bool]] = []

    def _add(self, name: str, kind: str, status: str, token: str = "start", owner: int | None = None) -> int:  # noqa: S107
        self.place += 1
        pk = self.case * TASKS + self.place
        started = self.now if status in ("DONE", "STARTED") and kind != SPLIT else None
        finished = self.now if status == "DONE" else None
        self.rows["task"].append((
            pk, f"{FLOW}.{name}", kind, status, self.now, None, started, finished, None, token, None, owner, None, None,
            None, self.case, "{}", None, None, None, None,
        ))  # fmt: skip
        return pk

    def _follow(self, pk: int, before: int) -> None:
        if before:
            self.rows["previous"].append((pk, before))
        self.last = pk

    def done(self, name: str) -> None:
        kind = START if name == "start" else HUMAN
        self._follow(self._add(name, kind, "DONE", owner=self.actors.get(name)), self.last)

    def open(self, name: str) -> None:
        self._follow(self._add(name, HUMAN, "NEW"), self.last)

    def split(self) -> None:
        self._follow(self._add("review", SPLIT, "DONE"), self.last)
        self.cut = self.last

    def branch(self, name: str, place: int, *, done: bool) -> None:
        owner = self.actors[name] if done else None
        pk = self._add(name, HUMAN, "DONE" if done else "NEW", f"start/{self.cut}_{place}", owner)
        self._follow(pk, self.cut)
        self.branches.append((pk, done))

    def join(self, *, done: bool) -> None:
        pk = self._add("cleared", JOIN, "DONE" if done else "STARTED")
        for branch, finished in self.branches:
            if finished:
                self._follow(pk, branch)

"""Write one planned case as the rows that its acts would have left behind."""

from __future__ import annotations

import base64
import datetime as dt
from functools import lru_cache
from typing import Any

from law.clock import Event, Reading, evaluate
from letters.catalogue import KINDS
from office.journal import canonical
from workflow.load import desk
from workflow.load.acts import CaseActs
from workflow.load.plan import Planned
from workflow.load.records import Writer
from workflow.load.roads import Step
from workflow.load.texts import (
    DUE,
    EXTENDED,
    NEW_DUE,
    NOTICE,
    OPINION,
    RECEIVED,
    SEARCHED,
    SENT,
    SUPPLEMENTED,
    WITHDRAWN,
    put,
)  # fmt: skip

SLOT_OF = {
    "supplement_notice": NOTICE, "supplement_received": SUPPLEMENTED, "consultation_sent": SENT,
    "opinion_received": OPINION, "extension": EXTENDED, "withdrawn": WITHDRAWN,
}  # fmt: skip


def write_case(writer: Writer, case: Planned) -> None:
    """Collect the rows of one case."""
    _Case(writer, case).write()


def series_of_kinds() -> dict[str, str]:
    """Return the number series of every kind of paper on a road."""
    found = {code: kind.series for code, kind in KINDS.items()}
    return found | {"reply": KINDS["reply_disclose"].series}


@lru_cache(maxsize=100_000)
def _reading(
    channel: str, arrived: dt.date, confirmed: dt.date | None, told: tuple[tuple[str, dt.date, Any, Any], ...],
    as_of: dt.date,
) -> Reading:  # fmt: skip
    events = [Event(kind, on, dict(zip(names, values, strict=True))) for kind, on, names, values in told]
    return evaluate(channel=channel, arrived_on=arrived, confirmed_on=confirmed, events=events, as_of=as_of)


class _Case(CaseActs):
    """One case from its first act to its last."""

    def write(self) -> None:
        case = self.case
        confirmed = case.received if case.received and case.steps[0].day < 0 else None
        self._values_of_dates(case, confirmed)
        created = ""
        for place, step in enumerate(case.steps):
            on = case.day(step)
            at = f"{on} {1 + place // 8:02}:{place % 8 * 7:02}:00"
            created = created or at
            self.step(step, on, at)
        seen = self._read(confirmed)
        self._case_row(seen, confirmed, created, at)
        self._people_and_items()
        for place, (kind, day, names, values, paper) in enumerate(self.events, start=1):
            data = {
                name: v.isoformat() if isinstance(v, dt.date) else v
                for name, v in zip(names, values, strict=True)
            }
            if "id" in data:
                data["id"] = str(case.id)
            self.rows["event"].append(
                (case.id, self.w.staff.office, place, kind, day.isoformat(), canonical(data), paper)
            )
        wrapped = self.w.seals.seal(base64.b64encode(self.key).decode("ascii"), f"data-key:{self.subject}")
        self.rows["key"].append((self.subject, wrapped, None))
        if self.state not in ("archived", "lapsed", "withdrawn"):
            actors = {
                "register": self._user("intake"),
                "assign": self._user("allocator"),
                "handle": self.handler,
            }
            for job in ("secrecy", "redaction", "sign", "deliver"):
                actors[job] = self._user({"sign": "signatory", "deliver": "intake"}.get(job, job))
            desk.write(self.rows, case.id, self.state, case.steps[-1].act, created, at, actors)

    def _values_of_dates(self, case: Planned, confirmed: dt.date | None) -> None:
        """Look ahead over the road, for the dates that papers name before or after they come about."""
        if case.received is None:
            return
        for step in case.steps:
            on = case.day(step)
            self.days[step.act] = on
            if step.event:
                self._event(step, on)
        if not case.open:
            return
        seen = self._read(confirmed)
        put(self.values, RECEIVED, case.received)
        for kind, day, *_ in self.events:
            if kind in SLOT_OF:
                put(self.values, SLOT_OF[kind], day)
        if seen.original_due_on and seen.due_on:
            put(self.values, DUE, seen.original_due_on)
            put(self.values, NEW_DUE, seen.due_on)
        if "record_search" in self.days:
            put(self.values, SEARCHED, self.days["record_search"])

    def _event(self, step: Step, on: dt.date) -> None:
        names: tuple[str, ...] = ()
        values: tuple[Any, ...] = ()
        if step.event in ("supplement_notice", "extension"):
            names, values = ("days",), (15,)
        elif step.event == "consultation_sent":
            delivered = next((self.case.day(s) for s in self.case.steps if s.data.get("delivered")), None)
            names, values = ("id", "party", "delivered_on"), ("c", "third", delivered)
        elif step.event == "opinion_received":
            names, values = ("id",), ("c",)
        elif step.event == "served":
            names, values = ("channel",), (self.case.service,)
            if self.case.service in ("counter", "portal"):
                names, values = ("channel", "signed_on"), (self.case.service, on)
        self.events.append([step.event, on, names, values, None])

    def _read(self, confirmed: dt.date | None) -> Reading:
        case = self.case
        told = tuple((kind, day, names, values) for kind, day, names, values, _ in self.events)
        return _reading(case.channel, case.arrived, confirmed, told, case.day(case.steps[-1]))

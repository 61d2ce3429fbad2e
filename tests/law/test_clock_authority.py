"""On what authority a clock runs longer than its term: extension, consultation, a stated day, or waiting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from law.clock import evaluate
from law.clock.reading import MovedBy

SENT = {
    "type": "consultation_sent",
    "id": "a",
    "party": "third",
    "on": "2026-03-04",
    "delivered_on": "2026-03-05",
}
LONGER = {"type": "extension", "on": "2026-03-10", "days": 20}
ASKED = {"type": "excess_asked", "on": "2026-03-03"}
LATER = {"type": "excess_delay", "on": "2026-03-09", "until": "2026-06-30"}
FEE = [{"type": "fee_notice", "on": "2026-03-04"}, {"type": "fee_paid", "on": "2026-03-12"}]
RUNS_ON = {"fees.clock_restarts": False}
# The reply of a request of 2 March is due on 30 March.
ON_DUE = {**SENT, "on": "2026-03-30", "delivered_on": "2026-03-31"}

CASES: list[tuple[list[dict[str, Any]], dict[str, Any], MovedBy]] = [
    ([], {}, MovedBy(0)),
    ([LONGER], {}, MovedBy.EXTENSION),
    ([SENT], {}, MovedBy.CONSULTATION),
    ([ASKED, LATER], {}, MovedBy.DELAY),
    (FEE, RUNS_ON, MovedBy.WAITING),
    ([LONGER, SENT], {}, MovedBy.EXTENSION | MovedBy.CONSULTATION),
    ([LONGER, ASKED, LATER], {}, MovedBy.EXTENSION | MovedBy.DELAY),
    ([SENT, *FEE], RUNS_ON, MovedBy.CONSULTATION | MovedBy.WAITING),
    ([ON_DUE], {}, MovedBy(0)),
]  # fmt: skip


@pytest.mark.parametrize(("events", "own", "moved"), CASES)
def test_what_a_due_date_rests_on(events: list[dict[str, Any]], own: dict[str, Any], moved: MovedBy) -> None:
    reading = evaluate(
        channel="counter", arrived_on=date(2026, 3, 2), as_of=date(2026, 3, 20), events=events, overrides=own
    )
    assert reading.moved_by == moved
    names = [
        name for name in ("extension", "consultation", "delay", "waiting") if MovedBy[name.upper()] in moved
    ]
    assert sorted(reading.as_json()["moved_by"]) == sorted(names)

"""Since when a case is in its stage, with its unit and with its handler, and when it left the office's hands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from workflow.states import ENDED, State

if TYPE_CHECKING:
    from workflow.models import Case

#: Columns of the case: kept beside it by every act, told by the journal's own lines.
COLUMNS = ("stage_on", "unit_on", "handler_on", "closed_on")


class Place(NamedTuple):
    """Where a case is: its state, its unit, its handler."""

    state: str
    unit: int | None
    handler: int | None


def place(case: Case) -> Place:
    """Tell where a case is now, for comparing after an act."""
    return Place(case.state, case.unit_id, case.handler_id)


def follow(case: Case, was: Place, on: dt.date) -> None:
    """Note what an act on a day has begun or ended; nothing is saved.

    :param was: where the case was before the act
    """
    now = place(case)
    if now.state != was.state:
        case.stage_on = on
        case.closed_on = _left(case, was, on)
    if now.unit != was.unit:
        case.unit_on = on if now.unit else None
    if now.handler != was.handler:
        case.handler_on = on if now.handler else None


def _left(case: Case, was: Place, on: dt.date) -> dt.date | None:
    if case.state not in ENDED:
        return None
    if was.state in ENDED:
        return case.closed_on
    # Service counts by its channel (国办公开办函〔2016〕235号), not by the day it was entered.
    return (case.completed_on or on) if case.state == State.SERVED else on

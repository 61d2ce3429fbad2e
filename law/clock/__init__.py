"""The clock of a request: events in, dates out (条例30–35)."""

from law.clock.engine import evaluate
from law.clock.errors import BadEvent, ImpossibleEvent
from law.clock.events import Event, read_event
from law.clock.reading import LedgerDay, Reading, Status

__all__ = ["BadEvent", "Event", "ImpossibleEvent", "LedgerDay", "Reading", "Status", "evaluate", "read_event"]

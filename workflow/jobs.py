"""The case floor's chores for the tick, and its handlers for the outbox."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localdate

from office import tick
from workflow.notices import mails, reminders

REMINDERS = "workflow.reminders"


def remind(now: dt.datetime) -> int:
    """Queue every reminder that is due and that nobody has been told yet."""
    return reminders.post_new(reminders.find(on=localdate(now)), now=now)


def load() -> None:
    """Register chores, handlers and the journal key of recomputing; called when the app is ready."""
    # Imported for its journal key: the trail must be able to read such a line in every process.
    from workflow import recompute

    tick.job(REMINDERS)(remind)
    mails.register()
    assert recompute.RECOMPUTED

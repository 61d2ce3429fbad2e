"""The case floor's chores for the tick, and its handlers for the outbox."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localdate

from office import tick
from workflow import recompute as _recompute  # noqa: F401  (registers its journal key)
from workflow.notices import mails, reminders

REMINDERS = "workflow.reminders"


def remind(now: dt.datetime) -> int:
    """Queue every reminder that is due and that nobody has been told yet."""
    return reminders.post_new(reminders.find(on=localdate(now)), now=now)


def load() -> None:
    """Register chores and handlers; called when the app is ready."""
    tick.job(REMINDERS)(remind)
    mails.register()


__all__ = ["REMINDERS", "load", "remind"]

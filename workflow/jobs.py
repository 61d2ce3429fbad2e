"""The case floor's chores for the tick, and its handlers for the outbox."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from calendars import published
from office import tick
from office.actors import SystemActor
from workflow import recompute
from workflow.alike import index
from workflow.bulk import running
from workflow.models import Case, Consultation
from workflow.notices import mails, reminders
from workflow.selectors.timeliness import open_cases

BULKS = "workflow.bulks"
CLOCKS = "workflow.clocks"
REMINDERS = "workflow.reminders"
WORDINGS = "workflow.wordings"


def remind(now: dt.datetime) -> int:
    """Queue every reminder that is due and that nobody has been told yet."""
    with published.moment():
        return reminders.post_new(reminders.find(on=localdate(now)), now=now)


def move_clocks(now: dt.datetime) -> int:
    """Bring the stored dates of cases with an unanswered consultation to this day; return how many moved.

    A letter not yet delivered is reckoned as delivered on the day of asking, and silence ends by itself: these
    dates move although nothing happens.
    """
    waiting = Consultation.objects.filter(case_id=OuterRef("pk"), opinion_on__isnull=True)
    cases = open_cases(Case.objects.all()).filter(Exists(waiting))
    on = localdate(now)
    return recompute.total(recompute.rebuild(cases, by=SystemActor("tick"), on=on, now=now))[2]


def read_wordings(now: dt.datetime) -> int:
    """Bring the index of like requests to the present; return how many items were read."""
    return index.catch_up()


def work_through_bulks(now: dt.datetime) -> int:
    """Go on with decisions over many cases that no worker has finished; return how many cases were settled."""
    return running.run_all(now=now)


def load() -> None:
    """Register chores and handlers; called when the app is ready."""
    tick.job(BULKS)(work_through_bulks)
    tick.job(CLOCKS)(move_clocks)
    tick.job(REMINDERS)(remind)
    tick.job(WORDINGS)(read_wordings)
    mails.register()


__all__ = [
    "BULKS", "CLOCKS", "REMINDERS", "WORDINGS", "load", "move_clocks", "read_wordings", "remind", "work_through_bulks",
]  # fmt: skip

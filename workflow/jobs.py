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
from workflow.notices import digests, mails, owed, reminders, supervision_mails
from workflow.review import copies
from workflow.review.disclosing import burning
from workflow.review.marking import suggest
from workflow.selectors.timeliness import open_cases

BULKS = "workflow.bulks"
COPIES = "workflow.disclosed_copies"
CLOCKS = "workflow.clocks"
OWED = "workflow.owed"
DIGESTS = "workflow.digests"
REMINDERS = "workflow.reminders"
SUGGESTIONS = "workflow.suggestions"
WORDINGS = "workflow.wordings"
WORKING_COPIES = "workflow.working_copies"


def remind(now: dt.datetime) -> int:
    """Queue every reminder that is due and that nobody has been told yet."""
    with published.moment():
        return reminders.post_new(reminders.find(on=localdate(now)), now=now)


def remind_offices(now: dt.datetime) -> int:
    """Queue the reminders of sheets not confirmed and annual reports not published."""
    with published.moment():
        return owed.post_new(on=localdate(now), now=now)


def sum_up(now: dt.datetime) -> int:
    """Queue the summaries by e-mail of this day and this week that nobody has been sent yet."""
    return digests.post_new(now)


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


def make_copies(now: dt.datetime) -> int:
    """Make the disclosed copies that no worker has finished; return how many were looked at."""
    return sum(bool(burning.run(pk, now=now)) for pk in burning.waiting(now))


def find_personal_data(now: dt.datetime) -> int:
    """Look through the documents in which suggestions were asked for and no worker has looked; return how many."""
    waiting = suggest.waiting()
    for version_id in waiting:
        suggest.find(version_id, now=now)
    return len(waiting)


def make_working_copies(now: dt.datetime) -> int:
    """Make the working copies that no worker has made; return how many were looked at."""
    waiting = copies.waiting()
    for version_id in waiting:
        copies.make(version_id, now=now)
    return len(waiting)


def load() -> None:
    """Register chores and handlers; called when the app is ready."""
    tick.job(BULKS)(work_through_bulks)
    tick.job(CLOCKS)(move_clocks)
    tick.job(COPIES)(make_copies)
    tick.job(REMINDERS)(remind)
    tick.job(OWED)(remind_offices)
    tick.job(DIGESTS)(sum_up)
    tick.job(SUGGESTIONS)(find_personal_data)
    tick.job(WORDINGS)(read_wordings)
    tick.job(WORKING_COPIES)(make_working_copies)
    mails.register()
    owed.register()
    supervision_mails.register()
    digests.register()


__all__ = [
    "BULKS", "CLOCKS", "COPIES", "DIGESTS", "OWED", "REMINDERS", "SUGGESTIONS", "WORDINGS", "WORKING_COPIES", "find_personal_data", "load", "make_copies",
    "make_working_copies",    "move_clocks", "read_wordings", "remind", "remind_offices", "sum_up", "work_through_bulks",
]  # fmt: skip

"""Where a page of a list goes on: behind a key of due date and id, undated cases last."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from office.web.asked import whole_number


def behind(after: str) -> Q:
    """Return what comes after the last line of the page before; everything where the key is blank or none of ours."""
    day, _, text = after.partition("_")
    pk = whole_number(text)
    if pk is None:
        return Q()
    if day == "none":
        return Q(due_on__isnull=True, pk__gt=pk)
    try:
        due = dt.date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on__isnull=True)


def key_of(due_on: dt.date | None, pk: int) -> str:
    """Write the key of a page's last line."""
    return f"{due_on.isoformat() if due_on else 'none'}_{pk}"

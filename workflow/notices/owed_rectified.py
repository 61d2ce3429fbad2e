"""What is looked for on notices to rectify and criticisms: the term is near, ends today, or is over unreported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from office.web.dates import chinese_date
from workflow import rules
from workflow.models import Rectification
from workflow.notices.owing import Owing, before
from workflow.selectors.timeliness import working_days_left

#: The term is spoken of when this many working days are left.
NEAR = 3
#: No longer than this before its term is a notice looked at: three working days never span a month.
AHEAD = dt.timedelta(days=31)
#: Whether what a reminder says still holds on a day, with the end of the term.
HOLDS: dict[str, Callable[[dt.date, dt.date], bool]] = {
    "rectify_late": lambda on, until: on > until,
    "rectify_today": lambda on, until: on == until,
    "rectify_due": lambda on, until: on < until,
}
PAGE = {Rectification.Kind.RECTIFY: "rectification", Rectification.Kind.CRITICISE: "criticism"}


def owing(on: dt.date) -> Iterator[Owing]:
    """Yield the notices that went out and whose term is near or over with nothing reported, the earliest first."""
    rows = Rectification.objects.filter(Rectification.OWED, rectify_by_on__lte=on + AHEAD)
    for row in rows.select_related("about", "paper").order_by("rectify_by_on", "pk"):
        until = row.rectify_by_on
        what = next(kind for kind, holds in HOLDS.items() if holds(on, until))
        since = {"rectify_late": until + dt.timedelta(days=1), "rectify_today": until}.get(what)
        since = since or before(rules.days_of(row.about_id), until, NEAR)
        if on < since or (what != "rectify_late" and row.sent_on >= on):
            continue  # one that came on this very day is told by its own mail
        about = (("record", row.pk), ("round", row.returned), ("until", until.isoformat()))
        yield Owing(what, row.about_id, row.about.name, since, about, row.issued_by_id)


def still_due(payload: Mapping[str, Any], on: dt.date) -> bool:
    """Tell whether what a reminder says of a notice is still true: not reported, no other term, and the day is right."""
    until = dt.date.fromisoformat(payload["until"])
    rows = Rectification.objects.filter(
        Rectification.OWED, pk=payload["record"], returned=payload["round"], rectify_by_on=until
    )
    return HOLDS[payload["what"]](on, until) and rows.exists()


def told(payload: Mapping[str, Any], on: dt.date) -> tuple[str, str, str]:
    """Return how a mail names a notice, what it says of its term, and the address of its page; nothing of what it says."""
    row = Rectification.objects.select_related("paper").get(pk=payload["record"])
    left = working_days_left(row.rectify_by_on, on, row.about_id) or 0
    how = f"逾期{-left}个工作日" if left < 0 else f"还剩{left}个工作日" if left else "今天届满"
    name = f"{row.get_kind_display()}（{row.paper.number_text}）" if row.paper else row.get_kind_display()
    line = f"整改期限为{chinese_date(row.rectify_by_on)}，{how}。"
    return name, line, reverse("desk:beside_record", args=[PAGE[Rectification.Kind(row.kind)], row.pk])

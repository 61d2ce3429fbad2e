"""Put a change in force: every open case's dates and the journals of the offices, in the caller's transaction."""

from __future__ import annotations

import datetime as dt
import uuid

from calendars import published
from calendars.errors import CalendarError
from calendars.models import StoredNotice
from office import journal
from office.actors import Actor
from office.errors import Refusal
from office.models import Latch, Office
from workflow.impact.assess import Impact, reckoned
from workflow.impact.change import Change, of_notice
from workflow.impact.writing import write

APPLIED = journal.register(
    "impact.applied",
    "因{cause}，{by}重算在办案件的期限：移动{moved}件，其中{late}件变为逾期，{cured}件不再逾期",
)


class ImpactChanged(Refusal):
    """What would happen is no longer what the confirming person was shown."""


def notice_change(notice: StoredNotice) -> Change:
    """Work out what a notice changes. Raises Refusal where it does not follow on what is held."""
    try:
        return of_notice(notice)
    except CalendarError as error:
        raise Refusal("does_not_follow", error.message, field="year") from error


def apply(
    change: Change,
    *,
    cause: str,
    by: Actor,
    on: dt.date,
    now: dt.datetime,
    act_id: uuid.UUID,
    seen: str | None,
) -> Impact:
    """Recompute every open case that a change reaches, and write one line into each office's journal.

    The edition must have been taken by ``published.begin_change``. ``seen`` is the digest of the impact that the
    person was shown. Raises ImpactChanged where it is another one by now.
    """
    found = Impact(on)
    for rows in reckoned(change, found, on=on):
        write(rows)
    if seen is not None and seen != found.digest:
        raise ImpactChanged("impact_changed", "案件在您查看之后有了变化，请重新查看影响后再复核。")
    counts = found.by_office()
    held = {row.pk: row for row in Office.objects.select_for_update().filter(pk__in=counts).order_by("pk")}
    for pk, (moved, late, cured) in counts.items():
        crossing = [
            [row.case, str(row.before), str(row.after)]
            for row in (*found.late, *found.cured)
            if row.office == pk
        ]
        journal.write(
            subject=held[pk].ref, key=APPLIED, by=by, on=on, now=now, office_id=pk, act_id=act_id,
            data={"cause": cause, "moved": moved, "late": late, "cured": cured, "crossing": crossing},
        )  # fmt: skip
    published.changed()
    return found


def tell(
    key: str, *, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID, data: dict[str, object]
) -> None:
    """Write a line about the whole installation; its chain has a latch instead of an office's row."""
    Latch.objects.get_or_create(name="journal:office:0")
    Latch.objects.select_for_update().get(name="journal:office:0")
    journal.write(
        subject="office:0", key=key, by=by, on=on, now=now, office_id=None, act_id=act_id, data=data
    )

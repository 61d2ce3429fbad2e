"""What is looked for after the reply: the terms of reconsideration and suit, letters on the portal that nobody opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from calendars import published
from workflow.models import Case, Delivery
from workflow.notices.looks import days_ago
from workflow.notices.watching import Cases, Due, rows, watch
from workflow.selectors.timeliness import due_by

#: A letter on the applicant's own page that nobody opened is spoken of after this many working days.
READ_WITHIN = 5


def _answer_still(case: Case, on: dt.date, what: str) -> bool:
    return bool(case.remedies_to_answer())


@watch("remedy_late", "remedy_due", still=_answer_still)
def answers(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases whose reconsideration or suit is to be answered within three working days, or was."""
    owed = everywhere.filter(due_by("remedies__answer_due_on", "soon", on), remedies__stage="received")
    for pk, state, office, unit, handler, day in rows(owed, "remedies__answer_due_on"):
        if day < on:
            yield Due("remedy_late", pk, state, office, unit, handler, day, day + dt.timedelta(days=1))
        else:
            yield Due("remedy_due", pk, state, office, unit, handler, day, on)


@watch("advice_due", still=lambda case, on, what: bool(case.advice_to_report()))
def advice(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases whose reconsideration opinion is to be reported on within ten working days, or was."""
    owed = everywhere.filter(
        due_by("remedies__opinion_due_on", "near", on), remedies__opinion_reported_on__isnull=True
    )
    for pk, state, office, unit, handler, day in rows(owed, "remedies__opinion_due_on"):
        yield Due("advice_due", pk, state, office, unit, handler, day, on)


@watch("unread_letter", still=lambda case, on, what: bool(case.unread_deliveries()))
def unread(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases with a letter on the applicant's own page that nobody has opened for some days."""
    old = Delivery.objects.filter(
        channel="portal", read_at__isnull=True, sent_on__lte=days_ago(on, READ_WITHIN)
    ).exclude(paper__kind="registration_receipt")  # fmt: skip
    old = old.exclude(case__state__in=["archived", "withdrawn"])
    told = old.order_by("sent_on", "pk").values_list(
        "case_id", "case__state", "case__office_id", "case__unit_id", "case__handler_id", "sent_on", "pk"
    )
    calendar = published.calendar()
    for pk, state, office, unit, handler, day, delivery in told.iterator(chunk_size=2000):
        since = calendar.project(day, READ_WITHIN).date + dt.timedelta(days=1)
        yield Due("unread_letter", pk, state, office, unit, handler, day, since, mark=f"letter{delivery}")


@watch("came_back", still=lambda case, on, what: bool(case.returned_mail()))
def came_back(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases with a letter or an e-mail that came back and was not sent anew, from the day after on."""
    returned = Delivery.objects.filter(returned_on__lt=on, again__isnull=True)
    returned = returned.exclude(case__state__in=["archived", "withdrawn"])
    told = returned.order_by("returned_on", "pk").values_list(
        "case_id", "case__state", "case__office_id", "case__unit_id", "case__handler_id", "returned_on", "pk"
    )
    for pk, state, office, unit, handler, day, delivery in told.iterator(chunk_size=2000):
        yield Due(
            "came_back",
            pk,
            state,
            office,
            unit,
            handler,
            day,
            day + dt.timedelta(days=1),
            mark=f"delivery{delivery}",
        )

"""What is looked for on every open case: its own term, its letters, the applicant's terms, the units' parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from calendars import published
from law.clock.terms import terms_on
from letters.models import Paper
from workflow import house_terms, rules
from workflow.machine import ENDED, State
from workflow.models import Case, ClockEvent, Consultation, Delivery, ExcessInquiry, Share
from workflow.notices.watching import Cases, Due, rows, watch
from workflow.selectors.papers import NEEDS_PROOF
from workflow.selectors.timeliness import RUNNING, Standing, running_cases, standing, unsilent

#: Working days left at which the own term is spoken of, each once.
LEVELS = (1, 3, 5, 10)
#: A signed reply that is still here on the second working day is reminded of; another letter on the third.
SERVE_WITHIN = 1
LETTER_WITHIN = 2
#: The applicant's own term is spoken of when this many working days are left.
ENDING = 3


def _last_day_within(on: dt.date, days: int) -> dt.date:
    """Return the last date that is no more than some working days ahead, days off behind it included."""
    return published.calendar().project(on, days + 1).date - dt.timedelta(days=1)


def days_ago(on: dt.date, days: int) -> dt.date:
    """Return the newest date since which more than some working days have passed before a day."""
    calendar, found = published.calendar(), on
    while calendar.project(found, days).date >= on:
        found -= dt.timedelta(days=1)
    return found


# ------------------------------------------------------------------------------------- the own term


def _term_still(case: Case, on: dt.date, what: str) -> bool:
    now_at = standing(case, on=on)
    return now_at == Standing.OVERDUE if what == "overdue" else now_at in RUNNING


@watch("overdue", "due_today", *(f"due_{n}" for n in LEVELS), still=_term_still)
def own_term(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield every running case at the level at which it stands; a paused one is not spoken of."""
    running = running_cases(everywhere, on=on)
    for pk, state, office, unit, handler, due in rows(running.filter(due_on__lt=on), "due_on"):
        yield Due("overdue", pk, state, office, unit, handler, due, due + dt.timedelta(days=1))
    began: dict[tuple[dt.date, int], dt.date] = {}
    borders = [(n, _last_day_within(on, n)) for n in LEVELS]
    # By the earlier of the legal date and that of the risk: a reminder may come too early, never too late.
    near = running.filter(due_on__gte=on, alert_due_on__lte=borders[-1][1])
    for pk, state, office, unit, handler, alert, due in rows(near, "alert_due_on", "due_on"):
        level = next(n for n, last in borders if alert <= last)
        if due == on:
            yield Due("due_today", pk, state, office, unit, handler, alert, on)
            continue
        if (alert, level) not in began:
            began[alert, level] = _began(alert, level)
        yield Due(f"due_{level}", pk, state, office, unit, handler, alert, began[alert, level])


def _began(last: dt.date, days: int) -> dt.date:
    """Return the first date from which a last day was no more than some working days ahead."""
    first = last
    while _last_day_within(first - dt.timedelta(days=1), days) >= last:
        first -= dt.timedelta(days=1)
    return first


# ----------------------------------------------------------------------------------------- letters


@watch("unserved", still=lambda case, on, what: case.state == State.REPLIED)
def unserved_reply(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the signed replies that nobody served within a working day."""
    signed = everywhere.filter(
        state=State.REPLIED, replied_on__lt=days_ago(on, SERVE_WITHIN) + dt.timedelta(days=1)
    )
    for pk, state, office, unit, handler, day in rows(signed, "replied_on"):
        yield Due("unserved", pk, state, office, unit, handler, day, _after(day, SERVE_WITHIN))


@watch("unserved_letter", still=lambda case, on, what: bool(case.unserved_papers()))
def unserved_letter(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the letters to applicants whose service is not on record after two working days."""
    served = Delivery.objects.filter(paper_id=OuterRef("pk"))
    unfiled = everywhere.exclude(state=State.ARCHIVED).annotate(
        ref=Concat(Value("case:"), Cast("pk", CharField()), output_field=CharField())
    )
    papers = Paper.objects.filter(
        ~Exists(served), subject_ref__in=unfiled.values("ref"), kind__in=NEEDS_PROOF, voiding=None,
        signed_on__lte=days_ago(on, LETTER_WITHIN),
    )  # fmt: skip
    oldest: dict[int, dt.date] = {}
    for ref, day in papers.order_by("-signed_on").values_list("subject_ref", "signed_on"):
        oldest[int(ref.removeprefix("case:"))] = day
    cases = everywhere.filter(pk__in=list(oldest)).exclude(state=State.ARCHIVED)
    for pk, state, office, unit, handler, _ in rows(cases, "arrived_on"):
        day = oldest[pk]
        yield Due("unserved_letter", pk, state, office, unit, handler, day, _after(day, LETTER_WITHIN))


# ------------------------------------------------------------------------------ the applicant's terms

#: While a case waits for its applicant: the letter that set the term, and what is said of its end.
WAITING = {
    State.SUPPLEMENTING: ("supplement_notice", "supplement"),
    State.EXPLAINING: ("excess_asked", "explain"),
    State.AWAITING_FEE: ("fee_notice", "fee"),
}


def _waiting_still(case: Case, on: dt.date, what: str) -> bool:
    return case.state in WAITING and WAITING[State(case.state)][1] == what.partition("_")[0]


@watch(*(f"{word}_{end}" for _, word in WAITING.values() for end in ("over", "ending")), still=_waiting_still)
def applicants_term(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases whose applicant's term to supplement, explain or pay ends soon, or is over (条例30, 35, 42)."""
    cases = everywhere.filter(state__in=list(WAITING)).select_related("office")
    asked: dict[tuple[int, str], ClockEvent] = {}
    for event in ClockEvent.objects.filter(
        case__in=cases.order_by().values("pk"), type__in=[kind for kind, _ in WAITING.values()]
    ).order_by("seq"):
        asked[event.case_id, event.type] = event
    reached: dict[int, dt.date] = {}
    for row in Delivery.objects.filter(case__in=cases.order_by().values("pk")):
        if row.reached_on:
            reached[row.paper_id] = min(row.reached_on, reached.get(row.paper_id, row.reached_on))
    inquiries = ExcessInquiry.objects.filter(case__in=cases.order_by().values("pk"))
    explaining = dict(inquiries.values_list("case_id", "days"))
    for case in cases.order_by("arrived_on", "pk"):
        kind, word = WAITING[State(case.state)]
        event = asked.get((case.pk, kind))
        day = reached.get(event.paper_id) if event and event.paper_id else None
        if event is None or day is None:
            continue  # the term has not begun: that its letter is not served is told apart
        if kind == "supplement_notice":
            days = int(event.data["days"])
        elif kind == "excess_asked":
            days = explaining[case.pk]
        else:
            days = rules.number("fees.payment_days", case.office, event.on)
        calendar = rules.of(case.office).calendar
        last = calendar.project(day, days).date
        of = (case.pk, case.state, case.office_id, case.unit_id, case.handler_id)
        if last < on:
            yield Due(f"{word}_over", *of, last, last + dt.timedelta(days=1))
        elif last < calendar.project(on, ENDING + 1).date:
            yield Due(f"{word}_ending", *of, last, on)


# ----------------------------------------------------------------------------------- consultations


def _silent_still(case: Case, on: dt.date, what: str) -> bool:
    return case.state not in ENDED and any(row.silent_on(on) for row in case.open_consultations())


@watch("silent", still=_silent_still)
def silent(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the cases whose third party has let its term pass: the clock runs again by itself (条例32)."""
    rule = Q(pk__in=[])
    for party in terms_on(on).opinion_days:
        rule |= Q(kind=party, delivered_on__isnull=False) & ~unsilent(party, on)
    over = Consultation.objects.filter(rule, case_id=OuterRef("pk"), opinion_on__isnull=True)
    cases = everywhere.filter(Exists(over), state__in=[State.HANDLING, State.REVIEWING], due_on__isnull=False)
    for pk, state, office, unit, handler, day in rows(cases, "due_on"):
        yield Due("silent", pk, state, office, unit, handler, day, on)


# ----------------------------------------------------------------------------------- the units' parts


def _unaccepted_still(case: Case, on: dt.date, what: str) -> bool:
    return any(share.status == Share.Status.GIVEN for share in case.all_shares())


@watch("unaccepted", still=_unaccepted_still)
def unaccepted(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield what a unit or a person was given and has not accepted within the house's term."""
    days = int(house_terms.table()["transfer.accept_days"]["value"])
    for share in _parts().filter(status=Share.Status.GIVEN, given_on__lte=days_ago(on, days)):
        yield _of_part("unaccepted", share, share.given_on, _after(share.given_on, days))


@watch(
    "part_late",
    still=lambda case, on, what: any(
        share.internal_due_on and share.internal_due_on < on for share in case.open_co_shares()
    ),
)
def part_late(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the parts of co-handling units that are past their internal term."""
    parts = _parts().filter(part=Share.Part.CO, status__in=Share.OPEN, internal_due_on__lt=on)
    for share in parts:
        yield _of_part(
            "part_late", share, share.internal_due_on, share.internal_due_on + dt.timedelta(days=1)
        )


def _parts() -> QuerySet[Share]:
    """Read every part with the case it belongs to; the table of parts is asked, not every case for its parts."""
    ended = [str(state) for state in ENDED]
    return (
        Share.objects.filter(status__in=Share.OPEN)
        .exclude(case__state__in=ended)
        .annotate(state=F("case__state"), case_unit=F("case__unit_id"), case_handler=F("case__handler_id"))
        .order_by("internal_due_on", "pk")
    )


def _of_part(what: str, share: Share, day: dt.date, since: dt.date) -> Due:
    row: dict[str, Any] = share.__dict__
    return Due(
        what, share.case_id, row["state"], share.office_id, row["case_unit"], row["case_handler"], day, since,
        part=(share.unit_id, share.handler_id), mark=f"part{share.pk}",
    )  # fmt: skip


def _after(day: dt.date, days: int) -> dt.date:
    """Return the first day after a term of working days."""
    return published.calendar().project(day, days).date + dt.timedelta(days=1)

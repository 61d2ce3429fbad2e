"""What is looked for on letters between offices of the platform: not signed for, or still without an answer near its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

from calendars import published
from workflow import house_terms
from workflow.machine import ENDED
from workflow.models import Case, Consultation
from workflow.notices.looks import ENDING, days_ago
from workflow.notices.watching import Cases, Due, watch


def _unsigned(letter: Consultation, on: dt.date) -> bool:
    return letter.delivered_on is None


def _ending(letter: Consultation, on: dt.date) -> bool:
    last = letter.silence_ends_on
    return last is not None and on <= last < published.calendar().project(on, ENDING + 1).date


#: What a letter is reminded of, as long as nobody has answered it.
HOLDS = {"letter_unsigned": _unsigned, "letter_ending": _ending}


def still_waits(letter: Consultation, what: str, on: dt.date) -> bool:
    """Tell whether what a reminder speaks of still holds for a letter."""
    return letter.opinion_on is None and letter.case.state not in ENDED and HOLDS[what](letter, on)


def _some_letter(case: Case, on: dt.date, what: str) -> bool:
    return any(row.office_id and still_waits(row, what, on) for row in case.open_consultations())


@watch(*HOLDS, still=_some_letter)
def letters(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield what an office was asked and has not signed for within the house's term, or not answered near its end.

    It is the office that was asked that hears of it, of the letter and not of the case behind it (条例33 third
    paragraph, 34).
    """
    days = int(house_terms.table()["transfer.accept_days"]["value"])
    for letter in _open(everywhere).filter(delivered_on__isnull=True, sent_on__lte=days_ago(on, days)):
        since = published.calendar().project(letter.sent_on, days).date + dt.timedelta(days=1)
        yield _of_letter("letter_unsigned", letter, letter.sent_on, since)
    for letter in _open(everywhere).filter(delivered_on__isnull=False):
        if _ending(letter, on):
            assert letter.silence_ends_on is not None  # it ends near, so it ends
            yield _of_letter("letter_ending", letter, letter.silence_ends_on, on)


def _open(everywhere: Cases) -> QuerySet[Consultation]:
    ended = [str(state) for state in ENDED]
    rows = Consultation.objects.filter(opinion_on__isnull=True, office__isnull=False)
    return rows.exclude(case__state__in=ended).select_related("case__office").order_by("sent_on", "pk")


def _of_letter(what: str, letter: Consultation, day: dt.date, since: dt.date) -> Due:
    assert letter.office_id is not None  # only letters to offices of the platform are read
    return Due(
        what, letter.case_id, letter.case.state, letter.office_id, None, None, day, since, mark=f"letter{letter.pk}",
        letter=letter.pk,
    )  # fmt: skip

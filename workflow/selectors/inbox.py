"""Letters that came to an office from other offices of the platform: who reads them, and how each stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as Then

import letters
from office.models import User
from workflow.answering import ANSWERERS, consulted
from workflow.models import Consultation
from workflow.permissions import why_not
from workflow.selectors.documents import Document
from workflow.selectors.timeliness import working_days_left
from workflow.states import ASKING

PAGE, MANY = 50, 99


@dataclass(frozen=True)
class Line:
    """One letter in the list."""

    id: int
    number: str
    sender: str
    kind: str
    subject: str
    sent_on: dt.date
    stage: str
    open: bool
    due_on: dt.date | None
    left: int | None


@dataclass(frozen=True)
class Letter:
    """One letter on its page: what it asks, by when, what was answered, what may be done."""

    id: int
    case_id: int
    title: str
    line: Line
    receiver: str
    sender_contact: str
    days: int
    signed_on: dt.date | None
    silence: str
    opinion: str
    opinion_on: dt.date | None
    reason: str
    has_paper: bool
    can_sign: bool
    can_answer: bool
    closed: bool
    actor: Any


def visible_letters(user: User) -> QuerySet[Consultation]:
    """Return the letters to the offices in which a person answers letters, and no other.

    A letter says nothing of the applicant, and neither does any page that starts from here: of the case behind it
    its readers learn only that it still waits.
    """
    offices = sorted(office_id for office_id, roles in user.reach().items() if roles & ANSWERERS)
    return Consultation.objects.filter(office_id__in=offices).exclude(kind=Consultation.Kind.THIRD)


def waiting_letters(user: User) -> str:
    """Count the letters without an answer, no further than 99."""
    found = _waiting(visible_letters(user)).values("pk")[: MANY + 1].count()
    return str(found) if found <= MANY else f"{MANY}+"


def inbox(user: User, *, on: dt.date) -> tuple[Line, ...]:
    """List the letters to a person's offices: those that wait for an answer first, the oldest of them before."""
    rows = visible_letters(user).select_related("case__office", "office", "paper")
    waiting = Then(opinion="", case__state__in=ASKING, then=Value(0))
    ordered = rows.annotate(over=When(waiting, default=Value(1), output_field=IntegerField()))
    return tuple(_line(row, on) for row in ordered.order_by("over", "sent_on", "pk")[:PAGE])


def letter(user: User, letter_id: int, *, on: dt.date) -> Letter | None:
    """Read one letter for its page, or None when it was not sent to an office of this person."""
    row = _find(user, letter_id)
    if row is None or row.office is None:
        return None
    hat = next((one for one in user.hats() if ANSWERERS & one.roles_in(row.office.pk)), user)
    actor, asking = consulted(hat, row.pk), row.case.office
    line = _line(row, on)
    contact = "，".join(part for part in (asking.disclosure_office, asking.phone) if part)
    return Letter(
        id=row.pk, case_id=row.case_id, title=row.paper.title if row.paper else row.get_kind_display(), line=line,
        receiver=row.office.name, sender_contact=contact, days=row.opinion_days, signed_on=row.delivered_on,
        silence="视为同意公开" if row.silence_agrees else "由来函机关自行决定", opinion=row.get_opinion_display(),
        opinion_on=row.opinion_on, reason=row.reason, has_paper=row.paper_id is not None,
        can_sign=why_not(row.case, "sign_for_letter", by=actor, on=on) is None,
        can_answer=why_not(row.case, "answer_letter", by=actor, on=on) is None,
        closed=not row.opinion and not line.open, actor=hat,
    )  # fmt: skip


def letter_pdf(user: User, letter_id: int) -> Document | None:
    """Render a letter that was sent to an office of this person; None for any other."""
    row = _find(user, letter_id)
    if row is None or row.paper is None:
        return None
    return Document(f"{row.paper.title} {row.paper.number_text}.pdf", letters.render(row.paper))


def _find(user: User, letter_id: int) -> Consultation | None:
    rows = visible_letters(user).select_related("case__office", "office", "paper", "item")
    return rows.filter(pk=letter_id).first()


def _waiting(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    return rows.filter(opinion="", case__state__in=ASKING)


def _line(row: Consultation, on: dt.date) -> Line:
    waits = not row.opinion and row.case.state in ASKING
    due = row.silence_ends_on if waits else None
    stage = (
        row.get_opinion_display()
        if row.opinion
        else "来函机关已经办结"
        if not waits
        else ("待答复" if row.delivered_on else "待签收")
    )
    return Line(
        row.pk, row.paper.number_text if row.paper else "", row.case.office.name, row.get_kind_display(), row.subject,
        row.sent_on, stage, waits, due, working_days_left(due, on, row.case.office_id),
    )  # fmt: skip

"""What the counter asks of the record: who waits, what looks like a duplicate, the receipt to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import letters
from office.roles import Role
from workflow.models import Case
from workflow.selectors.access import visible_cases
from workflow.selectors.contact import hints_of
from workflow.selectors.duplicates import Found, possible_duplicates
from workflow.selectors.papers import papers_of

PAGE = 20
#: Fewer characters of an item tell nothing.
SHORTEST = 4
NEEDS_CONFIRMATION = frozenset({"post_plain", "fax", "email"})


@dataclass(frozen=True)
class Waiting:
    """A request that is not registered yet."""

    id: int
    version: int
    number: str
    title: str
    applicant: str
    channel: str
    office: str
    office_id: int
    office_code: str
    arrived_on: date
    received_on: date | None
    due_on: date | None
    state: str
    state_label: str
    needs_confirmation: bool
    receipt_number: str = ""
    reach: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def intake_offices(user: Any) -> list[int]:
    """Return the ids of the offices in which a person registers requests."""
    return [office_id for office_id, roles in user.reach().items() if Role.INTAKE in roles]


def waiting(user: Any, *, after: int = 0) -> tuple[list[Waiting], int | None]:
    """List a page of the requests that wait for confirmation or registration, oldest first.

    Returns the page and the id after which the next one begins, or None.
    """
    rows = list(
        visible_cases(user)
        .filter(office_id__in=intake_offices(user), state="submitted", pk__gt=after)
        .select_related("office")
        .order_by("pk")[: PAGE + 1]
    )
    return [_waiting(case) for case in rows[:PAGE]], rows[PAGE - 1].pk if len(rows) > PAGE else None


def arrival(user: Any, case_id: int) -> Waiting | None:
    """Read one request of an office in which the person registers; None for any other."""
    case = _case(user, case_id)
    if case is None:
        return None
    receipt = next((p for p in papers_of(case) if p.kind == "registration_receipt"), None)
    return replace(
        _waiting(case),
        receipt_number=receipt.number_text if receipt else "",
        reach=tuple(_reach(party) for party in case.all_parties() if party.phone or party.email),
        asked=tuple(item.description for item in case.items_in_order()),
    )


def receipt_pdf(user: Any, case_id: int) -> tuple[str, bytes]:
    """Render the receipt of a registered request for printing; returns its file name and the PDF.

    Raises LookupError when there is no such request or no receipt.
    """
    case = _case(user, case_id)
    for paper in papers_of(case) if case else ():
        if paper.kind == "registration_receipt":
            return f"接收回执 {paper.number_text}.pdf", letters.render(paper)
    raise LookupError(case_id)


def similar(user: Any, *, office_id: int, id_number: str, name: str, texts: Sequence[str] = ()) -> Found:
    """List earlier requests to an office that the person registers for: of the same applicant, or for the same thing.

    By the document's number, the exact name, and the words of the items; too short to tell gives nothing.
    """
    known = id_number.strip() if len(id_number.strip()) >= 6 else ""
    named = name.strip() if len(name.strip()) >= 2 else ""
    asked = [text.strip() for text in texts if len(text.strip()) >= SHORTEST]
    if office_id not in intake_offices(user) or not (known or named or asked):
        return Found()
    return possible_duplicates(user, office_id=office_id, identity=known, name=named, texts=asked)


def same_applicant(user: Any, case_id: str) -> dict[str, str] | None:
    """Read who applied in a case, to register another request of theirs without typing it again.

    The document's number is left out: the paper in hand shows it. None for a case the person may not see.
    """
    case = _case(user, int(case_id)) if case_id.isdecimal() else None
    applicants = case.applicants() if case else []
    if not applicants:
        return None
    first = applicants[0]
    return {
        "kind": first.kind, "name": first.name, "id_kind": first.id_kind, "contact_name": first.contact_name,
        "phone": first.phone.reveal(), "email": first.email.reveal(), "address": first.address.reveal(),
        "postcode": first.postcode,
    }  # fmt: skip


def _case(user: Any, case_id: int) -> Case | None:
    cases = visible_cases(user).filter(office_id__in=intake_offices(user), pk=case_id)
    return cases.select_related("office").first()


def _reach(party: Any) -> str:
    """Hint at how to reach a party; the whole is opened by a button, and logged."""
    return " ".join([party.contact_name or party.name, *(hint for _, hint in hints_of(party))])


def _waiting(case: Case) -> Waiting:
    return Waiting(
        id=case.pk,
        version=case.version,
        number=case.number,
        title=case.title,
        applicant=case.applicant_name,
        channel=case.get_channel_display(),
        office=case.office.name,
        office_id=case.office_id,
        office_code=case.office.code,
        arrived_on=case.arrived_on,
        received_on=case.received_on,
        due_on=case.due_on,
        state=case.state,
        state_label=case.get_state_display(),
        needs_confirmation=case.channel in NEEDS_CONFIRMATION and case.received_on is None,
    )

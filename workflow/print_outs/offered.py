"""Which sheets of a case a person may print, and the sheet itself as a PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from letters.catalogue import kind_of
from letters.print_shop import print_sheet
from office.models import User
from workflow.kinds import Service, WantedForm
from workflow.models import Case
from workflow.print_outs import facts
from workflow.selectors.contact import may_reach
from workflow.selectors.documents import Document
from workflow.selectors.papers import TO_APPLICANT, papers_of, reply_of

#: Sheets that show how somebody is reached: for those who must reach them, and each print leaves a line.
PERSONAL = frozenset({"application_form", "proof_of_service", "envelope"})
#: A page that lists the sheets of more parties than these would be too long to be read.
MOST_PARTIES = 20
OF_A_PAPER = ("proof_of_service", "envelope")
MAKERS: dict[str, Callable[..., facts.Facts]] = {
    "register_sheet": facts.register_sheet, "transfer_sheet": facts.transfer_sheet,
    "application_form": facts.application_form, "proof_of_service": facts.proof_of_service, "envelope": facts.envelope,
    "material_list": facts.material_list, "reading_register": facts.reading_register,
    "confirmation_slip": facts.confirmation_slip, "file_cover": facts.file_cover,
}  # fmt: skip


@dataclass(frozen=True)
class PrintOut:
    """One sheet that may be printed.

    ``row`` is the paper or the consultation it is about, and ``about`` the key and ``of`` the name of it.
    """

    kind: str
    about: int = 0
    of: str = ""
    row: Any = None

    @property
    def label(self) -> str:
        """Name the sheet in Chinese."""
        return kind_of(self.kind).label

    @property
    def personal(self) -> bool:
        """Tell whether it shows how somebody is reached."""
        return self.kind in PERSONAL


def is_personal(kind: str) -> bool:
    """Tell whether a kind of sheet shows how somebody is reached."""
    return kind in PERSONAL


def offered(case: Case, user: User) -> tuple[PrintOut, ...]:
    """List the sheets of a case that this person may print now; the person is one who may open the case."""
    reach = may_reach(case, user)
    return tuple(row for row in _sheets(case) if reach or not row.personal)


def shown(case: Case, user: User) -> tuple[PrintOut, ...]:
    """List the sheets that the case page shows: of many consulted parties only the first whose opinion is awaited."""
    rows = case.all_consultations()
    if len(rows) <= MOST_PARTIES:
        return offered(case, user)
    first = {row.pk for row in [row for row in rows if not row.opinion][:MOST_PARTIES]}
    asked = {key: row.pk for row in rows for key in (row.paper_id, row.decision_paper_id)}
    return tuple(
        one
        for one in offered(case, user)
        if (one.about if one.kind == "confirmation_slip" else asked.get(one.about)) in (None, *first)
    )


def find(case: Case, user: User, kind: str, about: int) -> PrintOut | None:
    """Return one sheet of a case; None for one that is not there, or not for this person."""
    return next((row for row in offered(case, user) if (row.kind, row.about) == (kind, about)), None)


def drawn(case: Case, sheet: PrintOut, *, on: dt.date) -> Document:
    """Draw a sheet as PDF. Raises letters.errors.BadFacts where the record lacks what it needs."""
    given = MAKERS[sheet.kind](case, sheet.row) if sheet.row else MAKERS[sheet.kind](case)
    of = f" {sheet.of}" if sheet.of else ""
    return Document(f"{case.number} {sheet.label}{of}.pdf", print_sheet(sheet.kind, given, on=on))


def _sheets(case: Case) -> Iterator[PrintOut]:
    yield PrintOut("register_sheet")
    yield PrintOut("application_form")
    if case.unit is not None and case.received_on is not None:
        yield PrintOut("transfer_sheet")
    for row in case.all_consultations():
        if row.kind == row.Kind.THIRD and row.paper_id and not row.opinion:
            yield PrintOut("confirmation_slip", row.pk, row.party_name, row)
    if facts.has_materials(case):
        yield PrintOut("material_list")
        invited = any(paper.kind == "reading_notice" for paper in papers_of(case))
        if invited or case.wanted_form == WantedForm.READING:
            yield PrintOut("reading_register")
    yield from _of_papers(case)
    if case.archived_on is not None and case.retention_years is not None:
        yield PrintOut("file_cover")


def _of_papers(case: Case) -> Iterator[PrintOut]:
    """Give the proof of service and the envelope of every paper that leaves the office on paper."""
    asked = {key for row in case.all_consultations() for key in (row.paper_id, row.decision_paper_id)}
    online = case.service in (Service.PORTAL, Service.EMAIL)
    reply = reply_of(case)
    for paper in papers_of(case):
        to_applicant = paper.kind in TO_APPLICANT or paper.kind.startswith("reply")
        if paper.pk in asked or (to_applicant and (not online or paper == reply)):
            for kind in OF_A_PAPER:
                if kind != "envelope" or _has_address(case, paper):
                    yield PrintOut(kind, paper.pk, paper.number_text, paper)


def _has_address(case: Case, paper: Any) -> bool:
    row = facts.asked_by(case, paper)
    return bool(row.party_address if row else facts.served(case).address)

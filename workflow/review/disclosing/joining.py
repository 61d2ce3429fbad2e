"""The copies that go with a reply: bound to it at signature, handed to the applicant where the reply was served online."""

from __future__ import annotations

import datetime as dt
import uuid

from letters.models import Paper
from office import files, journal
from office.actors import Actor
from office.models import JournalEntry
from workflow.kinds import Service
from workflow.locking import one_transaction
from workflow.models import Case, DisclosedCopy
from workflow.redaction_kinds import DiscloseState
from workflow.review.disclosing.standing import standings
from workflow.review.disclosing.table_files import TableFile, table_file
from workflow.selectors.papers import applicant_papers

GIVEN = "case.copy_given"


def names_of(case: Case) -> list[str]:
    """Return what the letter lists as enclosed: every document that goes out as a copy, by its title."""
    if case.has_none("holdings"):
        return []
    return [f"{one.holding.title}（公开副本）" for one in standings(case) if not one.withheld]


def join(case: Case, reply: Paper) -> list[str]:
    """Bind the copies that have passed to the reply that is being signed; return their hashes for the trail."""
    found = [one.copy for one in standings(case) if one.copy is not None and one.ready]
    for copy in found:
        copy.reply = reply
        copy.save(update_fields=["reply"])
    return [copy.sha256 for copy in found]


def given(case: Case) -> list[DisclosedCopy]:
    """Return the copies an applicant may download: those of a reply that was served to them on the portal."""
    online = {row.paper_id for row in case.all_deliveries() if row.channel == Service.PORTAL}
    shown = [paper.pk for paper in applicant_papers(case) if paper.pk in online]
    if not shown:
        return []
    rows = DisclosedCopy.objects.filter(
        case=case, reply_id__in=shown, status=DiscloseState.PASSED, file__isnull=False
    )
    return list(
        rows.select_related("version__holding__item", "file", "table").order_by("version__holding__seq", "pk")
    )


def hand_over(
    case: Case, copy_id: int, *, by: Actor, on: dt.date, now: dt.datetime
) -> tuple[str, bytes] | None:
    """Return name and content of a copy for the applicant, the first time with a line in the trail; None for any other."""
    found = _for_the_applicant(case, copy_id, by=by, on=on, now=now)
    if found is None or found.file is None:
        return None
    return f"{found.version.holding.title}（公开副本）.pdf", files.read(found.file)


def hand_over_table(
    case: Case, copy_id: int, part: str, *, by: Actor, on: dt.date, now: dt.datetime
) -> TableFile | None:
    """Return one of the clean tables of a copy for the applicant, told in the trail as the copy is; None for any other."""
    found = _for_the_applicant(case, copy_id, by=by, on=on, now=now)
    return table_file(found, part) if found is not None else None


def _for_the_applicant(
    case: Case, copy_id: int, *, by: Actor, on: dt.date, now: dt.datetime
) -> DisclosedCopy | None:
    copy = next((one for one in given(case) if one.pk == copy_id), None)
    if copy is None:
        return None
    holding = copy.version.holding
    data = {"holding": holding.seq, "version": copy.version.number, "number": copy.number}
    before = JournalEntry.objects.filter(subject=case.subject_ref, key=GIVEN, by_ref=by.ref)
    if not any(line.data == data for line in before):
        with one_transaction():
            Case.objects.locked(case.pk)
            journal.write(
                subject=case.subject_ref, key=GIVEN, by=by, on=on, now=now, office_id=case.office_id, act_id=uuid.uuid4(),
                data=data,
            )  # fmt: skip
    return copy

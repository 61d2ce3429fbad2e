"""The copies that go with a reply: bound to it at signature, handed to the applicant where it was served online or mailed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from letters.models import Paper
from office import files, journal
from office.actors import Actor
from office.models import JournalEntry
from workflow.kinds import Service
from workflow.locking import one_transaction
from workflow.models import Case, DisclosedCopy
from workflow.redaction_kinds import DiscloseState
from workflow.review.disclosing.standing import standings
from workflow.review.disclosing.table_files import GivenFile, parts, table_file
from workflow.selectors.papers import applicant_papers

GIVEN, TABLE_GIVEN, MAILED = "case.copy_given", "case.copy_table_given", "case.copy_mailed"
#: The part of a copy that is its pages.
PDF = "pdf"
#: Where a reply was served so, what goes with it is electronic too.
ELECTRONIC = (Service.PORTAL, Service.EMAIL)


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
    """Return the copies an applicant may download: those of a reply that was served to them on the portal or by e-mail."""
    online = {row.paper_id for row in case.all_deliveries() if row.channel in ELECTRONIC}
    return going_with([paper.pk for paper in applicant_papers(case) if paper.pk in online])


def going_with(replies: Sequence[int]) -> list[DisclosedCopy]:
    """Return the copies bound to some replies, by their ids, in the order of the documents."""
    if not replies:
        return []
    rows = DisclosedCopy.objects.filter(reply_id__in=replies, status=DiscloseState.PASSED, file__isnull=False)
    return list(
        rows.select_related("version__holding__item", "version__holding__case", "file", "table").order_by(
            "version__holding__seq", "pk"
        )
    )


def file_of(copy: DisclosedCopy, part: str = PDF) -> GivenFile | None:
    """Return the pages of a copy or one of its clean tables, each as it was proved; None where there is none of that name."""
    if part != PDF:
        return table_file(copy, part)
    if copy.file is None:
        return None
    return GivenFile(
        f"{copy.version.holding.title}（公开副本）.pdf", files.read(copy.file), "application/pdf"
    )


def files_of(copy: DisclosedCopy) -> list[GivenFile]:
    """Return everything a copy consists of: its pages, the workbook, each sheet of it as CSV."""
    found = [file_of(copy, part) for part in (PDF, *(part for part, _ in parts(copy)))]
    return [one for one in found if one is not None]


def hand_over(
    case: Case, copy_id: int, part: str, *, by: Actor, on: dt.date, now: dt.datetime, tell: bool = True
) -> GivenFile | None:
    """Return one file of a copy for the applicant, the first time with a line in the trail; None for any other.

    :param part: `pdf`, `xlsx` or `csv-1` and so on
    :param tell: whether it is handed out; not where only its name and size are asked for
    """
    copy = next((one for one in given(case) if one.pk == copy_id), None)
    found = file_of(copy, part) if copy is not None else None
    if copy is None or found is None:
        return None
    if tell:
        _tell(case, copy, part, by=by, on=on, now=now)
    return found


def _tell(case: Case, copy: DisclosedCopy, part: str, *, by: Actor, on: dt.date, now: dt.datetime) -> None:
    key, data = (GIVEN, told_of(copy)) if part == PDF else (TABLE_GIVEN, _told_of_table(copy, part))
    before = JournalEntry.objects.filter(subject=case.subject_ref, key=key, by_ref=by.ref)
    if any(line.data == data for line in before):
        return
    with one_transaction():
        Case.objects.locked(case.pk)
        journal.write(
            subject=case.subject_ref, key=key, by=by, on=on, now=now, office_id=case.office_id, act_id=uuid.uuid4(), data=data
        )  # fmt: skip


def told_of(copy: DisclosedCopy) -> dict[str, int | str]:
    """Return what a line of the trail says of a copy."""
    return {"holding": copy.version.holding.seq, "version": copy.version.number, "number": copy.number}


def _told_of_table(copy: DisclosedCopy, part: str) -> dict[str, int | str]:
    return told_of(copy) | {"file": dict(parts(copy))[part]}

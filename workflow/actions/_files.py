"""Keep a handed-over file with its case."""

from __future__ import annotations

from office import files
from workflow.fire import Work
from workflow.models import Attachment, Case
from workflow.requests import FileData


def attach(case: Case, work: Work, file: FileData) -> Attachment:
    """Store one file, checked by its content, and attach it to the case."""
    stored = files.put(office=case.office, content=file.content, name=file.name, now=work.now)
    return Attachment.objects.create(
        case=case,
        file=stored,
        kind=file.kind,
        title=file.name[-160:],
        by_ref=work.by.ref,
        created_at=work.now,
    )

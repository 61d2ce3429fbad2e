"""Jobs a worker does for the case floor."""

from __future__ import annotations

from django_tasks import task

from office.today import now
from workflow.bulk import running
from workflow.review.disclosing import burning
from workflow.review.marking import suggest


@task()
def run_bulk(bulk_id: int) -> int:
    """Work through a bulk; asks for another turn while cases wait, so that no job runs long."""
    settled = running.run(bulk_id, now=now())
    if settled:
        run_bulk.enqueue(bulk_id)
    return settled


@task()
def burn_copy(copy_id: int) -> str:
    """Make the disclosed copy of a document."""
    return burning.run(copy_id, now=now())


@task()
def find_personal_data(version_id: int) -> int:
    """Look for personal information in a document."""
    return suggest.find(version_id, now=now())


@task()
def make_copy(version_id: int) -> str:
    """Make the working copy of a document's version; nothing where it is made, stopped or in quarantine."""
    from workflow.review import copies

    return copies.make(version_id, now=now())

"""Jobs a worker does for the case floor."""

from __future__ import annotations

from django_tasks import task

from office.today import now
from workflow.bulk import running


@task()
def run_bulk(bulk_id: int) -> int:
    """Work through a bulk; asks for another turn while cases wait, so that no job runs long."""
    settled = running.run(bulk_id, now=now())
    if settled:
        run_bulk.enqueue(bulk_id)
    return settled

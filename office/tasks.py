"""Jobs a worker does for the office floor."""

from __future__ import annotations

from django_tasks import task

from . import outbox
from .today import now


@task()
def deliver_outbox() -> int:
    """Send what waits in the outbox."""
    return outbox.deliver(now()).sent


@task()
def run_tick() -> dict[str, int]:
    """Run every chore that is due."""
    from .tick import run

    return run(now())

"""Jobs whose worker died while it ran them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .chores import job

LIMIT = timedelta(minutes=30)


@job("requeue_stuck_jobs")
def requeue_stuck_jobs(now: datetime) -> int:
    """Queue again the jobs that have been running for longer than any job may; every job is idempotent."""
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LIMIT)
    return stuck.update(status=TaskResultStatus.READY, started_at=None)

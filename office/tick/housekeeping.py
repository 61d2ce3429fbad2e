"""What an installation throws away by itself: files nothing points to, and rows that have served."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..files import sweep
from ..models.latch import RateWindow
from .daily import daily

#: How long a job that is over is kept, for whoever looks for why a letter did not leave.
JOBS_KEPT = timedelta(days=30)


@daily("sweep_files")
def sweep_files(now: datetime) -> int:
    """Remove stored files that nothing points to; returns how many."""
    swept = sweep(now)
    return swept.rows + swept.strays


@daily("prune_rate_windows")
def prune_rate_windows(now: datetime) -> int:
    """Remove the counts of tries whose span of time is over; returns how many."""
    return RateWindow.objects.filter(closes_at__lte=now).delete()[0]


@daily("prune_sessions")
def prune_sessions(now: datetime) -> int:
    """Remove sessions that have run out; returns how many."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]


@daily("prune_jobs")
def prune_jobs(now: datetime) -> int:
    """Remove jobs that were over long ago; returns how many."""
    over = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    return DBTaskResult.objects.filter(status__in=over, finished_at__lt=now - JOBS_KEPT).delete()[0]

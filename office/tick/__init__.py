"""The tick: chores that look at what is due and has not been done yet, safe to run twice."""

from .chores import job, jobs, run

__all__ = ["job", "jobs", "run"]

"""Reads hostile files in a process of its own with limits of its own: `python -m workflow.review.sandbox DIR`."""

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.runner import Outcome, run
from workflow.review.sandbox.unfit import Unfit

__all__ = ["Limits", "Outcome", "Unfit", "run"]

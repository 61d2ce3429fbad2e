"""Look for secrets in every place of a file where something can hide."""

from workflow.review.redaction.probe.run import Report, probe

__all__ = ["Report", "probe"]

"""Redaction that is proved: find, burn, rebuild, try to break, certify. Knows files and marks, and no case."""

from workflow.review.redaction.burn import Copy, burn
from workflow.review.redaction.certificate import certificate
from workflow.review.redaction.errors import BadPlan, BadSource, Leaks, NotLocated
from workflow.review.redaction.findings import Finding
from workflow.review.redaction.marks import Box, Mark, Wanted
from workflow.review.redaction.pages import open_source
from workflow.review.redaction.plan import Plan, read_plan
from workflow.review.redaction.probe import Report, probe
from workflow.review.redaction.prove import Proof, prove
from workflow.review.redaction.release import release

__all__ = [
    "BadPlan",
    "BadSource",
    "Box",
    "Copy",
    "Finding",
    "Leaks",
    "Mark",
    "NotLocated",
    "Plan",
    "Proof",
    "Report",
    "Wanted",
    "burn",
    "certificate",
    "open_source",
    "probe",
    "prove",
    "read_plan",
    "release",
]

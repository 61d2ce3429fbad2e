"""An area of a page that shows something without words."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.review.redaction.detect.found import Found
from workflow.review.redaction.marks import Box


@dataclass(frozen=True)
class Area:
    """An area of a page: what it looks like, and its box in points."""

    found: Found
    box: Box

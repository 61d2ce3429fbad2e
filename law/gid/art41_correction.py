"""条例第四十一条: correcting a record about the applicant; the text sets no term."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from calendars.days import Calendar, Projection
from law.values import Overrides, number


class Correction(StrEnum):
    """Name what becomes of a request for correction."""

    CORRECT = "correct"
    HAND_OVER = "hand_over"
    DECLINE = "decline"


def decide(*, proven: bool, competent: bool) -> Correction:
    """Tell what an office does: correct what is proven and its own, hand over what is another's (条例41)."""
    if not competent:
        return Correction.HAND_OVER
    return Correction.CORRECT if proven else Correction.DECLINE


def correction_due(
    received_on: date, calendar: Calendar, *, overrides: Overrides | None = None
) -> Projection:
    """Tell the internal last day to answer (READINGS R10)."""
    return calendar.project(received_on, number("art41.correction_days", received_on, overrides))

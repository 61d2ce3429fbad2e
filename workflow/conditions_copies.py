"""Condition of signing a reply: what goes out with it was redacted, proved and, where the office wants it, checked."""

from __future__ import annotations

from typing import Any


def copies_passed(case: Any, by: Any, on: Any) -> str | None:
    """No document leaves but as a copy that passed, made from its newest version (条例17、37)."""
    # The machine is read before any model.
    from workflow.review.disclosing.standing import why_not_signed

    return why_not_signed(case)

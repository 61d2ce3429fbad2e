"""The blank application form of an office, for those who apply on paper (申请表)."""

from __future__ import annotations

from datetime import date
from typing import Any

import letters
from letters.print_shop import printed


def blank_form(office: Any, *, on: date) -> tuple[str, bytes]:
    """Draw the form with the office's name and address and nothing else; returns its file name and the PDF."""
    facts = {"office": office.facts()}
    made = letters.compose("application_form", facts, on=on)
    return f"{office.name}{made.title}.pdf", printed(made, facts, on=on)

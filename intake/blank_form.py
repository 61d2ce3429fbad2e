"""The blank application form of an office, for those who apply on paper (申请表)."""

from __future__ import annotations

from datetime import date
from typing import Any

from letters.catalogue import kind_of
from letters.print_shop import print_sheet

FORM = "application_form"


def blank_form(office: Any, *, on: date) -> tuple[str, bytes]:
    """Draw the form with the office's name and address and nothing else; returns its file name and the PDF."""
    return f"{office.name}{kind_of(FORM).label}.pdf", print_sheet(FORM, {"office": office.facts()}, on=on)

"""条例第四十九条: by when the annual report is out (what it tells: 条例50)."""

from __future__ import annotations

from datetime import date

from law.remedies.office import OfficeFacts
from law.values import text


def report_due(year: int, office: OfficeFacts) -> date:
    """Tell the last day of an office's annual report on a year.

    31 January after it; 31 March for the report of a whole government, which its office makes.
    """
    whole_government = office.kind in ("government", "government_office")
    key = "art49.government_report" if whole_government else "art49.department_report"
    return date.fromisoformat(f"{year + 1}-{text(key, date(year + 1, 1, 1))}")

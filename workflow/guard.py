"""Which tables of the workflow floor keep their rows as they were written."""

from __future__ import annotations

from office.guard import Guard

#: A filed sheet is confirmed once; what it says, whose it is and when it was filed never changes.
FILINGS = Guard(
    "workflow_statisticsfiling",
    "workflow_filing",
    "a filed sheet never changes",
    ("office_id", "scope", "year", "first", "last", "seq"),
    kept=(
        "id", "office_id", "scope", "year", "first", "last", "seq", "figures", "sha256", "missing", "reason", "filed_by_id",
        "filed_at",
    ),
    opens="OLD.stage = 'filed'",
    since=("workflow", "0029_filings_guarded"),
)  # fmt: skip

"""The trail of a case: its journal read as sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from letters.catalogue import ISSUED
from office import journal
from office.models import JournalEntry
from office.web.dates import chinese_date
from workflow.review.originals import READ_PAGES
from workflow.selectors.papers import unsealed_elsewhere

DECIDED = "case.decide_complaint"


@dataclass(frozen=True)
class TrailLine:
    """One line of the trail: the day it counts for, the instant it was recorded, what happened."""

    on: dt.date
    at: dt.datetime
    title: str
    body: str
    kind: str = "done"
    key: str = ""


def trail_of(case: Any) -> list[TrailLine]:
    """Read the journal of a case, oldest first, with the names behind its references and what was written."""
    remarks = dict(case.remarks.values_list("act_id", "text"))
    # Who looked at a document stands on that document's page; here it would bury what was done.
    lines = JournalEntry.objects.filter(subject=case.subject_ref).exclude(key=READ_PAGES)
    entries = list(lines.order_by("seq"))
    if any(entry.key == DECIDED for entry in entries):
        # What another office decided is told once its papers leave its house: not before they are sealed.
        held = {paper.number_text for paper in unsealed_elsewhere(case)}
        entries = [entry for entry in entries if not held & _numbers(entry.data)]
    names = journal.names_of(ref for entry in entries for ref in journal.refs_of(entry))
    return [
        TrailLine(
            entry.on, entry.at, journal.sentence(entry, names),
            "；".join(filter(None, (_papers(entry.data), _due(entry.data), remarks.get(entry.act_id, "")))),
            key=entry.key,
        )
        for entry in entries
    ]  # fmt: skip


def _due(data: dict[str, Any]) -> str:
    """Tell how the due date moved, which is what a reader of the trail looks for."""
    before, after = data.get("changes", {}).get("case", {}).get("due_on", (None, None))
    if not after:
        return "期限停止计算" if before else ""
    day = chinese_date(dt.date.fromisoformat(after))
    return f"期限由{chinese_date(dt.date.fromisoformat(before))}改为{day}" if before else f"期限届满日为{day}"


def _papers(data: dict[str, Any]) -> str:
    made = [
        f"《{ISSUED[paper['kind']].label}》{paper['number']}" if paper["kind"] in ISSUED else paper["number"]
        for paper in data.get("papers", ())
    ]
    return f"出具{'、'.join(made)}" if made else ""


def _numbers(data: dict[str, Any]) -> set[str]:
    return {paper["number"] for paper in data.get("papers", ())}

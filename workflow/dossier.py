"""What a case's file holds at one moment, as plain facts: frozen when the reply is signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils.timezone import localdate

from law.outcomes import Outcome
from letters.models import Paper
from office import keys
from workflow.clock import reading
from workflow.frozen_facts import dump_facts, load_facts
from workflow.models import Case, SignedFile
from workflow.selectors.papers import papers_of


def keep(case: Case, paper: Paper, *, now: dt.datetime) -> SignedFile:
    """Freeze the file of a case as it stands at the signature of a paper, inside the act's transaction."""
    text = dump_facts(contents(case, as_of=paper.signed_on))
    return SignedFile.objects.create(
        case=case, paper=paper, facts_sealed=keys.data_key(case.subject_ref).seal(text),
        facts_sha256=hashlib.sha256(text.encode()).hexdigest(), created_at=now,
    )  # fmt: skip


def kept(row: SignedFile) -> dict[str, Any]:
    """Read a frozen file back. Raises RuntimeError when it is not what was frozen."""
    text = keys.data_key(row.case.subject_ref).unseal(row.facts_sealed)
    if hashlib.sha256(text.encode()).hexdigest() != row.facts_sha256:
        raise RuntimeError(f"签发时案卷 {row.pk} 与其散列不符")
    return load_facts(text)


def contents(case: Case, *, as_of: dt.date) -> dict[str, Any]:
    """Return everything in the file of a case on a day; papers and attached files by their hashes."""
    return {
        "as_of": as_of.isoformat(),
        "case": _case(case),
        "parties": [
            {"part": p.get_part_display(), "kind": p.get_kind_display(), "name": p.name,
             "identity": f"{p.get_id_kind_display()} {p.id_number.masked()}" if p.id_number else ""}
            for p in case.all_parties()
        ],
        "items": [_item(item) for item in case.items_in_order()],
        "clock": _clock(case, as_of),
        "searches": [
            {"item": s.item.seq if s.item_id else 0, "systems": s.systems, "keywords": s.keywords, "period": s.period,
             "method": s.method, "people": s.searched_by.display, "on": s.searched_on.isoformat(), "result": s.result,
             "found": s.found}
            for s in case.search_records()
        ],
        "consultations": [
            {"party": c.party_name, "kind": c.get_kind_display(), "sent_on": c.sent_on.isoformat(),
             "delivered_on": _iso(c.delivered_on), "opinion": c.get_opinion_display() if c.opinion else "",
             "opinion_on": _iso(c.opinion_on), "reason": c.reason, "assessed": c.reason_assessed}
            for c in case.all_consultations()
        ],
        "reviews": [
            {"name": r.get_kind_display(), "status": r.get_status_display(), "opinion": r.opinion,
             "by": r.reviewer.display if r.reviewer else "", "on": _iso(r.reviewed_on), "sha256": r.pinned_sha256}
            for r in case.current_reviews()
        ],
        "papers": [
            {"id": p.pk, "kind": p.kind, "title": p.title, "number": p.number_text, "on": p.signed_on.isoformat(),
             "sha256": p.text_sha256}
            for p in papers_of(case) if not p.is_void
        ],
        "files": [
            {"id": f.pk, "title": f.title, "kind": f.kind, "label": f.get_kind_display(),
             "on": localdate(f.created_at).isoformat(), "sha256": f.file.sha256}
            for f in case.attachments.order_by("id").select_related("file")
        ],
    }  # fmt: skip


def _case(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "title": case.title, "office": case.office.name, "channel": case.get_channel_display(),
        "arrived_on": case.arrived_on.isoformat(), "received_on": _iso(case.received_on),
        "wanted": case.get_wanted_form_display(), "service": case.get_service_display(),
        "applicant_kind": case.get_applicant_kind_display(),
    }  # fmt: skip


def _item(item: Any) -> dict[str, Any]:
    label = Outcome(item.outcome).label if item.outcome else ""
    return {"seq": item.seq, "description": item.description, "outcome": item.outcome, "label": label,
            "grounds": list(item.grounds), "reason": item.reason}  # fmt: skip


def _clock(case: Case, as_of: dt.date) -> dict[str, Any]:
    found = reading(case, as_of=as_of, ledger=True)
    days = ("received_on", "clock_start_on", "original_due_on", "due_on", "replied_on", "completed_on")
    return {
        **{name: _iso(getattr(found, name)) for name in days}, "quota": found.quota, "left": found.left,
        "status": found.status.label, "days": [row.as_json() for row in found.ledger],
    }  # fmt: skip


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""

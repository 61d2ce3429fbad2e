"""What a case says on each sheet that is printed on request, as plain facts for the letters floor."""

from __future__ import annotations

from typing import Any

from law.outcomes import Outcome
from letters.models import Paper
from workflow import rules
from workflow.kinds import AttachmentKind, Service, WantedForm
from workflow.models import Case, Consultation, Party, Share
from workflow.paper_facts import addressee, consultation
from workflow.selectors.contact import hints_of
from workflow.selectors.manifest import manifest
from workflow.selectors.papers import papers_of, reply_of

Facts = dict[str, Any]
GRANTED = frozenset({"grant", "partial"})
ARCHIVE = "archive_"
WAYS = {Service.COUNTER: "counter", Service.POST: "post", Service.EMAIL: "email", Service.PORTAL: "portal"}


def register_sheet(case: Case) -> Facts:
    """Return the facts of the register sheet: identity and contact as hints, as the case page shows them."""
    applicant, agents = case.applicants()[0], [p for p in case.all_parties() if p.part != "applicant"]
    outcomes = dict.fromkeys(Outcome(item.outcome).label for item in case.items_in_order() if item.outcome)
    told: dict[str, Any] = {
        "registered_on": _registered_on(case), "received_on": case.received_on, "replied_on": case.replied_on,
        "risk_received_on": case.risk_received_on, "due_on": case.due_on,
    }  # fmt: skip
    files = [row.get_kind_display() for row in case.attachments.order_by("pk")]
    return _said({
        **_common(case), "channel_label": case.get_channel_display(), "arrived_on": case.arrived_on.isoformat(),
        "applicant_kind": case.get_applicant_kind_display(), "requests": _requests(case),
        "identity": f"{applicant.get_id_kind_display()} {applicant.id_number.masked()}" if applicant.id_number else "",
        "contact": "；".join(f"{label} {hint}" for label, hint in hints_of(applicant)),
        "agent": "、".join(f"{party.name}（{party.get_part_display()}）" for party in agents),
        "materials": "、".join(f"{kind}{files.count(kind)}份" for kind in dict.fromkeys(files)),
        "wanted_form": case.get_wanted_form_display(), "service": case.get_service_display(),
        "unit": case.unit.name if case.unit else "", "handler_name": case.handler.display if case.handler else "",
        "external_number": case.external_number, "outcome": "、".join(outcomes) if case.replied_on else "",
        **{name: day.isoformat() for name, day in told.items() if day},
    })  # fmt: skip


def transfer_sheet(case: Case) -> Facts:
    """Return the facts of the slip that goes with a case to its units; the house's term apart from the law's."""
    assert case.unit is not None  # offered only once a unit has it
    taking_part = [share for share in case.all_shares() if share.status in Share.TAKING_PART]
    lead = next((share for share in reversed(taking_part) if share.part == Share.Part.LEAD), None)
    files = [row.title for row in case.attachments.order_by("pk")]
    facts = _common(case) | {
        "received_on": case.received_on.isoformat() if case.received_on else "", "unit": case.unit.name,
        "co_units": [share.unit.name for share in taking_part if share.part == Share.Part.CO], "requests": _requests(case),
        "due_on": case.due_on.isoformat() if case.due_on else "", "materials_list": files,
    }  # fmt: skip
    if lead is not None:
        facts |= {
            "internal_due_on": lead.internal_due_on.isoformat() if lead.internal_due_on else "",
            "allocated_by": lead.given_by.display if lead.given_by else "", "allocated_on": lead.given_on.isoformat(),
        }  # fmt: skip
    return _said(facts)


def application_form(case: Case) -> Facts:
    """Return the facts of the application form filled in with what is on record, for the applicant to check and sign.

    The number of a document stands there as a hint: whoever signs writes it by hand.
    """
    party = case.applicants()[0]
    agent = next((row for row in case.all_parties() if row.part != "applicant"), None)
    person = {
        **_reached(party), "kind": party.kind, "id_kind": party.get_id_kind_display() if party.id_kind else "",
        "id_number": party.id_number.masked() if party.id_number else "", "contact_name": party.contact_name,
        "phone": party.phone.reveal() if party.phone else "", "email": party.email.reveal() if party.email else "",
    }  # fmt: skip
    if agent is not None:
        person["agent"] = agent.name
    return {
        "office": rules.facts_of(case.office), "case_number": case.number, "applicant": _said(person),
        "requests": _requests(case), "wanted_form": str(case.wanted_form),
        **({"service": str(case.service)} if case.service != Service.COURIER else {}),
        "arrived_on": case.arrived_on.isoformat(),
    }  # fmt: skip


def proof_of_service(case: Case, paper: Paper) -> Facts:
    """Return the facts of the proof of service of one paper, to be printed before it is served."""
    asked = asked_by(case, paper)
    to = _asked(asked) if asked else _reached(served(case))
    facts: Facts = _common(case) | {
        "addressee": _said(to), "papers": [{"title": paper.title, "number": paper.number_text}],
    }  # fmt: skip
    way = WAYS.get(Service(asked.channel if asked and asked.channel else case.service), "")
    return facts | ({"way": way} if way and not asked else {})


def envelope(case: Case, paper: Paper) -> Facts:
    """Return the facts of the envelope in which a paper goes to its recipient."""
    asked = asked_by(case, paper)
    to = _asked(asked) if asked else _reached(served(case))
    return {
        "office": rules.facts_of(case.office),
        "addressee": _said({name: to[name] for name in ("name", "address", "postcode") if name in to}),
        "contents": [paper.number_text],
    }


def material_list(case: Case) -> Facts:
    """Return the facts of the list of what is handed over with the reply; pages not known are left for the pen."""
    reply = reply_of(case)
    carrier = str(case.wanted_form)
    files = [row.title for row in case.attachments.order_by("pk") if row.kind == AttachmentKind.DISCLOSED]
    named = [name for item in _granted(case) for name in item.facts.get("attachments") or [item.description]]
    facts = _common(case) | {
        "entries": [{"title": title, "carrier": carrier, "copies": 1} for title in files or named],
    }
    return facts | ({"letter_number": reply.number_text} if reply else {})


def reading_register(case: Case) -> Facts:
    """Return the facts of the register that whoever reads on site signs."""
    facts = material_list(case)
    paper = WantedForm.PAPER.value
    return facts | {"entries": [{"title": row["title"], "carrier": paper} for row in facts["entries"]]}


def confirmation_slip(case: Case, row: Consultation) -> Facts:
    """Return the facts of the slip on which a third party answers, for one that lost the one sent with its letter."""
    letter = consultation(case, row, on=row.sent_on)
    facts = {name: letter[name] for name in ("office", "addressee", "content", "days", "reply_to")}
    return _said(facts) | ({"letter_number": row.paper.number_text} if row.paper else {})


def file_cover(case: Case) -> Facts:
    """Return the facts of the cover of a filed case."""
    assert case.archived_on is not None  # offered only for a filed case
    days = [paper.signed_on for paper in papers_of(case) if not paper.kind.startswith(ARCHIVE)]
    for row in case.all_deliveries():
        days += [day for day in (row.sent_on, row.signed_on) if day]
    held = [row for row in manifest(case) if row["title"] not in ("卷内目录", "备考表")]
    outcomes = dict.fromkeys(Outcome(item.outcome).label for item in case.items_in_order() if item.outcome)
    return _said({
        "office": rules.facts_of(case.office), "case_number": case.number, "title": case.title,
        "started_on": case.arrived_on.isoformat(), "ended_on": max([*days, case.arrived_on]).isoformat(),
        "retention": f"{case.retention_years}年", "count": len(held), "outcome": "、".join(outcomes),
        "filed_by": _filed_by(case), "filed_on": case.archived_on.isoformat(),
    })  # fmt: skip


def asked_by(case: Case, paper: Paper) -> Consultation | None:
    """Return the consultation that a paper belongs to, whose recipient is then whom it asked."""
    rows = case.all_consultations()
    return next((row for row in rows if paper.pk in (row.paper_id, row.decision_paper_id)), None)


def has_materials(case: Case) -> bool:
    """Tell whether the reply hands anything over."""
    return reply_of(case) is not None and bool(_granted(case))


def _common(case: Case) -> Facts:
    return {"office": rules.facts_of(case.office), "case_number": case.number, "addressee": addressee(case)}


def _said(facts: Facts) -> Facts:
    """Leave out what nobody has said: the sheet leaves its place for the pen."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _requests(case: Case) -> list[str]:
    return [item.description for item in case.items_in_order()]


def _granted(case: Case) -> list[Any]:
    return [
        item for item in case.items_in_order() if item.outcome and Outcome(item.outcome).family in GRANTED
    ]


def served(case: Case) -> Party:
    """Return who papers are handed to: who represents the applicants, or the first of them."""
    parties = case.all_parties()
    return next((party for party in parties if party.part == "representative"), case.applicants()[0])


def _reached(party: Party) -> Facts:
    where = {"address": party.address.reveal() if party.address else "", "postcode": party.postcode}
    return {"name": party.name, **where}


def _asked(row: Consultation) -> Facts:
    return {"name": row.party_name, "address": row.party_address}


def _registered_on(case: Case) -> Any:
    receipt = next((paper for paper in papers_of(case) if paper.kind == "registration_receipt"), None)
    return receipt.signed_on if receipt else None


def _filed_by(case: Case) -> str:
    from office.journal.sentences import names_of

    note = next((paper for paper in reversed(papers_of(case)) if paper.kind.startswith(ARCHIVE)), None)
    return names_of([note.by_ref]).get(note.by_ref, "") if note else ""

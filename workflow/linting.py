"""Lint what a case is about to sign, with what its register knows beside the paper (败诉风险检查)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from letters import lint, seal_image, sealing
from letters.compose_paper import Composed
from letters.lint.looked import alike
from letters.lint.privacy import IDENTITY, closed
from letters.models import Paper, Seal
from letters.own.in_force import own_of
from office.models import Office
from workflow.errors import NotNow
from workflow.models import Case, Item
from workflow.models.party import identity_hash
from workflow.review.disclosing.standing import told_by_marks

#: Rules by which an applicant's own numbers look like other people's.
OTHERS = frozenset({"personal_data", "personal_address"})
#: So many of an applicant's earlier items are looked through, the newest first.
EARLIER = 300
#: Descriptions at least so alike may be the same information; the lint judges more closely.
LIKELY = 0.7


class Blocked(NotNow):
    """The lint stops a paper; `findings` say why and where each is mended."""

    def __init__(self, findings: Sequence[lint.Finding], *, what: str) -> None:
        self.findings = tuple(findings)
        told = "；".join(finding.message for finding in findings)
        super().__init__("lint", f"{what}有以下问题，请先改正：{told}", field="items")


def register(case: Case, kind: str = "reply", *, on: dt.date) -> dict[str, Any]:
    """Return what the register knows beside a paper of a case signed on a day, in the form the lint reads it.

    Only a reply is compared with earlier ones; that costs a query or two, everything else is at hand.
    """
    known: dict[str, Any] = {
        "received_on": case.received_on.isoformat() if case.received_on else "",
        "applicant": [{"name": party.name} for party in case.applicants()],
    }
    known |= _seal(case.office, kind, case.seal_practice(on), on)
    if not kind.startswith("reply"):
        return known
    if case.due_on:
        # A breach is on the ledger the day it happens, and stays there: the lint warns of it, and the reply goes out.
        known |= {"due_on": case.due_on.isoformat(), "late_on_record": True}
    items = case.items_in_order()
    known["items"] = [{"seq": item.seq, "description": item.description} for item in items]
    known["consultations"] = [
        {
            "id": row.pk, "kind": row.kind, "item": row.item.seq if row.item else None, "party_name": row.party_name,
            "party_kind": row.party_kind, "opinion": row.opinion, "reason_assessed": row.reason_assessed,
            "reason_sound": row.reason_sound, "decided_on": row.decided_on.isoformat() if row.decided_on else "",
        }
        for row in case.all_consultations()
    ]  # fmt: skip
    if not case.has_none("holdings") and (told := told_by_marks(case)):
        known["redactions"] = {str(seq): [dict(mark) for mark in one.marks] for seq, one in told.items()}
    known["earlier_replies"] = _earlier(case, [item.description for item in items])
    return known


def _seal(office: Office, kind: str, how: sealing.Practice, on: dt.date) -> dict[str, Any]:
    """Return which seal a paper will bear; nothing where its seal is not the register's business."""
    if not how.wants(kind):
        return {}
    if how.electronic and not seal_image.has_image(office, Seal.Kind.OFFICE, on):
        return {"seal": {"name": "", "by_hand": True}}
    return {"seal": Seal.Kind.OFFICE.label}


def _earlier(case: Case, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the same applicants were answered before about what looks like the same information."""
    hashes = [party.id_hash for party in case.applicants() if party.id_hash]
    if not hashes:
        return []
    of_the_case = Concat(Value("case:"), Cast(OuterRef("case_id"), CharField()))
    replies = Paper.objects.filter(subject_ref=of_the_case, kind__startswith="reply").order_by("-pk")
    rows = (
        Item.objects.filter(
            case__office_id=case.office_id, case__replied_on__isnull=False, case__parties__part="applicant",
            case__parties__id_hash__in=hashes,
        )
        .exclude(case_id=case.pk)
        .exclude(outcome="")
        .order_by("-case_id", "seq")
        .values("description", "outcome", "grounds", number=Coalesce(Subquery(replies.values("number_text")[:1]), Value("")))[:EARLIER]
    )  # fmt: skip
    return [row for row in rows if any(alike(text, row["description"]) >= LIKELY for text in wanted)]


def look(case: Case, kind: str, facts: Mapping[str, Any], *, on: dt.date) -> lint.Linted:
    """Lint a paper that may not be whole yet, in the wordings of its office."""
    code = facts["office"].get("code")
    own = own_of(code) if code else None
    return lint.lint_facts(kind, {**facts, "register": register(case, kind, on=on)}, on=on, own=own)


def findings(case: Case, composed: Composed, facts: Mapping[str, Any]) -> list[lint.Finding]:
    """Return what the lint finds in a composed paper of a case."""
    known = register(case, composed.kind, on=composed.on)
    found = lint.check(composed, {**facts, "register": known})
    if any(finding.rule in OTHERS for finding in found):
        known["applicant"] = _own_numbers(case, composed.text)
        found = lint.check(composed, {**facts, "register": known})
    return found


def signed_findings(case: Case, paper: Paper, facts: Mapping[str, Any]) -> list[lint.Finding]:
    """Return what the lint finds in a paper as it was signed, read from its frozen text.

    Raises office.keys.Shredded where the text is no more, BadFacts for facts it cannot be held against.
    """
    frozen, known = paper.frozen(), register(case, paper.kind, on=paper.signed_on)
    found = lint.check_text(paper.kind, frozen["blocks"], {**facts, "register": known}, on=paper.signed_on)
    if any(finding.rule in OTHERS for finding in found):
        known["applicant"] = _own_numbers(case, frozen["text"])
        found = lint.check_text(
            paper.kind, frozen["blocks"], {**facts, "register": known}, on=paper.signed_on
        )
    return found


def _own_numbers(case: Case, text: str) -> list[dict[str, str]]:
    """Return what of the numbers in a text is the applicant's own, in memory alone.

    Only where the lint has found such numbers is anything unsealed, and never an identity number: those of the text
    are compared by their keyed hash.
    """
    written = {closed(number) for number in IDENTITY.findall(text)}
    return [
        {
            "name": party.name, "phone": party.phone.reveal() if party.phone else "",
            "address": party.address.reveal() if party.address else "",
            "identity": " ".join(number for number in written if identity_hash(number) == party.id_hash),
        }
        for party in case.applicants()
    ]  # fmt: skip


def stop(case: Case, composed: Composed, facts: Mapping[str, Any], *, what: str) -> None:
    """Raise Blocked where the lint stops a composed paper.

    :param what: what the sentence calls the paper: 答复书稿, 文书
    """
    if blocking := [finding for finding in findings(case, composed, facts) if finding.blocks]:
        raise Blocked(blocking, what=what)


def stop_beside(
    office: Office,
    composed: Composed,
    facts: Mapping[str, Any],
    *,
    asked: Mapping[str, str] | None = None,
    what: str,
) -> None:
    """Raise Blocked where the lint stops a paper that belongs to no case.

    :param asked: whose own data may stand in it, and what that person wrote
    """
    how = sealing.practice(office, composed.on)
    known = {
        **_seal(office, composed.kind, how, composed.on),
        **({"applicant": dict(asked)} if asked else {}),
    }
    found = lint.check(composed, {**facts, "register": known})
    if blocking := [finding for finding in found if finding.blocks]:
        raise Blocked(blocking, what=what)

"""What an act's form offers to choose from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from office.models import Office, Post, Unit
from office.roles import Role
from workflow import rules
from workflow.models import Case, Party
from workflow.review.disclosing.standing import Told, told_by_marks
from workflow.selectors.papers import voidable_papers

COPY_DAYS = 60
MOST_COPIES = 50
Options = list[tuple[Any, Any]]


def marked(case: Any) -> dict[int, Told]:
    """Tell by item what the marks on its documents say for the letter: grounds, and what is withheld."""
    return told_by_marks(case)


def usual_window(case: Any, *, on: Any) -> int:
    """Tell the working days an office usually gives to supplement a request (条例30)."""
    return rules.number("art30.supplement_term_days", case.office, on)


def reading(case: Any) -> tuple[str, str, str]:
    """Suggest what is laid out for reading, where and at what hours: what was asked for, the office, its hours."""
    office = case.office
    asked = "；".join(item.description for item in case.items_in_order() if item.outcome)
    where = f"（{office.address}）" if office.address else ""
    return asked, f"{office.name}{where}", office.office_hours


def units(case: Any) -> Options:
    """List the units of a case's office."""
    return units_of_office(case.office)


def units_of_office(office: Any) -> Options:
    """List the units of an office."""
    rows = Unit.objects.filter(office=office, is_active=True).order_by("code")
    return [(unit.pk, unit.name) for unit in rows]


def handlers(case: Any, *, on: Any) -> Options:
    """List the handlers of a case's office by unit; those of the whole office come last."""
    groups: dict[str, Options] = {}
    for post in _posts(case, Role.HANDLER, on):
        label = post.unit.name if post.unit else "全机关"
        groups.setdefault(label, []).append((post.user_id, post.user.display))
    return list(groups.items())


def handlers_of(case: Any, unit_id: int | None, *, on: Any) -> Options:
    """List the handlers of one unit, with those whose post reaches every unit."""
    held = [post for post in _posts(case, Role.HANDLER, on) if post.unit_id in (unit_id, None)]
    return list({post.user_id: post.user.display for post in held}.items())


def leavers(case: Any) -> list[int]:
    """List the people with whom something of a case lies and who handle nothing in its office any more."""
    people = [case.handler, *(share.handler for share in case.all_shares() if share.is_open)]
    gone = [person.pk for person in people if person and Role.HANDLER not in person.roles_in(case.office_id)]
    return list(dict.fromkeys(gone))


def signatories(case: Any, *, on: Any) -> Options:
    """List the signatories of a case's office."""
    return list({post.user_id: post.user.display for post in _posts(case, Role.SIGNATORY, on)}.items())


def unserved(case: Any) -> Options:
    """List the papers whose service is not on record."""
    return [(paper.pk, f"{paper.title}（{paper.number_text}）") for paper in case.unserved_papers()]


def voidable(case: Any) -> Options:
    """List the papers that can still be declared void."""
    return [(paper.pk, f"{paper.title}（{paper.number_text}）") for paper in voidable_papers(case)]


def open_consultations(case: Any) -> Options:
    """List the consultations that have no answer."""
    return [(row.pk, f"{row.party_name}（{row.sent_on:%Y-%m-%d}发出）") for row in case.open_consultations()]


def unserved_consultations(case: Any) -> Options:
    """List the letters to consulted parties whose arrival is not on record, as "which:id"."""
    rows = case.all_consultations()
    letters = [
        (f"letter:{row.pk}", f"{row.party_name}：征求意见文书（{row.sent_on:%Y-%m-%d}发出）")
        for row in rows
        if row.delivered_on is None
    ]
    decisions = [
        (f"decision:{row.pk}", f"{row.party_name}：公开决定告知书（{row.decided_on:%Y-%m-%d}发出）")
        for row in rows
        if row.decided_on and row.decision_delivered_on is None
    ]
    return letters + decisions


def objections(case: Any) -> Options:
    """List the third parties that object and were not told of a decision."""
    rows = [row for row in case.all_consultations() if row.kind == "third" and row.objects_to_it]
    return [
        (row.pk, f"{row.party_name}（{row.get_opinion_display()}）") for row in rows if not row.decided_on
    ]


def other_offices(case: Any) -> Options:
    """List the other offices of the platform."""
    rows = Office.objects.filter(is_active=True).exclude(pk=case.office_id).order_by("code")
    return list(rows.values_list("pk", "name"))


def offices_beside(office: Any) -> Options:
    """List the other offices of an office's government, to which a letter that went astray is handed on."""
    chain = [office, *office.ancestors()]
    government = next((row for row in chain if row.kind == "government"), None)
    if government is None:
        return []
    rows = [
        government,
        *government.children.filter(is_active=True).exclude(kind="government").order_by("code"),
    ]
    return [(row.pk, row.name) for row in rows if row.pk != office.pk and row.is_active]


def contact_of(office_id: int) -> str:
    """Write an office's name and how to reach it, as a reply tells it (条例36(5))."""
    office = Office.objects.get(pk=office_id)
    reach = [
        f"联系电话{office.phone}" if office.phone else "",
        f"地址为{office.address}" if office.address else "",
    ]
    return "，".join(filter(None, (office.name, *reach)))


def items_with(case: Any, outcome: str) -> list[tuple[Any, str]]:
    """List the items with one proposed outcome, each with its label."""
    return [
        (row, f"第{row.seq}项　{_short(row.description)}")
        for row in case.items_in_order()
        if row.outcome == outcome
    ]


def foreign_items(case: Any) -> Options:
    """List the items that were judged to be another body's matter and are not handed over."""
    return [
        (row.seq, f"第{row.seq}项　{_short(row.description)}")
        for row in case.items_in_order()
        if (found := case.nature_of(row)) and found.refer and case.referral_of(row) is None
    ]


def handed_over(case: Any) -> Options:
    """List the items that were handed over and have no number there yet."""
    return [
        (item.seq, f"第{item.seq}项　{row.to_name}")
        for item in case.items_in_order()
        if (row := case.referral_of(item)) and not row.number
    ]


def copies(case: Any) -> Options:
    """List what the same applicant has asked of other offices within two months of this request."""
    known = [party.id_hash for party in case.applicants() if party.id_hash]
    near = (case.arrived_on - dt.timedelta(days=COPY_DAYS), case.arrived_on + dt.timedelta(days=COPY_DAYS))
    same = Party.objects.filter(part="applicant", id_hash__in=known).values("case_id")
    rows = Case.objects.filter(pk__in=same, arrived_on__range=near).exclude(office_id=case.office_id)
    rows = (
        rows.exclude(linked_from__case=case)
        .select_related("office")
        .order_by("arrived_on", "pk")[:MOST_COPIES]
    )
    return [(row.pk, f"{row.office.name}　{row.number}（{row.arrived_on:%Y-%m-%d}到达）") for row in rows]


def items(case: Any) -> Options:
    """List the items of a request by number."""
    return [(item.seq, f"第{item.seq}项　{_short(item.description)}") for item in case.items_in_order()]


def usual_explaining_term(case: Any, *, on: Any) -> int:
    """Tell the working days an office usually gives to explain many requests (条例35)."""
    return rules.number("art35.explain_days", case.office, on)


def item(case: Any, seq: int) -> Any:
    """Return one item of a request, or None."""
    return next((row for row in case.items_in_order() if row.seq == seq), None)


def _posts(case: Any, role: Role, on: Any) -> Any:
    from django.db.models import Q

    held = Post.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), office_id=case.office_id, role=role)
    return (
        held.filter(from_on__lte=on, user__is_active=True)
        .select_related("user", "unit")
        .order_by("unit__code", "user_id")
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:29]}…"

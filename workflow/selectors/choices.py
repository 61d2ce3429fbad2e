"""What an act's form offers to choose from."""

from __future__ import annotations

from typing import Any

from office.models import Office, Post, Unit
from office.roles import Role
from workflow import rules

Options = list[tuple[Any, Any]]


def usual_window(case: Any, *, on: Any) -> int:
    """Tell the working days an office usually gives to supplement a request (条例30)."""
    return rules.number("art30.supplement_term_days", case.office, on)


def units(case: Any) -> Options:
    """List the units of a case's office."""
    rows = Unit.objects.filter(office_id=case.office_id, is_active=True).order_by("code")
    return [(unit.pk, unit.name) for unit in rows]


def handlers(case: Any, *, on: Any) -> Options:
    """List the handlers of a case's office by unit; those of the whole office come last."""
    groups: dict[str, Options] = {}
    for post in _posts(case, Role.HANDLER, on):
        label = post.unit.name if post.unit else "全机关"
        groups.setdefault(label, []).append((post.user_id, post.user.display))
    return list(groups.items())


def signatories(case: Any, *, on: Any) -> Options:
    """List the signatories of a case's office."""
    return list({post.user_id: post.user.display for post in _posts(case, Role.SIGNATORY, on)}.items())


def unserved(case: Any) -> Options:
    """List the papers whose service is not on record."""
    return [(paper.pk, f"{paper.title}（{paper.number_text}）") for paper in case.unserved_papers()]


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

"""Who may see which document of a case, and what the forms of the acts on documents offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from office.models import User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.holding_kinds import HoldingStatus, Level
from workflow.models import Holding, HoldingVersion, SecrecyMark
from workflow.review import levels, sealed_json
from workflow.selectors.access import visible_cases

Options = list[tuple[Any, str]]


@dataclass(frozen=True)
class ReviewRecord:
    """The secrecy review of a document as a page shows it."""

    review: Any
    ticks: Sequence[dict[str, Any]]
    steps: Sequence[Any]
    referrals: Sequence[Any]
    waits_for: str


def visible_holdings(user: User) -> QuerySet[Holding]:
    """Return the documents a person may see: those of the cases they may see.

    One in quarantine is there for the secrecy reviewer of its office alone; for everybody else it is as if it were not.
    """
    secrecy = [office for office, roles in user.reach().items() if Role.SECRECY in roles]
    free = ~Q(status=HoldingStatus.QUARANTINED)
    return Holding.objects.filter(free | Q(office_id__in=secrecy), case__in=visible_cases(user))


def find_version(user: User, case_id: int, version_id: int) -> HoldingVersion | None:
    """Read one version of a document this person may see, with its case and office; None for any other."""
    return (
        HoldingVersion.objects.filter(
            pk=version_id, holding__case_id=case_id, holding__in=visible_holdings(user)
        )
        .select_related("holding__case__office", "holding__item", "file", "by")
        .first()
    )


def shown_holdings(case: Any, user: User) -> tuple[dict[str, Any], ...]:
    """List the documents of a case for its page, those in quarantine for the secrecy reviewer alone."""
    secrecy = Role.SECRECY in user.reach().get(case.office_id, frozenset())
    return tuple(
        {
            "row": one, "version": one.current, "review": one.review,
            "problem": levels.not_cleared(one) if one.plan in ("disclose", "partial") and one.status == "open" else "",
        }
        for one in case.all_holdings()
        if secrecy or one.status != HoldingStatus.QUARANTINED
    )  # fmt: skip


def choosable(case: Any, status: str) -> list[Any]:
    """List the documents of a case that an act may be done on: those in use, or those in quarantine."""
    return [one for one in case.all_holdings() if one.status == status]


def waiting_cards(case: Any) -> Options:
    """List the cards that wait for a conclusion."""
    return [
        (card.pk, f"{card.number}（{card.get_grade_display()}）")
        for card in case.all_cards()
        if card.conclusion == "pending"
    ]


def open_marks(case: Any) -> Options:
    """List the marks of secrecy nobody has settled, with document, page and the words around them."""
    current = {one.current.pk: one for one in case.open_holdings()}
    rows = SecrecyMark.objects.filter(version__in=current, status="suggested").order_by(
        "version_id", "page", "pk"
    )
    return [
        (
            mark.pk,
            f"材料{current[mark.version_id].seq}　{place_of(mark)}　{mark.get_kind_display()}：{words_of(case, mark)}",
        )
        for mark in rows
    ]


def place_of(mark: Any) -> str:
    """Say where a mark stands."""
    return f"第{mark.page}页{mark.get_place_display()}" if mark.page else mark.get_place_display()


def words_of(case: Any, mark: Any) -> str:
    """Return the words around a mark."""
    return str(sealed_json.unseal(case.subject_ref, mark.snippet_sealed) or "")


def review_record(document: Any) -> ReviewRecord | None:
    """Read the review in force of a document, or the newest that was."""
    review = document.review
    if review is None:
        return None
    steps = [
        {
            "label": Level(step.level).label, "decision": step.get_decision_display(), "opinion": step.opinion,
            "by": step.by.display, "on": chinese_date(step.decided_on),
        }
        for step in sorted(review.steps.all(), key=lambda row: row.pk)
    ]  # fmt: skip
    waits = levels.label(review.next_level) if review.status == "open" else ""
    return ReviewRecord(review, review.ticks, steps, list(review.referrals.all()), waits)

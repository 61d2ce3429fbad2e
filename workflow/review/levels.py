"""The levels of a document's secrecy review, whose turn it is, and whether a document may be disclosed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from law.grounds import grounds
from law.outcomes import Outcome
from office.roles import Role
from workflow import practices
from workflow.holding_kinds import Level, ReviewStatus

KEY = "review.secrecy_levels"
#: Who speaks for a level.
ROLES: dict[str, frozenset[str]] = {
    Level.HANDLER: frozenset({str(Role.HANDLER)}), Level.UNIT: frozenset({str(Role.UNIT_HEAD)}),
    Level.SECRECY: frozenset({str(Role.SECRECY)}), Level.LEADER: frozenset({str(Role.HEAD), str(Role.SIGNATORY)}),
}  # fmt: skip


def levels_of(office: Any, on: dt.date) -> list[str]:
    """Return the levels an office keeps, from the bottom up; the handler and the secrecy body always among them."""
    chosen = set(practices.value(KEY, office=office, on=on))
    return [str(level) for level in Level if level in chosen.union(practices.table()[KEY].always)]


def label(level: str) -> str:
    """Name a level."""
    return Level(level).label if level else "（各层级已签署）"


def lines() -> list[tuple[str, str, str]]:
    """Return what is ticked one by one: code, provision and what it covers, for articles 14 to 16."""
    return [
        (outcome, ground.name, Outcome(outcome).label.removeprefix("不予公开").strip("（）"))
        for ground in grounds()
        for outcome in ground.outcomes
    ]


def took_part(review: Any) -> frozenset[int]:
    """Return who spoke for a level of a review, and for whom."""
    agreed = [step for step in review.steps.all() if step.decision == "agree"]
    return frozenset({person for step in agreed for person in (step.by_id, step.by_for_id) if person})


def not_cleared(holding: Any) -> str | None:
    """Say why a document may not be disclosed as it lies there, or None."""
    review, current = holding.review, holding.current
    if review is None:
        return f"{holding.named}还没有经过保密审查，请先「保密初审」"
    if review.status == ReviewStatus.VOID:
        return f"{holding.named}的保密审查签署已失效：{review.void_reason}；请退回承办人，重新审查后再办理"
    if review.status != ReviewStatus.SIGNED:
        return f"{holding.named}的保密审查还没有签署完毕（{review.get_status_display()}）"
    if review.pinned_sha256 != current.sha256:
        return f"{holding.named}在保密审查签署后换了文件，签署已失效，请退回承办人，重新审查后再办理"
    if review.conclusion == "refuse":
        return f"{holding.named}经保密审查不予公开，不能作为拟公开的材料"
    return None


def marks_open(case: Any) -> int:
    """Count the marks of secrecy that nobody has settled yet, in the versions that count."""
    return sum(marks_open_in(holding) for holding in case.open_holdings())


def marks_open_in(holding: Any) -> int:
    """Count the marks of secrecy that nobody has settled yet in the version of a document that counts."""
    counted: int | None = getattr(
        holding.current, "marks_open", None
    )  # where all of a case were read at once
    return counted if counted is not None else int(holding.current.marks.filter(status="suggested").count())

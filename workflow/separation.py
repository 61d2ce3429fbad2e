"""Separation of duties: who may not also do what on the same case."""

from __future__ import annotations

from typing import Any

from workflow.scope import persons

CLEARS = frozenset({"clear_secrecy", "clear_redaction", "clear_legal"})


def conflict(case: Any, act: str, by: Any) -> str | None:
    """Say why a person's earlier part in a case bars an act, or None.

    Drafter and signatory always differ (a condition of the machine). The other separations hold unless the
    office has recorded why it cannot keep them (``strict_separation``). Whoever acts for another is barred by
    the part of either, and what was done in somebody's name bars that person as well.
    """
    behind = persons(by)
    if not behind or not case.office.strict_separation:
        return None
    if act in CLEARS | {"send_back"} and drafters(case) & behind:
        return "您是本件的拟稿人，不能审查自己拟的文稿"
    if act in CLEARS and _reviewed(case, behind) - {act.removeprefix("clear_")}:
        return "您已办理本件的另一项审查，须由他人审查"
    if act in ("sign", "confirm_signed_sheet") and _reviewed(case, behind):
        return "您是本件的审查人，不能同时签发"
    if act == "extend" and case.handler_id in behind:
        return "承办人不能批准自己承办案件的延期"
    return None


def _reviewed(case: Any, behind: frozenset[int]) -> set[str]:
    return {
        review.kind
        for review in case.current_reviews()
        if {review.reviewer_id, review.reviewer_for_id} & behind
    }


def drafters(case: Any) -> frozenset[int]:
    """Return who drafted the current draft and for whom it was drafted."""
    draft = case.current_draft()
    if draft is None:
        return frozenset()
    return frozenset({draft.drafter_id, draft.drafter_for_id} - {None})

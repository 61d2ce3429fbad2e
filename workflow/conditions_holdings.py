"""Conditions of the acts on documents: what is attached, reviewed, in quarantine."""

from __future__ import annotations

from typing import Any

from workflow.review import levels
from workflow.scope import persons


def something_attached(case: Any, by: Any, on: Any) -> str | None:
    """A version is replaced, reviewed and reported of a document there is."""
    return None if case.open_holdings() else "还没有登记材料"


def cards_open(case: Any, by: Any, on: Any) -> str | None:
    """A conclusion made outside is entered on a card that waits for it."""
    return (
        None
        if any(card.conclusion == "pending" for card in case.all_cards())
        else "没有等待结论的涉密文件卡片"
    )


def something_quarantined(case: Any, by: Any, on: Any) -> str | None:
    """Only what lies in quarantine is settled."""
    return None if case.quarantined_holdings() else "没有隔离的材料"


def nothing_in_quarantine(case: Any, by: Any, on: Any) -> str | None:
    """Nothing goes on while a document of the case may be classified (保密法31(3))."""
    found = len(case.quarantined_holdings())
    return f"有 {found} 份材料因疑似密级标志已隔离，须先由保密审查员处理" if found else None


def marks_to_settle(case: Any, by: Any, on: Any) -> str | None:
    """A person settles what was found as a suggestion."""
    return None if levels.marks_open(case) else "没有等待认定的密级等标志"


def review_to_begin(case: Any, by: Any, on: Any) -> str | None:
    """A document has one review at a time (一事一审)."""
    if reason := something_attached(case, by, on):
        return reason
    waiting = [one for one in case.open_holdings() if one.review is None or not one.review.in_force]
    return None if waiting else "每一份材料都已经在审查或者审查完毕"


def my_level(case: Any, by: Any, on: Any) -> str | None:
    """Each level has its turn, and nobody has two (条例17)."""
    running = [one.review for one in case.open_holdings() if one.review and one.review.status == "open"]
    if not running:
        return "没有正在审查的材料"
    roles = by.roles_in(case.office_id)
    turns = [review for review in running if levels.ROLES.get(review.next_level, frozenset()) & roles]
    if not turns:
        return f"现在轮到{'、'.join(sorted({levels.label(review.next_level) for review in running}))}"
    if all(levels.took_part(review) & persons(by) for review in turns):
        return "您已经在前一层级签署过意见，须由他人审查"
    return None


def review_running(case: Any, by: Any, on: Any) -> str | None:
    """A doubt arises in a review."""
    running = any(one.review and one.review.status == "open" for one in case.open_holdings())
    return None if running else "没有正在审查的材料"


def answer_awaited(case: Any, by: Any, on: Any) -> str | None:
    """An answer answers a question that was put."""
    waiting = any(one.review and one.review.status == "referred" for one in case.open_holdings())
    return None if waiting else "没有等待答复的报请确定"


def documents_cleared(case: Any, by: Any, on: Any) -> str | None:
    """Whatever is to be disclosed has passed its own review, in the very version that is to be disclosed (条例17)."""
    if reason := nothing_in_quarantine(case, by, on):
        return reason
    return next((reason for one in case.holdings_to_clear() if (reason := levels.not_cleared(one))), None)

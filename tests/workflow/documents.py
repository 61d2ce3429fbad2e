"""What the acts on documents take, for whoever does every act of the machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.review.makers import PLAIN
from tests.review.reviewing import said, weighed
from workflow.actions.classified_card import CardData
from workflow.acts_on_holdings import HOLDING_ACTS
from workflow.models import Case, SecrecyMark
from workflow.requests import FileData

NAMES = frozenset(row.name for row, _ in HOLDING_ACTS)
CARD = CardData(
    number="云密〔2024〕3号",
    grade="confidential",
    term="5年",
    classified_by="云岫县人民政府",
    kept_at="局保密室",
)


def of_documents(act: str, case: Case, on: dt.date) -> dict[str, Callable[[], list[Any]]]:
    """Return values for the parameters of the acts on documents, the sensible one first."""
    if act not in NAMES:
        return {}
    found: dict[str, Callable[[], list[Any]]] = {
        "holding": lambda: [said(), said(secrecy="internal"), said(secrecy="classified"), said(title=" ")],
        "original": lambda: [_file(case), FileData("空.pdf", b"", "holding")],
        "card": lambda: [CARD, CardData("", "", "", "", "")],
        "card_id": lambda: [*(card.pk for card in case.all_cards() if card.conclusion == "pending"), 0],
        "holding_id": lambda: [*_holdings(act, case), 0],
        "mark_id": lambda: [*SecrecyMark.objects.filter(version__holding__case=case, status="suggested").order_by("-pk").values_list("pk", flat=True), 0],
        "conclusion": lambda: ["refuse", "pending"],
        "concluded_on": lambda: [on, on + dt.timedelta(days=3)],
        "concluded_by": lambda: ["局保密委员会", " "],
        "not_marked": lambda: [""],
        "fate": lambda: ["release", "remove", "declassified", "burn"],
        "weighed": lambda: [weighed(), weighed(timing="")],
        "decision": lambda: ["agree", "return", "doubt"],
        "to": lambda: ["secrecy", "department", "court"],
        "answer": lambda: ["disclose", "refuse", "classified", ""],
        "answered_on": lambda: [on, on - dt.timedelta(days=40)],
        "answer_file": lambda: [None],
        "accepted": lambda: [False, True],
    }  # fmt: skip
    if act in ("begin_holding_review", "review_holding"):
        found["seen_sha256"] = lambda: [_seen(act, case), "0" * 64]
        found["opinion"] = lambda: ["同意。", ""]
    if act in ("settle_quarantine", "settle_mark"):
        found["reason"] = lambda: ["经核对不是密级标志", ""]
    return found


def _file(case: Case) -> FileData:
    number = sum(len(one.versions.all()) for one in case.all_holdings())
    return FileData("内部资料.txt", PLAIN + f"第{number}次\n内部资料\n".encode(), "holding")


def _holdings(act: str, case: Case) -> list[int]:
    wanted = {"begin_holding_review": None, "record_determination": "referred"}.get(act, "open")
    if act == "settle_quarantine":
        return [one.pk for one in case.quarantined_holdings()]
    if act in ("review_holding", "refer_holding", "record_determination"):
        return [one.pk for one in case.open_holdings() if one.review and one.review.status == wanted]
    if act == "begin_holding_review":
        return [one.pk for one in case.open_holdings() if one.review is None or not one.review.in_force]
    return [one.pk for one in case.open_holdings()]


def _seen(act: str, case: Case) -> str:
    here = _holdings(act, case)
    return next((one.current.sha256 for one in case.open_holdings() if one.pk in here), "0" * 64)

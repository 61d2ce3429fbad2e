"""Acts on documents, with what they need filled in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.review.makers import PLAIN
from tests.review.rooms import copied
from tests.workflow.factories import DAY, Town, at
from workflow.actions import add_holding, review_holding
from workflow.actions.add_holding import HoldingData
from workflow.actions.classified_card import CardData
from workflow.actions.review_holding import Weighed
from workflow.errors import BadRequest
from workflow.models import Case, Holding
from workflow.requests import FileData
from workflow.review import copies, levels

NOTHING = {code: (False, "不涉及，已逐页查看。") for code, _, _ in levels.lines()}

CARD = CardData(
    number="清密〔2024〕3号",
    grade="confidential",
    term="5年",
    classified_by="清源县人民政府",
    kept_at="局保密室3号柜",
)


def said(**changes: Any) -> HoldingData:
    """Return what a handler says of a plain document."""
    values: dict[str, Any] = {
        "secrecy": "none",
        "title": "土地征收补偿安置方案",
        "formed_on": dt.date(2025, 6, 3),
    } | changes
    return HoldingData(**values)


def attach(
    town: Town, case: Case, content: bytes = PLAIN, *, name: str = "方案.txt", copied: bool = True, on: dt.date = DAY, **changes: Any
) -> Holding:  # fmt: skip
    """Attach a document through its act and have its copy made."""
    add_holding.add_holding(
        case_id=case.pk, by=town.handler, on=on, now=at(on), item_seq=1, holding=said(**changes),
        original=FileData(name, content, "holding"),
    )  # fmt: skip
    row = Holding.objects.filter(case=case).latest("pk")
    if copied:
        copies.make(row.current.pk, now=at(on))
    return Holding.objects.get(pk=row.pk)


def replaced(town: Town, row: Holding, content: bytes, *, on: dt.date = DAY, by: Any = None) -> Case:
    """Put a new version in place."""
    return add_holding.replace_holding(
        case_id=row.case_id, by=by or town.handler, on=on, now=at(on), holding_id=row.pk, reason="补扫缺页",
        original=FileData("方案（补）.txt", content, "holding"),
    )  # fmt: skip


def weighed(**changes: Any) -> Weighed:
    """Return a first opinion on a document that may be disclosed."""
    values: dict[str, Any] = {
        "term": "never", "content": "表述准确，没有不宜公开的内容。", "timing": "方案已经批准，可以公开。", "manner": "向申请人提供复印件。",
        "conclusion": "disclose", "opinion": "建议公开。", "ticks": NOTHING,
    } | changes  # fmt: skip
    return Weighed(**values)


def begun(town: Town, row: Holding, *, on: dt.date = DAY, **changes: Any) -> Holding:
    """Give the handler's opinion."""
    review_holding.begin_holding_review(
        case_id=row.case_id, by=town.handler, on=on, now=at(on), holding_id=row.pk, seen_sha256=row.current.sha256,
        weighed=weighed(**changes),
    )  # fmt: skip
    return Holding.objects.get(pk=row.pk)


def agreed(town: Town, row: Holding, *levels_: str, on: dt.date = DAY) -> Holding:
    """Let levels agree, in order; without names those that are left of the usual four."""
    people = {"unit_head": town.unit_head, "secrecy": town.secrecy, "head": town.head}
    for who in levels_ or ("unit_head", "secrecy", "head"):
        review_holding.review_holding(
            case_id=row.case_id, by=people[who], on=on, now=at(on), holding_id=row.pk, seen_sha256=row.current.sha256,
            decision="agree", opinion="同意。",
        )  # fmt: skip
    return Holding.objects.get(pk=row.pk)


def ready_to_go(town: Town, row: Holding, *, on: dt.date = DAY) -> Holding:
    """Have a document's copy for the applicant made and proved."""
    copies.make(row.current.pk, now=at(on))
    assert copied(row.current, town.handler).status == "passed"
    return Holding.objects.get(pk=row.pk)


def signed_off(town: Town, case: Case, content: bytes = PLAIN, **changes: Any) -> Holding:
    """Attach a document and bring its review to the end."""
    return agreed(town, begun(town, attach(town, case, content, copied=False, **changes)))


def refused(code: str, function: Any, *args: Any, **given: Any) -> str:
    """Hold an act to be refused as bad input with a code; return its sentence."""
    with pytest.raises(BadRequest) as told:
        function(*args, **given)
    assert told.value.code == code, told.value.message
    return told.value.message

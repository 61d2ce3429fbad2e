"""Cards of classified documents, which stay outside (登记涉密文件卡片)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from office.models import User
from workflow.actions._holdings import day_in_the_past
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.holding_kinds import Grade, OfflineConclusion
from workflow.models import Case, ClassifiedCard


@dataclass(frozen=True)
class CardData:
    """What a card may say of a classified document: nothing of its content."""

    number: str
    grade: str
    term: str
    classified_by: str
    kept_at: str
    title_is_open: bool = False
    title: str = ""


NEEDED = {
    "number": "文件编号", "term": "保密期限", "classified_by": "定密机关", "kept_at": "存放处",
}  # fmt: skip


def register_card(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, item_seq: int, card: CardData,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Put a card without content on record for a classified document that was found (保密法31(3)).

    Raises BadRequest for what is missing, and for a title that is not declared open.
    """

    def effect(case: Case, work: Work) -> None:
        row = checked(case, item_seq, card, by=by, on=on)
        row.save()
        work.note.update(item=item_seq, card=row.pk)

    return fire(
        case_id,
        "register_card",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def checked(case: Case, item_seq: int, card: CardData, *, by: User, on: dt.date) -> ClassifiedCard:
    """Return a card that says what it must and no more, not yet stored. Raises BadRequest."""
    for field, label in NEEDED.items():
        if not getattr(card, field).strip():
            raise BadRequest("missing_field", f"请填写{label}", field=field)
    if card.grade not in Grade.values:
        raise BadRequest("bad_grade", "请选择密级", field="grade")
    if card.title.strip() and not card.title_is_open:
        raise BadRequest(
            "title_not_open", "标题本身涉密或者不能确定的，不得写入；不涉密的，请先勾选", field="title"
        )
    item = next((item for item in case.items_in_order() if item.seq == item_seq), None)
    if item is None:
        raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
    return ClassifiedCard(
        case=case, item=item, number=card.number.strip(), grade=card.grade, term=card.term.strip(),
        classified_by=card.classified_by.strip(), kept_at=card.kept_at.strip(), title_is_open=card.title_is_open,
        title=card.title.strip(), entered_by=by, entered_on=on,
    )  # fmt: skip


def conclude_card(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, card_id: int, conclusion: str, concluded_on: dt.date,
    concluded_by: str, basis: str, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record what was concluded outside of a classified document: what, by whom, on which day and basis."""
    if conclusion not in OfflineConclusion.values or conclusion == OfflineConclusion.PENDING:
        raise BadRequest("no_conclusion", "请选择线下审查的结论", field="conclusion")
    if not concluded_by.strip():
        raise BadRequest("no_body", "请填写作出结论的机构", field="concluded_by")
    if not basis.strip():
        raise BadRequest("no_basis", "请填写依据", field="basis")
    day_in_the_past(concluded_on, on, "concluded_on", "作出结论的日期")

    def effect(case: Case, work: Work) -> None:
        card = next(
            (one for one in case.all_cards() if one.pk == card_id and one.conclusion == "pending"), None
        )
        if card is None:
            raise BadRequest("no_such_card", "请选择一张等待结论的卡片", field="card_id")
        card.conclusion, card.concluded_on = conclusion, concluded_on
        card.concluded_by, card.basis = concluded_by.strip(), basis.strip()
        card.save()
        work.note.update(card=card.pk, conclusion=OfflineConclusion(conclusion).label)

    return fire(
        case_id,
        "conclude_card",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

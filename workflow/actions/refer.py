"""Hand a part that is no request for information to those who handle it (移送)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts_before
from workflow.actions.consult import item_of
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import ForeignDesk
from workflow.models import Case, Referral


def refer(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, item_seq: int, desk: str, to_name: str,
    number: str = "", expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send one item to the petition office, the hotline or another body, with a letter; the reply tells of it.

    Only an item whose nature was judged as such goes this way: the rest of the letter is answered as usual.
    """
    if desk not in ForeignDesk.values:
        raise BadRequest("bad_desk", "请选择移送的去向", field="desk")
    if not to_name.strip():
        raise BadRequest("no_name", "请填写接收单位的名称", field="to_name")

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        found = case.nature_of(item) if item else None
        if item is None or found is None or not found.refer:
            raise BadRequest("not_foreign", "这一项没有研判为信访、咨询等应当移送的事项", field="item_seq")
        if case.referral_of(item):
            raise BadRequest("handed_over", "这一项已经移送", field="item_seq")
        paper = work.seal("referral_letter", paper_facts_before.refer(case, item, to_name=to_name.strip()))
        Referral.objects.create(
            case=case,
            item=item,
            desk=desk,
            to_name=to_name.strip(),
            number=number.strip(),
            paper=paper,
            handed_on=on,
        )
        work.note.update(item=item_seq, to=to_name.strip())

    return fire(
        case_id,
        "refer",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def note_referral(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, item_seq: int, number: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Log the number under which the other body has taken the matter in."""
    if not number.strip():
        raise BadRequest("no_number", "请填写对方的受理编号", field="number")

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        row = case.referral_of(item) if item else None
        if row is None:
            raise BadRequest("not_handed_over", "这一项没有移送过", field="item_seq")
        row.number = number.strip()
        row.save(update_fields=["number"])
        work.note.update(item=item_seq, number=row.number)

    return fire(
        case_id, "note_referral", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

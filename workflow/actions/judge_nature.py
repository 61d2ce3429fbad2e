"""Judge what an item of a request is (性质研判)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from law import nature
from office.models import User
from workflow.actions.consult import item_of
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, NatureFinding


def judge_nature(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, item_seq: int, answers: Mapping[str, str],
    note: str = "", expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the answers to the tree's questions and the finding they lead to; the newest finding counts.

    Raises BadRequest while a question on the way is open.
    """
    way = nature.walk(answers)
    if way.finding is None:
        open_question = way.question.text if way.question else ""
        raise BadRequest("unfinished", f"还有问题没有回答：{open_question}", field="answers")
    found = way.finding

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        if item is None:
            raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
        if case.referral_of(item):
            raise BadRequest("handed_over", "这一项已经移送，不能再改研判", field="item_seq")
        item.nature = found.code
        item.save(update_fields=["nature"])
        NatureFinding.objects.create(
            case=case, item=item, answers={s.question.code: s.answer.code for s in way.steps},
            finding=found.code, note=note.strip(), found_by=by, found_on=on,
        )  # fmt: skip
        work.note.update(item=item_seq, finding=found.label)
        work.remark(note)

    return fire(
        case_id,
        "judge_nature",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

"""Split an item that asks for several things (拆分事项)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office.actors import Actor
from workflow.actions.consult import item_of
from workflow.alike.index import enter
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Item


def split_item(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, item_seq: int, parts: Sequence[str],
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Make several items of one, each answered by itself; the applicant's own words stay with the case."""
    texts = [part.strip() for part in parts if part.strip()]
    if len(texts) < 2:
        raise BadRequest("one_part", "请至少拆成两项，每行一项", field="parts")

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        if item is None:
            raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
        if item.outcome or item.split_from_id:
            raise BadRequest("answered", "已经拟定答复意见或者拆分过的事项不能再拆分", field="item_seq")
        last = max(row.seq for row in case.items_in_order())
        work.remark(f"第{item_seq}项原文：{item.description}")
        numbers = enter(case.office_id, texts)
        item.description, item.text_id = texts[0], numbers[0]
        item.save(update_fields=["description", "text"])
        Item.objects.bulk_create(
            Item(case=case, seq=last + n, description=texts[n], text_id=numbers[n], split_from=item)
            for n in range(1, len(texts))
        )
        work.note.update(item=item_seq, parts=len(texts))

    return fire(
        case_id,
        "split_item",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

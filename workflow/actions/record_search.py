"""Put a search on record (检索记录)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, SearchRecord

NEEDED = {
    "systems": "检索范围（系统、档案、科室）", "keywords": "关键词", "period": "检索时段", "method": "检索方法",
    "result": "检索结果",
}  # fmt: skip


def record_search(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, systems: str, keywords: str, period: str,
    method: str, result: str, found: bool, item_seq: int | None = None, searched_on: dt.date | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record where, how and with what result a search was made, by the handler who made it (条例36(4))."""
    given = {"systems": systems, "keywords": keywords, "period": period, "method": method, "result": result}
    for field, text in given.items():
        if not text.strip():
            raise BadRequest("missing_field", f"请填写{NEEDED[field]}", field=field)
    day = searched_on or on

    def effect(case: Case, work: Work) -> None:
        item = None
        if item_seq is not None:
            item = next((i for i in case.items_in_order() if i.seq == item_seq), None)
            if item is None:
                raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
        if not case.arrived_on <= day <= on:
            raise BadRequest("bad_day", "检索日期应在收到申请与今天之间", field="searched_on")
        SearchRecord.objects.create(
            case=case, item=item, searched_by=by, searched_on=day, found=found, **given
        )
        work.note.update(item=item_seq, found=found)

    return fire(
        case_id, "record_search", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

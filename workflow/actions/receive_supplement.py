"""Take in the applicant's supplement (收到补正)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from office.actors import Actor
from workflow.actions._files import attach
from workflow.alike.index import enter
from workflow.changes import difference, snapshot
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Item
from workflow.requests import FileData


def receive_supplement(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, items: Mapping[int, str],
    files: Sequence[FileData] = (), received_on: dt.date | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the corrected items and restart the reply clock on the day they came (条例30).

    ``items`` maps the number of an item to its corrected description; ``received_on`` is the day of arrival
    where it was entered later. The day of receipt of the request itself never moves.
    """
    day = received_on or on
    corrected = {seq: text.strip() for seq, text in items.items() if text.strip()}
    if not corrected and not files:
        raise BadRequest("nothing_new", "请写明补正后的申请内容", field="items")
    if day > on:
        raise BadRequest("in_the_future", "收到补正的日期不能晚于今天", field="received_on")

    def effect(case: Case, work: Work) -> None:
        known = {item.seq: item for item in case.items_in_order()}
        changed = [known[seq] for seq, text in corrected.items() if seq in known]
        if len(changed) != len(corrected):
            raise BadRequest("no_such_item", "补正的事项序号与申请不符", field="items")
        for item, number in zip(
            changed, enter(case.office_id, [corrected[i.seq] for i in changed]), strict=True
        ):
            before = snapshot(item)
            item.description, item.text_id = corrected[item.seq], number
            work.note_changes(f"item:{item.seq}", difference(before, snapshot(item)))
        Item.objects.bulk_update(changed, ["description", "text"])
        for file in files:
            attach(case, work, file)
        work.event("supplement_received", on=day)
        work.note.update(received_on=day.isoformat(), items=sorted(corrected))
        work.notify("workflow.supplement_received", f"supplement:{day}")

    return fire(
        case_id, "receive_supplement", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

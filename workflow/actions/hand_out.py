"""Enter which materials the applicant read or got, and who signed for them (查阅、复制件、光盘)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence

from office.actors import Actor
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Handout
from workflow.requests import FileData

#: A line of the list: a name, and its pages behind the last comma.
LINE = re.compile(r"^(?P<name>.+?)\s*[,，]\s*(?:共)?(?P<pages>\d{1,5})\s*页?$")
MOST = 200


def read_materials(text: str) -> list[tuple[str, int]]:
    """Read a list of materials, a line for each: name, comma, pages. Raises BadRequest that names the lines in error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [(line, LINE.match(line)) for line in lines]
    wrong = [line for line, match in found if match is None or not int(match["pages"])]
    if wrong or not lines:
        told = "；".join(f"「{line[:30]}」" for line in wrong[:5])
        raise BadRequest(
            "bad_materials", f"请每行写一份材料的名称和页数，如：补偿安置方案，12。{told}", field="materials"
        )
    return [(match["name"], int(match["pages"])) for _, match in found if match]


def hand_out(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, way: str, materials: Sequence[tuple[str, int]],
    carrier: str, receiver: str, signed_on: dt.date, proof: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter one handing over of materials after the reply; the signed list is kept as its proof.

    :param materials: each with its number of pages
    """
    if way not in Handout.Way.values:
        raise BadRequest("bad_way", "请选择提供的方式", field="way")
    if not receiver.strip():
        raise BadRequest("no_receiver", "请填写签收人", field="receiver")
    if not carrier.strip():
        raise BadRequest("no_carrier", "请填写载体", field="carrier")
    if not 1 <= len(materials) <= MOST or any(not name.strip() or pages < 1 for name, pages in materials):
        raise BadRequest("bad_materials", f"请逐份写明材料的名称和页数，最多 {MOST} 份", field="materials")

    def effect(case: Case, work: Work) -> None:
        if not (case.replied_on or case.arrived_on) <= signed_on <= on:
            raise BadRequest("bad_day", "签收日期应在答复日期与今天之间", field="signed_on")
        held = attach(case, work, FileData(proof.name, proof.content, "materials")) if proof else None
        row = Handout.objects.create(
            case=case, way=way, carrier=carrier.strip(), receiver=receiver.strip(), signed_on=signed_on, proof=held,
            materials=[{"name": name.strip(), "pages": pages} for name, pages in materials],
            pages=sum(pages for _, pages in materials), by_ref=work.by.ref, created_at=work.now,
        )  # fmt: skip
        work.note.update(count=len(materials), pages=row.pages, how=row.get_way_display())

    return fire(
        case_id, "hand_out", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip

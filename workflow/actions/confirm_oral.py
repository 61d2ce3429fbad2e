"""Let an applicant confirm what was taken down of an oral request (口头申请确认)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import PartyRole
from workflow.models import Case, Party
from workflow.requests import FileData


def confirm_oral(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, read_back: bool, record: FileData,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record that the applicant heard or read the record of the oral request and signed it (条例29).

    :param read_back: that it was read out or shown before the signature
    :param record: the scan of the signed record
    """
    if not read_back:
        raise BadRequest("not_read_back", "请先向申请人宣读或者出示记录，再由申请人签名", field="read_back")

    def effect(case: Case, work: Work) -> None:
        attach(case, work, FileData(record.name, record.content, "oral_record"))
        Party.objects.filter(case=case, part=PartyRole.APPLICANT).update(signed=True)

    return fire(
        case_id,
        "confirm_oral",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

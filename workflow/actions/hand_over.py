"""Hand a year's archived files over to the archive (移交)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.db.models import Max

from office.models import Office, User
from workflow import rules
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.frozen_facts import dump_facts
from workflow.models import Case, Handover, HandoverFile
from workflow.selectors.manifest import manifest


def list_handover(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, year: int, receiver: str,
    act_id: uuid.UUID | None = None,
) -> Handover:  # fmt: skip
    """List every file archived in a year and not handed over yet, with its manifest's hash, as one batch."""
    if not receiver.strip():
        raise BadRequest("no_receiver", "请填写接收单位", field="receiver")
    office = Office.objects.get(pk=office_id)

    def build(doing: Doing) -> Handover:
        cases = Case.objects.filter(office=office, state="archived", archived_on__year=year, handed_over=None)
        entries = [(case, _entry(case)) for case in cases.order_by("archived_on", "pk")]
        if not entries:
            raise BadRequest("nothing", f"{year}年度没有尚未移交的案卷", field="year")
        rows = [entry for _, entry in entries]
        sha256 = hashlib.sha256(dump_facts({"rows": rows}).encode()).hexdigest()
        last = Handover.objects.filter(office=office, year=year).aggregate(last=Max("seq"))["last"]
        row = Handover.objects.create(
            office=office, year=year, seq=(last or 0) + 1, receiver=receiver.strip(), list_sha256=sha256, made_by=by,
            made_on=on, created_at=now,
        )  # fmt: skip
        HandoverFile.objects.bulk_create(
            HandoverFile(handover=row, case=case, manifest_sha256=case.manifest_sha256) for case, _ in entries
        )
        facts = {
            "office": rules.facts_of(office), "year": year, "batch": row.seq, "receiver": row.receiver, "entries": rows,
            "list_sha256": sha256, "made_on": on.isoformat(),
        }  # fmt: skip
        row.paper = doing.seal(office, row.subject_ref, facts)
        row.save(update_fields=["paper"])
        doing.note.update(year=year, count=len(entries), sha256=sha256)
        return row

    return make("list_handover", office, build, by=by, on=on, now=now, act_id=act_id)


def accept_handover(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, accepted_by: str, accepted_on: dt.date,
    act_id: uuid.UUID | None = None,
) -> Handover:  # fmt: skip
    """Enter that the archive counted and took the batch."""

    def effect(row: Handover, doing: Doing) -> None:
        if not accepted_by.strip():
            raise BadRequest("no_name", "请填写接收人", field="accepted_by")
        if not row.made_on <= accepted_on <= on:
            raise BadRequest("bad_day", "接收日期应在编制日期与今天之间", field="accepted_on")
        row.accepted_by, row.accepted_on = accepted_by.strip(), accepted_on
        row.accept()
        doing.note["receiver"] = row.receiver

    return take("accept_handover", Handover, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def _entry(case: Case) -> dict[str, object]:
    assert case.archived_on is not None  # only archived cases are listed
    return {
        "number": case.number, "title": case.title, "filed_on": f"{case.archived_on:%Y%m%d}",
        "retention": f"{case.retention_years}年", "count": len(manifest(case)), "sha256": case.manifest_sha256,
    }  # fmt: skip

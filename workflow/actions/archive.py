"""File a finished case (归档)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from law.records.retention import retention_years as years_of
from office.models import User
from workflow import paper_facts, rules
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.frozen_facts import dump_facts
from workflow.models import Case
from workflow.selectors.manifest import manifest


def archive(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, retention_years: int | None = None, remarks: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """File the case: index of everything in it, closing note, the manifest's hash, the class of retention (档案法14).

    Refusals, partial disclosure, third-party cases and cases under remedy are kept long, the others short; the
    office may say otherwise by ``retention_years``. ``remarks`` go into the closing note (备考表).
    """

    def effect(case: Case, work: Work) -> None:
        if case.unserved_papers():
            numbers = "、".join(paper.number_text for paper in case.unserved_papers())
            raise BadRequest("unserved", f"{numbers}尚未登记送达，不能归档", field="papers")
        case.retention_years = retention_years or _years(case, on)
        case.archived_on = on
        rows = manifest(case)
        case.manifest_sha256 = hashlib.sha256(dump_facts({"rows": rows}).encode()).hexdigest()
        work.seal("archive_index", paper_facts.archive_index(case, rows, on=on))
        note = paper_facts.archive_note(case, len(rows), by=by.display, remarks=remarks.strip(), on=on)
        work.seal("archive_note", note)
        work.note.update(manifest=case.manifest_sha256, years=case.retention_years, count=len(rows))

    return fire(
        case_id,
        "archive",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def _years(case: Case, on: dt.date) -> int:
    outcomes = [item.outcome for item in case.items_in_order() if item.outcome]
    for earlier in case.all_reopenings():
        outcomes += [item["outcome"] for item in earlier.before["items"] if item["outcome"]]
    return years_of(
        outcomes,
        on,
        consulted=bool(case.all_consultations()),
        disputed=bool(case.all_remedies() or case.all_complaints()),
        overrides=rules.of(case.office).overrides,
    )

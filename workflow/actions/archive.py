"""File a finished case (归档)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from law.records.retention import retention_years
from office.actors import Actor
from workflow import paper_facts, rules
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.frozen_facts import dump_facts
from workflow.models import Case
from workflow.selectors.manifest import manifest


def archive(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, retention_years: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """File the case: index of everything in it, the manifest's hash, the class of retention (档案法14).

    Refusals, partial disclosure and third-party cases are kept long by default, the others short; the
    office may say otherwise by ``retention_years``.
    """

    def effect(case: Case, work: Work) -> None:
        if case.unserved_papers():
            numbers = "、".join(paper.number_text for paper in case.unserved_papers())
            raise BadRequest("unserved", f"{numbers}尚未登记送达，不能归档", field="papers")
        case.retention_years = retention_years or _retention(case, on)
        case.archived_on = on
        rows = manifest(case)
        case.manifest_sha256 = hashlib.sha256(dump_facts({"rows": rows}).encode()).hexdigest()
        facts = paper_facts.archive_cover(case, rows, on=on)
        work.seal("archive_cover", facts)
        work.note.update(manifest=case.manifest_sha256, years=case.retention_years)

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


def _retention(case: Case, on: dt.date) -> int:
    return retention_years(
        [item.outcome for item in case.items_in_order() if item.outcome],
        on,
        consulted=bool(case.all_consultations()),
        overrides=rules.of(case.office).overrides,
    )

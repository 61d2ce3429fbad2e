"""Start a bulk: the decision and its cases are on record before the first case is touched."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from office import journal
from office.models import Office, User
from workflow.bulk.kinds import ACT_OF, MOST
from workflow.errors import BadRequest, NotYourRole
from workflow.locking import one_transaction
from workflow.machine import ACTS
from workflow.models import Bulk, BulkLine, Case

STARTED = journal.register("bulk.started", "{by}对{cases}件案件作出决定：{kind}")


def start(
    *, kind: str, office_id: int, case_ids: Iterable[int], given: Mapping[str, Any], by: User, on: dt.date,
    now: dt.datetime, act_id: uuid.UUID | None = None,
) -> Bulk:  # fmt: skip
    """Put a decision over many cases of one office on record and have it worked through.

    Every case then goes through its own act in its own transaction, on the day it is done. The same
    ``act_id`` starts once. Raises BadRequest or NotYourRole; nothing was written then.
    """
    wanted = list(dict.fromkeys(case_ids))
    if not wanted:
        raise BadRequest("no_case", "请至少选择一件", field="cases")
    if len(wanted) > MOST:
        raise BadRequest("too_many", f"一次最多 {MOST} 件，请分几次办理", field="cases")
    if not ACTS[ACT_OF[kind]].by & by.roles_in(office_id):
        raise NotYourRole("not_your_role", f"您不能作「{Bulk.Kind(kind).label}」的决定")
    with one_transaction():
        office = Office.objects.select_for_update().get(pk=office_id)
        if (earlier := Bulk.objects.filter(act_id=act_id).first()) is not None:
            return earlier
        found = set(Case.objects.filter(pk__in=wanted, office=office).values_list("pk", flat=True))
        if found != set(wanted):
            raise BadRequest("foreign_case", "所选案件中有不属于本机关的，请重新选择", field="cases")
        return record(
            office=office, kind=kind, case_ids=wanted, given=given, by=by, on=on, now=now, act_id=act_id
        )


def record(
    *, office: Office, kind: str, case_ids: list[int], given: Mapping[str, Any], by: User, on: dt.date,
    now: dt.datetime, act_id: uuid.UUID | None,
) -> Bulk:  # fmt: skip
    """Write a bulk and its lines inside the caller's transaction, under the office's lock."""
    bulk = Bulk.objects.create(
        office=office, kind=kind, act_id=act_id or uuid.uuid4(), started_by_id=by.pk, acting_for=by.acting_for,
        given=dict(given), started_on=on, started_at=now, finished_at=None if case_ids else now,
    )  # fmt: skip
    BulkLine.objects.bulk_create(
        # The id of each case's act follows from the decision: whoever works it through again finds it done.
        BulkLine(bulk=bulk, seq=n, case_id=pk, act_id=uuid.uuid5(bulk.act_id, str(pk)))
        for n, pk in enumerate(case_ids, start=1)
    )
    data: dict[str, Any] = {"bulk": bulk.pk, "kind": Bulk.Kind(kind).label, "cases": len(case_ids)}
    if by.acting_for is not None:
        data[journal.ACTING_FOR] = by.acting_for.ref
    journal.write(
        subject=office.ref,
        key=STARTED,
        by=by,
        on=on,
        now=now,
        office_id=office.pk,
        act_id=bulk.act_id,
        data=data,
    )
    transaction.on_commit(lambda: _ask_a_worker(bulk.pk), robust=True)
    return bulk


def _ask_a_worker(bulk_id: int) -> None:
    from workflow.tasks import run_bulk

    run_bulk.enqueue(bulk_id)

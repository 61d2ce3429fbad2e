"""Register a request and give the applicant a receipt (登记)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.actions.submit import Submitted, submit
from workflow.conditions_before import oral_is_signed
from workflow.fire import Work, fire
from workflow.models import Case
from workflow.requests import RequestData


def register(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Register a case whose day of receipt is known and seal its receipt (接收回执).

    Registering never moves the clock: a portal request's runs from its submission (条例31).
    """

    def effect(case: Case, work: Work) -> None:
        receipt = work.seal("registration_receipt", paper_facts.receipt(case, on=on))
        serve_at_once(case, work, receipt)

    return fire(
        case_id,
        "register",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def register_new(
    *, request: RequestData, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Submitted:
    """File a request at the counter and register it in the same transaction when its receipt is known.

    A plain letter, fax or e-mail not yet confirmed with the applicant stays in 待确认 (条例31), and so does an
    oral request whose record the applicant has not signed (条例29).
    """
    with transaction.atomic():
        filed = submit(request=request, by=by, on=on, now=now, act_id=act_id)
        unsigned = oral_is_signed(filed.case, by, on) is not None
        elsewhere = filed.case.handed_by_id is not None  # registered by the office it was meant for
        if filed.case.received_on is None or unsigned or elsewhere or filed.case.state != "submitted":
            return filed
        return Submitted(register(case_id=filed.case.pk, by=by, on=on, now=now), filed.query_code)

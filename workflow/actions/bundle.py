"""Join requests for the same matter to a lead case, or take one out again (并案、撤出并案)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from office.errors import Refusal
from office.models import User
from workflow.bundling import differences_of_facts
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.machine import State
from workflow.models import Bundle, BundleMember, Case
from workflow.states import BEFORE_REPLY


@dataclass(frozen=True)
class Result:
    """What became of one case of many: done, or left out with the reason."""

    case_id: int
    number: str
    done: bool
    message: str


def join_bundle(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, lead_id: int, note: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Let a case follow the decision of a lead case of the same office that asks for the same.

    Its clock, its letter and its number stay its own. Raises BadRequest naming what differs: such a case is left
    out, never decided along.
    """

    def effect(case: Case, work: Work) -> None:
        lead = Case.objects.filter(pk=lead_id, office_id=case.office_id).select_related("office").first()
        if lead is None or lead.pk == case.pk:
            raise BadRequest("no_lead", "请选择同一机关的另一件申请作主件", field="lead_id")
        if State(lead.state) not in BEFORE_REPLY:
            raise BadRequest(
                "lead_over", "主件已经答复或者终结，不能再并案；可以参照其答复单独办理", field="lead_id"
            )
        if lead.bundling():
            raise BadRequest(
                "lead_follows", f"{lead.number}自己已并入他案，请选择那一件的主件", field="lead_id"
            )
        if apart := differences_of_facts(lead, case):
            raise BadRequest(
                "not_the_same", f"与主件{lead.number}不同，不能并案：{'；'.join(apart)}", field="lead_id"
            )
        bundle, _ = Bundle.objects.get_or_create(lead=lead, defaults={"made_by": by, "made_on": on})
        BundleMember.objects.create(bundle=bundle, case=case, joined_by=by, joined_on=on)
        work.note["lead"] = lead.number
        work.remark(note)

    return fire(
        case_id,
        "join_bundle",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def join_many(
    *, case_ids: Sequence[int], lead_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID
) -> list[Result]:
    """Join several cases to one lead, each in a transaction of its own; one that is refused is named with why."""
    results = []
    for case in Case.objects.filter(pk__in=case_ids).order_by("pk"):
        each = uuid.uuid5(act_id, f"join:{case.pk}")
        try:
            join_bundle(case_id=case.pk, by=by, on=on, now=now, lead_id=lead_id, act_id=each)
            results.append(Result(case.pk, case.number, True, "已并案"))
        except Refusal as refusal:
            results.append(Result(case.pk, case.number, False, refusal.message))
    return results


def leave_bundle(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Take a case out of its bundle, with the reason; what was decided for it so far stays as it is."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明撤出并案的原因", field="reason")

    def effect(case: Case, work: Work) -> None:
        member = case.bundling()
        member.left_on = on
        member.save(update_fields=["left_on"])
        work.note["lead"] = member.bundle.lead.number
        work.remark(reason)

    return fire(
        case_id,
        "leave_bundle",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )

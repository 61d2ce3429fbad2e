"""Apply what was done on a lead case to each member of its bundle, case by case (集约办理)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from office.errors import Refusal
from office.models import User
from workflow.actions import propose, record_search, review, send_to_review, sign
from workflow.actions.bundle import Result
from workflow.bundling import STEPS, differences_of_decision, differences_of_facts
from workflow.errors import NotNow
from workflow.models import BundleMember, Case

#: So many members at one press; the rest is told and taken by the next.
AT_ONCE = 50


def follow_lead(
    *, lead_id: int, step: str, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID
) -> list[Result]:
    """Do for each open member of a bundle what was decided for the lead, each in a transaction of its own.

    A member whose facts or decision differ is left out and named with the difference; one that is refused is named
    with the refusal. The same ``act_id`` never does a case twice, so that a press broken off is pressed again.
    """
    lead = Case.objects.select_related("office").get(pk=lead_id)
    open_members = BundleMember.objects.filter(bundle__lead=lead, left_on__isnull=True).order_by("case_id")
    ids = list(open_members.values_list("case_id", flat=True))
    results: list[Result] = []
    for case_id in ids:
        case = Case.objects.select_related("office", "handler").get(pk=case_id)
        if sum(result.done for result in results) >= AT_ONCE:
            results.append(Result(case.pk, case.number, False, "一次最多办理50件，请再按一次继续"))
            continue
        try:
            results.append(Result(case.pk, case.number, True, _one(lead, case, step, by, on, now, act_id)))
        except Refusal as refusal:
            results.append(Result(case.pk, case.number, False, refusal.message))
    return results


def _one(
    lead: Case, case: Case, step: str, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID
) -> str:
    if apart := differences_of_facts(lead, case):
        raise NotNow("not_the_same", f"与主件不同，未一并办理：{'；'.join(apart)}", field="lead_id")
    if step != "propose" and (apart := differences_of_decision(lead, case)):
        raise NotNow("decided_otherwise", f"与主件不同，未一并办理：{'；'.join(apart)}", field="lead_id")

    def given(what: str = "") -> dict[str, Any]:
        each = uuid.uuid5(act_id, f"{step}:{case.pk}:{what}")
        return {"case_id": case.pk, "by": by, "on": on, "now": now, "act_id": each}

    draft = case.current_draft()
    seen = draft.body_sha256 if draft else ""
    kind = step.removeprefix("clear_")
    does: dict[str, Callable[[], object]] = {
        "propose": lambda: _propose(lead, case, given),
        "send_to_review": lambda: send_to_review.send_to_review(**given()),
        "sign": lambda: sign.sign(**given(), seen_sha256=seen),
    }
    if step in does:
        does[step]()
    else:
        review.clear(**given(), kind=kind, opinion=_opinion(lead, kind), seen_sha256=seen)
    return f"已{STEPS[step]}"


def _propose(lead: Case, case: Case, given: Callable[[str], dict[str, Any]]) -> None:
    proposed = [item for item in lead.items_in_order() if item.outcome]
    if not proposed:
        raise NotNow("nothing_decided", "主件还没有拟定答复意见", field="lead_id")
    if differences_of_decision(lead, case) == [] and len(proposed) == len(case.items_in_order()):
        return
    _search(lead, case, given)
    for item in proposed:
        propose.propose(
            **given(str(item.seq)), item_seq=item.seq, outcome=item.outcome, grounds=item.grounds, reason=item.reason,
            facts=item.facts,
        )  # fmt: skip


def _search(lead: Case, case: Case, given: Callable[[str], dict[str, Any]]) -> None:
    """Put the lead's searches on the member's record as well: one search, told in every file (指导案例101号)."""
    if case.search_records():
        return
    for number, one in enumerate(lead.search_records()):
        record_search.record_search(
            **given(f"search{number}"), systems=one.systems, keywords=one.keywords, period=one.period,
            method=f"{one.method}（与{lead.number}并案检索）", result=one.result, found=one.found,
            item_seq=one.item.seq if one.item_id else None, searched_on=one.searched_on,
        )  # fmt: skip


def _opinion(lead: Case, kind: str) -> str:
    cleared = next((r for r in lead.current_reviews() if r.kind == kind and r.status == "cleared"), None)
    if cleared is None:
        raise NotNow("lead_not_cleared", "主件的这一项审查还没有通过", field="lead_id")
    return f"{cleared.opinion}（与{lead.number}并案审查）"

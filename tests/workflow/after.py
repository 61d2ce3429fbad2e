"""Steps after the reply, for journeys: service, remedies, orders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.workflow.factories import DAY, REFUSE, SEALED, Town, at, replied
from workflow.actions import answer_remedy, record_remedy, reopen, serve
from workflow.actions.record_remedy import RemedyData
from workflow.models import Case

SERVED_ON = dt.date(2026, 3, 4)
COPY_ON = dt.date(2026, 4, 7)


def served(town: Town, **changes: Any) -> Case:
    """Bring a refused request to its served reply."""
    case = replied(town, **({"proposals": [REFUSE], "service": "post"} | changes))
    return serve.serve(seal=SEALED,
        case_id=case.pk, by=town.intake, on=SERVED_ON, now=at(SERVED_ON), channel="post", sent_on=SERVED_ON,
        tracking="1234567890123",
    )  # fmt: skip


def challenged(town: Town, case: Case, *, on: dt.date = COPY_ON, **changes: Any) -> Case:
    """Enter a reconsideration of the reply."""
    given: dict[str, Any] = {
        "kind": "reconsideration", "about": "reply", "body": "云岫县人民政府", "received_on": on,
        "number": "云政复〔2026〕7号", "procedure": "ordinary",
    } | changes  # fmt: skip
    return record_remedy.record_remedy(
        case_id=case.pk, by=town.intake, on=on, now=at(on), remedy=RemedyData(**given)
    )


def drafted(town: Town, case: Case, *, on: dt.date = COPY_ON) -> Case:
    """Draft the answer to the newest proceeding and bind its evidence."""
    remedy = case.remedies.latest("pk")
    answer_remedy.draft_answer(
        case_id=case.pk, by=town.legal, on=on, now=at(on), remedy_id=remedy.pk,
        points="该记录系过程性信息，依据条例第十六条第二款可以不予公开。\n答复书已说明裁量理由，程序合法。",
    )  # fmt: skip
    return answer_remedy.compile_evidence(
        case_id=case.pk, by=town.legal, on=on, now=at(on), remedy_id=remedy.pk
    )


def answered(town: Town, case: Case, *, on: dt.date = COPY_ON) -> Case:
    """Draft, compile and sign the answer to the newest proceeding."""
    remedy = drafted(town, case, on=on).remedies.latest("pk")
    return answer_remedy.answer_remedy(
        case_id=case.pk,
        by=town.signatory,
        on=on,
        now=at(on),
        remedy_id=remedy.pk,
        plea="请求依法维持本机关的答复。",
    )


def ordered(
    town: Town,
    case: Case,
    *,
    on: dt.date = dt.date(2026, 5, 20),
    days: int | None = None,
    order: str = "rereply",
) -> Case:
    """Enter a decision that orders a new reply."""
    remedy = case.remedies.latest("pk")
    return record_remedy.conclude_remedy(
        case_id=case.pk, by=town.intake, on=on, now=at(on), remedy_id=remedy.pk, result="corrected", decided_on=on,
        decision_number="云政复决〔2026〕7号", order=order, order_days=days,
    )  # fmt: skip


def reopened(town: Town, *, days: int | None = None, on: dt.date = dt.date(2026, 5, 20)) -> Case:
    """Bring a case to 重新办理."""
    case = ordered(town, challenged(town, served(town)), on=on, days=days)
    return reopen.reopen(case_id=case.pk, by=town.head, on=on, now=at(on))


__all__ = ["DAY", "answered", "challenged", "drafted", "ordered", "reopened", "served"]

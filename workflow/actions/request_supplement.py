"""Ask the applicant, once, to make the request clear (告知补正)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office.actors import Actor
from workflow import paper_facts, rules
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import Lack
from workflow.models import Case, Supplement

#: A window longer than this is not "reasonable" (条例30); working days.
LONGEST = 60


def request_supplement(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, matters: str, guidance: str,
    days: int | None = None, lacks: Sequence[str] = (Lack.CONTENT,), expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Seal and send the supplement notice; the reply clock stops until the answer comes (条例30).

    ``matters`` says what is unclear, ``guidance`` how to put it right, ``days`` the term in working days
    from service of the notice (default: the office's practice value), ``lacks`` which elements of 条例29 are
    missing: what a request lacks is supplemented, never refused at the counter.
    """
    if not matters.strip():
        raise BadRequest("no_matters", "请写明需要补正的事项", field="matters")
    if not guidance.strip():
        raise BadRequest("no_guidance", "请写明如何补正", field="guidance")
    if not lacks or not set(lacks) <= set(Lack.values):
        raise BadRequest("no_lack", "请选择申请欠缺的要素", field="lacks")

    def effect(case: Case, work: Work) -> None:
        term = days if days is not None else rules.number("art30.supplement_term_days", case.office, on)
        if not 1 <= term <= LONGEST:
            raise BadRequest("bad_term", f"补正期限应在 1 至 {LONGEST} 个工作日之间，并且合理", field="days")
        facts = paper_facts.supplement(
            case, on=on, matters=matters, guidance=guidance, days=term, lacks=lacks
        )
        notice = work.seal("supplement_notice", facts)
        Supplement.objects.create(case=case, lacks=list(lacks), paper=notice, sent_on=on)
        served = serve_at_once(case, work, notice)
        work.event(
            "supplement_notice",
            paper=notice,
            days=term,
            **({"delivered_on": on.isoformat()} if served else {}),
        )

    return fire(
        case_id, "request_supplement", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip

"""Serve a paper where the act that makes it also hands it over."""

from __future__ import annotations

from letters.models import Paper
from workflow.fire import Work
from workflow.kinds import Service
from workflow.models import Case, Delivery


def serve_at_once(case: Case, work: Work, paper: Paper) -> Delivery | None:
    """Record service on the portal at once: the paper has reached the applicant's own page.

    Service by e-mail or post waits for its own proof. An applicant who agreed to portal service reads every
    paper there; the day it appears is the day it arrives (民诉法第九十条类推). A paper that waits for its seal goes
    there when it has it.
    """
    if case.service != Service.PORTAL or paper.waits_for_seal:
        return None
    work.notify("workflow.paper_ready", f"paper:{paper.pk}", paper=paper.pk)
    return Delivery.objects.create(
        case=case, paper=paper, channel=Service.PORTAL, sent_on=work.on, signed_on=work.on, completed_on=work.on,
        by_ref=work.by.ref,
    )  # fmt: skip

"""Cases whose record carries an outcome that needs one: supplemented, asked for reasons, consulted."""

from __future__ import annotations

from tests.workflow.factories import DAY, Town, at, handled
from workflow.actions import (
    ask_reasons,
    assess_reasons,
    consult,
    receive_reasons,
    receive_supplement,
    record_opinion,
    request_supplement,
)  # fmt: skip
from workflow.models import Case


def grounded(town: Town, outcome: str) -> Case:
    """Bring a case to its handler with what an outcome must rest on."""
    case = handled(town)
    given = {"case_id": case.pk, "by": town.handler, "on": DAY, "now": at(DAY)}
    if outcome == "still_unclear":
        request_supplement.request_supplement(**given, matters="未写明地块", guidance="请写明地块")
        return receive_supplement.receive_supplement(**given, items={1: "与我家有关的全部文件"})
    if outcome == "excessive":
        ask_reasons.ask_reasons(**given, counted="自2026年1月以来共提出申请46件，涉及信息312项")
        receive_reasons.receive_reasons(**given, reasons="想了解情况")
        return assess_reasons.assess_reasons(**given, finding="unreasonable", assessment="与申请内容没有关联")
    if outcome == "refuse_third_party":
        consult.consult(**given, party_name="岚泽建材有限公司", subject="地块开发方案")
        return record_opinion.record_opinion(
            **given, consultation_id=case.consultations.get().pk, opinion="disagree", reason="商业秘密",
            reason_assessed="损害确实", reason_sound=True,
        )  # fmt: skip
    return case

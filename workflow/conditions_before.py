"""Conditions of the side roads before the reply: each returns None, or the Chinese sentence that says why not."""

from __future__ import annotations

from typing import Any

from workflow.dates import chinese_date


def oral_is_signed(case: Any, by: Any, on: Any) -> str | None:
    """An oral request is registered once the applicant has signed its record (条例29)."""
    if case.channel == "oral" and not all(party.signed for party in case.applicants()):
        return "口头申请须经申请人核对记录并签名，请先「确认口头申请」"
    return None


def waits_for_signature(case: Any, by: Any, on: Any) -> str | None:
    """Only an oral request's record waits for the applicant's signature."""
    if case.channel != "oral":
        return f"{case.get_channel_display()}的申请不需要确认口头申请的记录"
    return "申请人已经签名确认" if oral_is_signed(case, by, on) is None else None


def not_asked_for_reasons(case: Any, by: Any, on: Any) -> str | None:
    """Reasons are asked for once (条例35)."""
    return "本件已要求申请人说明过理由" if case.excess_inquiry() else None


def explaining_term_over(case: Any, by: Any, on: Any) -> str | None:
    """Silence is found only after the term given to the applicant."""
    inquiry = case.excess_inquiry()
    last = inquiry.due_on if inquiry else None
    if last is None:
        return "说明理由告知书的签收还没有登记，期限还没有起算"
    return f"说明理由的期限至{chinese_date(last)}止，期满次日起方可认定" if on <= last else None


def reasons_to_assess(case: Any, by: Any, on: Any) -> str | None:
    """There are reasons, or a silence, that nobody has judged yet."""
    inquiry = case.excess_inquiry()
    if inquiry is None:
        return "没有要求申请人说明理由"
    return (
        f"已于{chinese_date(inquiry.found_on)}认定：{inquiry.get_finding_display()}"
        if inquiry.finding
        else None
    )


def reasons_found_sound(case: Any, by: Any, on: Any) -> str | None:
    """A later day may be set only where the reasons were found reasonable (条例35)."""
    inquiry = case.excess_inquiry()
    if inquiry is None:
        return "没有先要求申请人说明理由，不能延迟答复"
    if inquiry.finding != "reasonable":
        return "理由被认定为合理的，方可确定延迟答复的期限"
    return "延迟答复的期限已经确定" if inquiry.delayed_until_on else None


def no_fee_yet(case: Any, by: Any, on: Any) -> str | None:
    """One fee notice for one request: by item or by page, never both (109号第三条)."""
    return "本件已发过收费通知；每件申请只能按一种方式计收一次" if case.fee_notice() else None


def fee_term_over(case: Any, by: Any, on: Any) -> str | None:
    """A request lapses for want of payment only after the applicant's term (109号第六条)."""
    last = case.fee_due_on
    if last is None:
        return "缴费通知书的签收还没有登记，缴费期限还没有起算"
    return f"缴费期限至{chinese_date(last)}止，期满次日起方可认定" if on <= last else None

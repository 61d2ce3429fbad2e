"""Conditions of the side roads before the reply: each returns None, or the Chinese sentence that says why not."""

from __future__ import annotations

from typing import Any

from office.web.dates import chinese_date
from workflow.scope import persons

#: Outcomes that disclose nothing that is not open already, and so may be told while the applicant waits.
ON_THE_SPOT = ("already_public", "admin_query", "publication", "not_ours", "petition", "reconfirm")


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


def letters_to_serve(case: Any, by: Any, on: Any) -> str | None:
    """There is a letter to a consulted party whose arrival is not on record."""
    for row in case.all_consultations():
        if row.delivered_on is None or (row.decided_on and row.decision_delivered_on is None):
            return None
    return "没有待登记送达的征求意见书或者公开决定告知书"


def objections_to_assess(case: Any, by: Any, on: Any) -> str | None:
    """A third party has objected, and no decision was told to it yet."""
    if any(
        row.kind == "third" and row.objects_to_it and not row.decided_on for row in case.all_consultations()
    ):
        return None
    return "没有需要评估的不同意公开的意见"


def objections_to_overrule(case: Any, by: Any, on: Any) -> str | None:
    """A third party has objected, its reasons were assessed, and it was not told of a decision yet."""
    rows = [row for row in case.all_consultations() if row.kind == "third" and row.objects_to_it]
    if not [row for row in rows if not row.decided_on]:
        return "没有不同意公开的意见需要决定"
    return None if any(row.reason_sound is not None for row in rows) else "请先「评估第三方理由」"


def objections_weighed(case: Any, by: Any, on: Any) -> str | None:
    """A refusal for a third party rests on its opinion and the handler's own assessment of it (条例15, 32)."""
    for item in case.items_in_order():
        rows = [row for row in case.all_consultations() if row.kind == "third" and row.concerns(item)]
        if item.outcome == "refuse_third_party":
            if reason := _refusal_rests(item, rows):
                return reason
        elif item.outcome == "partial" and "条例第十五条" in item.grounds:
            if any(row.objects_to_it and not row.reason_assessed for row in rows):
                return f"第{item.seq}项：请先「评估第三方理由」，不能只凭第三方不同意就不公开"
        elif item.outcome == "disclose":
            waiting = [row.party_name for row in rows if row.opinion == "disagree" and not row.decided_on]
            if waiting:
                return f"第{item.seq}项：{'、'.join(waiting)}不同意公开，公开之前请先「告知第三方公开决定」"
    return None


def _refusal_rests(item: Any, rows: list[Any]) -> str | None:
    if not rows:
        return f"第{item.seq}项以损害第三方合法权益为由不予公开，请先「征求第三方意见」"
    objections = [row for row in rows if row.objects_to_it]
    if any(not row.reason_assessed for row in objections):
        return f"第{item.seq}项：请先「评估第三方理由」，不能只凭第三方不同意就不公开"
    silent = [row for row in rows if not row.opinion]
    if not silent and not objections:
        return f"第{item.seq}项：第三方都同意公开，不能以损害第三方合法权益为由不予公开"
    if not silent and all(row.reason_sound is False for row in objections):
        return f"第{item.seq}项：第三方不同意公开的理由都不合理，不能以此不予公开"
    return None


def third_parties_told(case: Any, by: Any, on: Any) -> str | None:
    """Nothing is released before the third party has its notice and the office's wait is over (条例32)."""
    for row in case.all_consultations():
        if not row.decided_on:
            continue
        last = row.release_after
        if last is None:
            return f"{row.party_name}的公开决定告知书还没有登记签收"
        if last > row.decision_delivered_on and on <= last:
            return f"告知第三方后留有缓冲期，至{chinese_date(last)}止；缓冲期不停止计算答复期限"
    return None


def applicant_is_here(case: Any, by: Any, on: Any) -> str | None:
    """On the spot means on the day on which the applicant came in person (条例33)."""
    if case.channel not in ("counter", "oral"):
        return "只有当面提交、口头提出的申请可以当场答复"
    return None if on == case.arrived_on else "当场答复须在申请人到场的当日；其后请按普通程序办理"


def told_on_the_spot(case: Any, by: Any, on: Any) -> str | None:
    """What is new, refused or searched for takes the ordinary way with its reviews."""
    slow = [str(item.seq) for item in case.items_in_order() if item.outcome not in ON_THE_SPOT]
    return f"第{'、'.join(slow)}项要经检索、审查，不能当场答复" if slow else None


def not_the_proposer(case: Any, by: Any, on: Any) -> str | None:
    """Drafter and signatory always differ, on the spot too, also where one of them acts for another (代理)."""
    mine = {item.proposed_by_id for item in case.items_in_order()} & persons(by)
    return "拟稿人不能签发自己拟的答复" if mine else None


def something_foreign(case: Any, by: Any, on: Any) -> str | None:
    """There is an item that was judged to be another body's matter and is not handed over yet."""
    for item in case.items_in_order():
        found = case.nature_of(item)
        if found is not None and found.refer and case.referral_of(item) is None:
            return None
    return "没有研判为信访、咨询等应当移送而未移送的事项"


def referral_without_number(case: Any, by: Any, on: Any) -> str | None:
    """A hand-over waits for the number it has got at the other body."""
    rows = [case.referral_of(item) for item in case.items_in_order()]
    return None if any(row is not None and not row.number for row in rows) else "没有等待登记编号的移送"


def another_offices_item(case: Any, by: Any, on: Any) -> str | None:
    """Filing elsewhere goes with the answer that another office is responsible (条例36(5))."""
    if any(item.outcome == "not_ours" for item in case.items_in_order()):
        return None
    return "没有拟定为“非本机关负责公开”的事项"


def foreign_parts_settled(case: Any, by: Any, on: Any) -> str | None:
    """A reply that says a matter is no request tells where it went: it is handed over first (条例39)."""
    for item in case.items_in_order():
        found = case.nature_of(item)
        if found is None or not item.outcome:
            continue
        if found.code == "petition" and item.outcome == "petition" and case.referral_of(item) is None:
            return f"第{item.seq}项研判为{found.label}，请先「移送」信访部门或者12345"
    return None


def letter_open(case: Any, by: Any, on: Any) -> str | None:
    """The letter to the actor's office has no answer yet (条例11, 34)."""
    wanted = getattr(by, "letter_id", None)
    if any(row.pk == wanted for row in case.open_consultations()):
        return None
    return "这份来函已经答复，或者不是发给本机关的"


def letter_unsigned(case: Any, by: Any, on: Any) -> str | None:
    """The letter to the actor's office waits for its answer, and nobody has signed for it."""
    wanted = getattr(by, "letter_id", None)
    row = next((row for row in case.open_consultations() if row.pk == wanted), None)
    if row is not None and row.delivered_on is None:
        return None
    return "这份来函已经签收、已经答复，或者不是发给本机关的"

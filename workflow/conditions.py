"""Conditions of the machine's acts: each returns None, or the Chinese sentence that says why not."""

from __future__ import annotations

from typing import Any

from law.gid.art31_receipt import waits_for_confirmation as awaits
from office.web.dates import chinese_date
from workflow import rules
from workflow.scope import handler_units, persons
from workflow.separation import drafters


def waits_for_confirmation(case: Any, by: Any, on: Any) -> str | None:
    """Only plain post, fax and e-mail wait for a confirmation with the applicant (条例31)."""
    if not awaits(case.channel, case.arrived_on, rules.of(case.office).overrides):
        return f"{case.get_channel_display()}的申请无须另行确认收件"
    if case.confirmed_on:
        return f"已于{chinese_date(case.confirmed_on)}与申请人确认"
    return None


def receipt_is_known(case: Any, by: Any, on: Any) -> str | None:
    """A case is registered once its legal day of receipt is known (条例31)."""
    if case.received_on is None:
        return "尚未与申请人确认收件，请先「确认收件」"
    return None


def first_supplement(case: Any, by: Any, on: Any) -> str | None:
    """A supplement is asked for once (条例30)."""
    if case.events_of("supplement_notice"):
        return "补正只能一次性告知，本件已告知过补正；仍有疑问请「发沟通函」，期限不停"
    return None


def within_supplement_days(case: Any, by: Any, on: Any) -> str | None:
    """The notice goes out within 7 working days of receipt (条例30)."""
    last = case.supplement_notice_due_on
    if last and on > last:
        return f"告知补正的期限{chinese_date(last)}已过，只能「发沟通函」，期限照常计算"
    return None


def supplement_window_over(case: Any, by: Any, on: Any) -> str | None:
    """A request lapses only after the term given to the applicant has passed (条例30)."""
    last = case.supplement_due_on
    if last is None:
        return "补正告知书的签收还没有登记，补正期限还没有起算"
    if on <= last:
        return f"补正期限至{chinese_date(last)}止，期满次日起方可认定"
    return None


def in_my_unit(case: Any, by: Any, on: Any) -> str | None:
    """A handler works on the cases of the own unit."""
    if case.unit_id not in handler_units(by, case.office_id):
        return "本件由其他科室承办"
    return None


def not_taken_by_me(case: Any, by: Any, on: Any) -> str | None:
    """One takes what one does not hold yet."""
    return "您已经是本件的承办人" if case.handler_id in persons(by) else None


def is_my_case(case: Any, by: Any, on: Any) -> str | None:
    """The handler named on the case does the work, so that the file names who did it."""
    if case.handler_id is None:
        return "本件尚无承办人，请先「领办」"
    if case.handler_id not in persons(by):
        return f"本件由{case.handler.display}承办"
    return None


def not_overdue(case: Any, by: Any, on: Any) -> str | None:
    """What stops or moves the clock comes before the due date has passed (条例33)."""
    if case.due_on and on > case.due_on:
        return f"答复期限{chinese_date(case.due_on)}已过，不能再停止或延长"
    return None


def clock_is_running(case: Any, by: Any, on: Any) -> str | None:
    """There is no term to extend while the clock has not begun or stands still."""
    return None if case.due_on else "目前没有在计算的答复期限"


def not_extended(case: Any, by: Any, on: Any) -> str | None:
    """The term is extended once (条例33)."""
    return "本件已延期一次，不得再次延期" if case.extended_since_start() else None


def consultation_open(case: Any, by: Any, on: Any) -> str | None:
    """An opinion answers a consultation."""
    return None if case.open_consultations() else "没有等待答复的征求意见"


def consultations_answered(case: Any, by: Any, on: Any) -> str | None:
    """Whoever was consulted has answered, or the term for it is over (条例32)."""
    waiting = [c for c in case.open_consultations() if not c.silent_on(on)]
    told = "、".join(f"{c.party_name}的意见尚未收到，也未满 {c.opinion_days} 个工作日" for c in waiting)
    return told or None


def every_item_proposed(case: Any, by: Any, on: Any) -> str | None:
    """No item of the request stays unanswered (条例36)."""
    missing = [str(item.seq) for item in case.items_in_order() if not item.outcome]
    return f"第 {'、'.join(missing)} 项还没有拟定答复意见" if missing else None


def edit_in_use(case: Any, by: Any, on: Any) -> str | None:
    """One gives up an edit that is in use."""
    return None if case.current_edit() else "没有导入过修改稿"


def searches_recorded(case: Any, by: Any, on: Any) -> str | None:
    """Does not exist needs a search on record (指导案例101号)."""
    missing = [str(i.seq) for i in case.items_in_order() if i.outcome == "not_exist" and not case.searched(i)]
    return (
        f"第 {'、'.join(missing)} 项答复信息不存在，请先「记录检索」（检索未果的记录）" if missing else None
    )


def _pending(case: Any, kind: str, label: str) -> str | None:
    return None if case.pending_review(kind) else f"没有待办的{label}"


def secrecy_pending(case: Any, by: Any, on: Any) -> str | None:
    """The secrecy review of the current draft is open."""
    return _pending(case, "secrecy", "保密审查")


def redaction_pending(case: Any, by: Any, on: Any) -> str | None:
    """The redaction review of the current draft is open."""
    return _pending(case, "redaction", "去标识化审查")


def legal_pending(case: Any, by: Any, on: Any) -> str | None:
    """The legal review of the current draft is open."""
    return _pending(case, "legal", "法制审核")


def my_review_pending(case: Any, by: Any, on: Any) -> str | None:
    """One sends back what one has under review."""
    mine = {str(role) for role in by.roles_in(case.office_id)}
    if any(case.pending_review(kind) for kind in ("secrecy", "redaction", "legal") if kind in mine):
        return None
    return "您对本件的审查已经完成"


def draft_unchanged(case: Any, by: Any, on: Any) -> str | None:
    """Every sign-off is of the very text that is about to be signed (条例17)."""
    return None if case.sign_offs_hold() else "文稿在审查后有改动，审查意见已失效，请退回重新送审"


def not_the_drafter(case: Any, by: Any, on: Any) -> str | None:
    """Drafter and signatory always differ, also where one of them acts for another (代理)."""
    if drafters(case) & persons(by):
        return "拟稿人不能签发自己拟的文稿"
    return None


def sheet_not_entered(case: Any, by: Any, on: Any) -> str | None:
    """One signed sheet at a time waits for its check."""
    return "已录入一份签批，等待另一人核对" if case.entered_sheet() else None


def sheet_entered(case: Any, by: Any, on: Any) -> str | None:
    """A signed sheet has been scanned and entered."""
    return None if case.entered_sheet() else "还没有录入纸质签批"


def not_the_enterer(case: Any, by: Any, on: Any) -> str | None:
    """What one person entered another person checks."""
    sheet = case.entered_sheet()
    if sheet and sheet.entered_by_id in persons(by):
        return "须由录入人以外的人核对"
    return None


def paper_unserved(case: Any, by: Any, on: Any) -> str | None:
    """There is a procedural paper whose service is not on record."""
    return None if case.unserved_papers() else "没有待登记送达的程序文书"

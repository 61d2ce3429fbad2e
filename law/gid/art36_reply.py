"""条例第三十六条、第三十九条: what a reply of each outcome must say."""

from __future__ import annotations

from law.outcomes import Outcome

_MUST_SAY: dict[Outcome, tuple[str, ...]] = {
    Outcome.DISCLOSE: ("获取信息的方式", "途径", "时间"),
    Outcome.ALREADY_PUBLIC: ("获取信息的方式", "途径"),
    Outcome.PARTIAL: ("可以公开的部分", "不予公开部分的理由"),
    Outcome.NOT_EXIST: ("检索范围", "检索关键词", "检索方式", "检索人员", "检索日期"),
    Outcome.NOT_OURS: ("理由", "负责公开的机关名称和联系方式（能够确定的）"),
    Outcome.ADMIN_QUERY: ("专门查询的法律依据",),
    Outcome.PUBLICATION: ("获取的途径",),
    Outcome.PETITION: ("不作为政府信息公开申请处理", "相应渠道"),
}


def must_say(outcome: Outcome) -> tuple[str, ...]:
    """List what a reply of an outcome must contain beside the common parts."""
    if outcome in _MUST_SAY:
        return _MUST_SAY[outcome]
    if outcome.family == "refuse":
        return ("条款项", "事实和理由", "不能区分处理的说明")
    return ("理由",)


def needs_discretion_reason(outcome: Outcome) -> bool:
    """Say whether a refusal is a matter of choice (条例16: 可以不予公开) and so needs its own reason."""
    return outcome in (Outcome.REFUSE_INTERNAL, Outcome.REFUSE_PROCESS, Outcome.REFUSE_ENFORCEMENT)

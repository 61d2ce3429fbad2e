"""条例第三十六条: what a reply of each outcome must say, and which facts it takes to say it."""

from __future__ import annotations

from law.gid.art16_discretionary import is_discretionary
from law.gid.art39_not_requests import TELLS
from law.outcomes import Outcome

_MUST_SAY: dict[Outcome, tuple[str, ...]] = {
    Outcome.DISCLOSE: ("获取信息的方式", "途径", "时间"),
    Outcome.ALREADY_PUBLIC: ("获取信息的方式", "途径"),
    Outcome.PARTIAL: ("可以公开的部分", "不予公开部分的理由"),
    Outcome.NOT_EXIST: ("检索范围", "检索关键词", "检索方式", "检索人员", "检索日期"),
    Outcome.NOT_OURS: ("理由", "负责公开的机关名称和联系方式（能够确定的）"),
    Outcome.ADMIN_QUERY: ("专门查询的法律依据",),
    **TELLS,
}


def must_say(outcome: Outcome) -> tuple[str, ...]:
    """List what a reply of an outcome must contain beside the common parts."""
    if outcome in _MUST_SAY:
        return _MUST_SAY[outcome]
    if outcome.family == "refuse":
        return ("条款项", "事实和理由", "不能区分处理的说明")
    return ("理由",)


#: Facts without which an outcome cannot be told, by their names in a letter.
_FACTS: dict[Outcome, tuple[str, ...]] = {
    Outcome.DISCLOSE: ("provided",),
    Outcome.ALREADY_PUBLIC: ("where",),
    Outcome.PARTIAL: ("provided", "withheld"),
    Outcome.NOT_OURS: ("other_office",),
    Outcome.REPEAT: ("earlier_number",),
    Outcome.ADMIN_QUERY: ("query_way",),
    Outcome.PUBLICATION: ("query_way",),
}
#: Outcomes whose reply speaks for itself; every other one gives reasons (说明理由).
_SELF_EVIDENT = frozenset({
    Outcome.DISCLOSE, Outcome.ALREADY_PUBLIC, Outcome.NOT_EXIST, Outcome.LAPSED_SUPPLEMENT, Outcome.LAPSED_FEE,
    Outcome.WITHDRAWN,
})  # fmt: skip


def facts_needed(outcome: Outcome) -> tuple[str, ...]:
    """Name the facts an outcome needs beside grounds and reason (条例16、36、37)."""
    needed = _FACTS.get(outcome, ())
    if outcome.family == "refuse":
        needed = (*needed, "inseparable")
    return (*needed, "discretion") if is_discretionary(outcome) else needed


def needs_reason(outcome: Outcome) -> bool:
    """Say whether a reply gives reasons beside its grounds; the search account is the reason of a does-not-exist."""
    return outcome not in _SELF_EVIDENT


def needs_grounds(outcome: Outcome) -> bool:
    """Say whether a reply cites a ground of 条例14–16: it withholds something."""
    return outcome.family in ("refuse", "partial")

"""The annual report (年报 表三): under which outcome a case of several items counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from law.errors import BadFacts
from law.outcomes import Outcome
from law.outcomes import outcome as outcome_of
from law.values import Overrides, flag, text


def annual_outcome(
    items: Sequence[Outcome | str], on: date, *, overrides: Overrides | None = None
) -> Outcome:
    """Tell the one outcome under which a case counts in the annual report.

    Any disclosure with any refusal is partial disclosure and only that (区分处理只计这一情形); another mixture
    counts under the first family of a dated order (READINGS R21), by the first item of that family.

    :param on: the day of the reply
    :raises BadFacts: without items
    """
    decided = [outcome_of(item) for item in items]
    if not decided:
        raise BadFacts("items", "没有申请事项，不能计入年报。")
    families = {o.family for o in decided}
    if "partial" in families or {"grant", "refuse"} <= families:
        return Outcome.PARTIAL
    order = text("annual.mixture_order", on, overrides).split(",")
    return min(decided, key=lambda o: order.index(o.family))


def suit_counts(on: date, *, as_reconsideration_body: bool, overrides: Overrides | None = None) -> bool:
    """Say whether an office counts a suit in table four: not one it joins only as reconsideration body (READINGS R32).

    :param on: the day of the suit's end, or of the year's
    :param as_reconsideration_body: sued together with the office whose reply it upheld
    """
    return not as_reconsideration_body or flag("annual.co_defendant_counts", on, overrides)

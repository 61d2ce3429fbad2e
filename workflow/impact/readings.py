"""An office's own values where the law leaves a choice: proposed by one administrator, put in force by another."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from calendars import published
from law import values
from law.values import DatedValue, Scalar
from office import parameters
from office.errors import Refusal
from office.models import Office, OfficeParameter, User
from workflow.impact.applying import apply
from workflow.impact.assess import Impact
from workflow.impact.change import of_parameter
from workflow.locking import one_transaction
from workflow.rules import overridable

MOST = 1000
#: Words among which a value in words is chosen.
WORDS = {
    "art31.receipt": ("arrived", "confirmed"),
    "fees.month_by": ("received", "arrived"),
    "completion.courier": ("sent", "signed"),
    "completion": ("signed", "arrived"),
    "remedies.class": ("A", "B"),
}


def law_of(key: str) -> DatedValue:
    """Give the newest value of the law under a key. Raises Refusal where an office has no choice."""
    if key not in values.table():
        raise Refusal("no_such_value", "没有这项参数，请刷新页面。")
    if not values.table()[key][-1].overridable:
        raise Refusal("fixed_by_law", "这一项由法律明文规定，机关不能另定。")
    if key not in overridable():
        raise Refusal("not_offered", "这一项目前不由机关另定，请刷新页面。")
    return values.table()[key][-1]


def words_of(key: str) -> tuple[str, ...]:
    """List the words among which a value is chosen; none where it is a number, yes or no, or a day."""
    return next((words for start, words in WORDS.items() if key.startswith(start)), ())


def checked(key: str, value: Any) -> Scalar:
    """Check a value against the shape of the law's own. Raises Refusal at the field."""
    law = law_of(key).value
    if isinstance(law, bool):
        if not isinstance(value, bool):
            raise Refusal("bad_value", "请选择是或者否。", field="value")
        return value
    if isinstance(law, int):
        least = 0 if law == 0 else 1
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
            raise Refusal("bad_value", f"请填写 {least} 至 {MOST} 的整数。", field="value")
        return value
    if not isinstance(value, str) or not _fits(key, law, value):
        raise Refusal("bad_value", f"请按原值的写法填写：{law}。", field="value")
    return value


def _fits(key: str, law: str, value: str) -> bool:
    if words := words_of(key):
        return value in words
    return _month_day(value) if law[2:3] == "-" else bool(value.strip())


def _month_day(value: str) -> bool:
    try:
        return dt.datetime.strptime(f"2024-{value}", "%Y-%m-%d").strftime("%m-%d") == value  # noqa: DTZ007
    except ValueError:
        return False


def propose(
    *, key: str, value: Any, office: Office | None, from_on: dt.date, reason: str, by: User, now: dt.datetime
) -> OfficeParameter:
    """Enter an office's own value; it is not in force until another administrator confirms it. Raises Refusal."""
    value = checked(key, value)
    began = next((row for row in values.table()[key] if row.covers(from_on)), None)
    if began is None:
        first = values.table()[key][0].from_on
        raise Refusal("before_the_law", f"这一项自{first}起才有规定，适用日期不能更早。", field="from_on")
    if not began.overridable:
        raise Refusal(
            "fixed_then",
            f"{from_on}时这一项由{began.citation}确定，机关不能另定，请填写更晚的日期。",
            field="from_on",
        )
    return parameters.propose(
        key=key, value=value, office=office, from_on=from_on, reason=reason, by=by, now=now
    )


def confirm(
    *, parameter_id: int, by: User, on: dt.date, now: dt.datetime, seen: str | None = None
) -> tuple[OfficeParameter, Impact]:
    """Put an office's own value in force and recompute the open cases it reaches.

    :param seen: the digest of the impact the person was shown
    Raises Refusal, also to the person who entered it; ImpactChanged where the cases have changed since.
    """
    with one_transaction():
        published.begin_change()
        row = OfficeParameter.objects.filter(pk=parameter_id).first()
        if row is None:
            raise Refusal("no_such_change", "没有这项修改，请刷新页面。")
        checked(row.key, row.value)
        change = of_parameter(row)
        row = parameters.confirm(parameter_id=parameter_id, by=by, now=now, impact_shown=True)
        cause = f"参数{row.key}的修改"
        found = apply(change, cause=cause, by=by, on=on, now=now, act_id=uuid.uuid4(), seen=seen)
    return row, found

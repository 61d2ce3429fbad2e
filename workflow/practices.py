"""How an office goes about its work: settings without a date of law, proposed by one administrator, put in force by another."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from office import parameters
from office.errors import Refusal
from office.models import Office, OfficeParameter, User
from workflow import house_terms
from workflow.annual.sheet_layouts import sheet_layouts

FILE = Path(__file__).with_suffix(".toml")
YES_NO, ONE, NUMBER, SEVERAL, LINES = "yes_no", "one", "number", "several", "lines"
_WITHIN = "分办时没有另行填写的，按这个期限催办；不影响法定的答复期限。"
#: Terms of the house that are asked for by office, each with what it is for; they are numbers of working days.
TERMS = {
    "transfer.lead_days": _WITHIN,
    "transfer.co_days": _WITHIN,
    "statistics.due_days": "统计期满后这么多个工作日以内报送，逾期没有报送的每日提醒。",
}
LAYOUT = "statistics.layout"
#: Characters of one line.
LONGEST = 30


@dataclass(frozen=True)
class Practice:
    """One setting.

    :param kind: `yes_no`, `one` of the choices, `number` (`least` to `most`), `several` of the choices, or `lines` of text (`most` of them)
    :param value: what holds where an office says nothing
    :param always: choices that cannot be left out
    """

    key: str
    name: str
    says: str
    basis: str
    kind: str
    value: Any
    least: int = 1
    most: int = 60
    unit: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    always: tuple[str, ...] = ()


@cache
def table() -> dict[str, Practice]:
    """Return every setting by its key, in the order of the page."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {
        key: Practice(key=key, **(row | {"always": tuple(row.get("always", ()))}))
        for key, row in rows.items()
    }
    found[LAYOUT].choices.update({code: one.name for code, one in sheet_layouts().items()})
    for key, says in TERMS.items():
        term = house_terms.table()[key]
        found[key] = Practice(
            key, term["name"], says, "条例第四十五条", NUMBER, term["value"], unit="个工作日"
        )
    return found


def practice_of(key: str) -> Practice:
    """Return one setting. Raises Refusal where there is none of that key."""
    if key not in table():
        raise Refusal("no_such_practice", "没有这项设置，请刷新页面。")
    return table()[key]


def value(key: str, *, office: Any, on: dt.date) -> Any:
    """Return what an office goes by on a day. Raises KeyError for a setting there is none of."""
    return parameters.get(key, office=office, on=on, default=table()[key].value)


def checked(key: str, given: Any) -> Any:
    """Return a value in the shape of its setting. Raises Refusal at the field `value`."""
    practice = practice_of(key)
    return _CHECKS[practice.kind](practice, given)


def propose(
    *, key: str, value: Any, office: Office | None, from_on: dt.date, reason: str, by: User, on: dt.date, now: dt.datetime
) -> OfficeParameter:  # fmt: skip
    """Enter how an office is to go about it from a day on; another administrator confirms it. Raises Refusal."""
    kept = checked(key, value)
    if from_on < on:
        raise Refusal(
            "past_day",
            "办理设置只对以后的办理起作用，请填写今天或者以后的日期。",
            field="from_on",
        )
    return parameters.propose(
        key=key, value=kept, office=office, from_on=from_on, reason=reason, by=by, now=now
    )


def worded(practice: Practice, given: Any) -> str:
    """Write a value in words."""
    if practice.kind == YES_NO:
        return "是" if given else "否"
    if practice.kind == ONE:
        return practice.choices.get(given, str(given))
    if practice.kind == NUMBER:
        return f"{given} {practice.unit}".strip()
    if practice.kind == SEVERAL:
        kept = {*given, *practice.always}
        return " → ".join(label for code, label in practice.choices.items() if code in kept)
    return "、".join(given)


def _yes_no(practice: Practice, given: Any) -> bool:
    if not isinstance(given, bool):
        raise Refusal("bad_value", "请选择是或者否。", field="value")
    return given


def _one(practice: Practice, given: Any) -> str:
    if not isinstance(given, str) or given not in practice.choices:
        raise Refusal("bad_value", "请在列出的各项中选择。", field="value")
    return given


def _number(practice: Practice, given: Any) -> int:
    whole = isinstance(given, int) and not isinstance(given, bool)
    if not whole or not practice.least <= given <= practice.most:
        raise Refusal("bad_value", f"请填写 {practice.least} 至 {practice.most} 的整数。", field="value")
    return int(given)


def _several(practice: Practice, given: Any) -> list[str]:
    chosen = set(given) if isinstance(given, list | tuple | set) else {None}
    if not chosen <= practice.choices.keys():
        raise Refusal("bad_value", "请在列出的各项中选择。", field="value")
    return [code for code in practice.choices if code in chosen | set(practice.always)]


def _lines(practice: Practice, given: Any) -> list[str]:
    lines = [line.strip() for line in given if line.strip()] if isinstance(given, list | tuple) else []
    if not 1 <= len(lines) <= practice.most or any(len(line) > LONGEST for line in lines):
        told = f"请填写 1 至 {practice.most} 行，每行不超过 {LONGEST} 个字。"
        raise Refusal("bad_value", told, field="value")
    return lines


_CHECKS = {YES_NO: _yes_no, ONE: _one, NUMBER: _number, SEVERAL: _several, LINES: _lines}

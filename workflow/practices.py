"""How an office goes about its work: settings without a date of law, proposed by one administrator, put in force by another."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from office import parameters
from office.errors import Refusal
from office.models import Office, OfficeParameter, User
from workflow import house_terms
from workflow.annual.measures import PARAMETER, Performance, performances
from workflow.annual.sheet_layouts import sheet_layouts

FILE = Path(__file__).with_suffix(".toml")
YES_NO, ONE, NUMBER, SEVERAL, LINES, WEIGHING = "yes_no", "one", "number", "several", "lines", "weighing"
_WITHIN = "分办时没有另行填写的，按这个期限催办；不影响法定的答复期限。"
#: Terms of the house that are asked for by office, each with what it is for; they are numbers of working days.
TERMS = {
    "transfer.lead_days": _WITHIN,
    "transfer.co_days": _WITHIN,
    "statistics.due_days": "统计期满后这么多个工作日以内报送，逾期没有报送的每日提醒。",
}
LAYOUT = "statistics.layout"
#: What small numbers the public is not shown; the same for all offices, since their figures stand in one table.
LEAST_CELL = "public.least_cell"
HANDLING, STATISTICS, MEASURES = "审查与办理", "统计报送与公布", "考核指标"
#: The parts of the page in their order, each with what is to be said of it.
PARTS = {
    HANDLING: "",
    STATISTICS: "",
    MEASURES: "到满分界限得满分，到零分界限不得分，其间按比例；各指标的得分按权重合成。没有另定的，从上级机关。",
}
#: Characters of one line.
LONGEST = 30
#: A measure may count for nothing, or for all of a hundred.
HEAVIEST = 100


@dataclass(frozen=True)
class Practice:
    """One setting.

    :param kind: `yes_no`, `one` of the choices, `number` (`least` to `most`), `several` of the choices, `lines` of text (`most` of them), or the `weighing` of a performance measure
    :param value: what holds where an office says nothing
    :param always: choices that cannot be left out
    :param for_all: whether it can only be set for all offices together
    :param part: under which heading the page lists it
    :param measure: which measure a weighing is of
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
    for_all: bool = False
    part: str = HANDLING
    measure: Performance | None = None


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
            key, term["name"], says, "条例第四十五条", NUMBER, term["value"], unit="个工作日",
            part=STATISTICS if key.startswith("statistics.") else HANDLING,
        )  # fmt: skip
    for one in performances():
        found[PARAMETER + one.id] = _weighing(one)
    parts = list(PARTS)
    return dict(sorted(found.items(), key=lambda pair: parts.index(pair[1].part)))


def _weighing(one: Performance) -> Practice:
    shipped = {"weight": one.weight, "full": one.full, "none": one.none}
    return Practice(
        PARAMETER + one.id, one.name, f"{one.note}。", "条例第四十六条", WEIGHING, shipped, part=MEASURES, measure=one
    )  # fmt: skip


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
    if office is not None and table()[key].for_all:
        raise Refusal("for_all_offices", "这一项对各机关一律适用，请在“全部机关”下修改。")
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
    if practice.kind == WEIGHING:
        assert practice.measure is not None  # as the table makes them
        own = practice.measure.own(given)
        return f"权重 {own.weight:g}，满分界限 {own.bound_full}，零分界限 {own.bound_none}"
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


def _weighed(practice: Practice, given: Any) -> dict[str, float]:
    """Return weight and bounds; a share is a fraction of one, whatever the page writes."""
    one = practice.measure
    assert one is not None  # as the table makes them
    told = given if isinstance(given, dict) and given.keys() == practice.value.keys() else {}
    share = one.unit == "percent"
    for name, most in (("weight", HEAVIEST), ("full", 1 if share else None), ("none", 1 if share else None)):
        number = told.get(name)
        fits = isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
        if not fits or number < 0 or (most is not None and number > most):
            words = f" 0 至 {HEAVIEST} 的数" if name == "weight" or share else "零或者正数"
            raise Refusal("bad_value", f"请填写{words}。", field=name)
    if (told["full"] > told["none"]) != (one.full > one.none) or told["full"] == told["none"]:
        better, other = ("高", "高于") if one.full > one.none else ("低", "低于")
        raise Refusal("bad_value", f"“{one.name}”越{better}越好，满分界限应当{other}零分界限。", field="full")
    return {name: float(told[name]) for name in practice.value}


_CHECKS = {
    YES_NO: _yes_no, ONE: _one, NUMBER: _number, SEVERAL: _several, LINES: _lines, WEIGHING: _weighed,
}  # fmt: skip

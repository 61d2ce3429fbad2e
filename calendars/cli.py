"""The command `workdays`: days on the command line, without database or settings."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NoReturn, TextIO

import calendars
from calendars.days import Calendar
from calendars.errors import CalendarError, UnknownYear
from calendars.inspection import faults, summary

OK, BAD_INPUT, PROVISIONAL = 0, 2, 3


class BadInput(Exception):
    """Say which field of the input cannot be used, and why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}：{message}")
        self.field = field
        self.message = message


# What argparse says in English, and how a clerk is told.
_WORDINGS = (
    (r"unrecognized arguments: (.*)", r"多余的参数：\1"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 之后缺少内容"),
    (r"argument \S+: invalid choice: '?([^']*)'? \(choose from (.*)\)", r"不认识“\1”，应为：\2"),
)


class CommandParser(argparse.ArgumentParser):
    """Parse arguments, raising BadInput in Chinese where argparse would end the process."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        for english, chinese in _WORDINGS:
            if match := re.fullmatch(english, message, re.DOTALL):
                message = match.expand(chinese)
        raise BadInput("命令行", message)


def parse_date(text: str, field: str) -> date:
    """Read a day written as 2026-10-01, refusing anything else by the field's name."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise BadInput(field, f"“{text}”不是日期，应写作 2026-10-01。")
    return found


def parse_count(text: str, field: str) -> int:
    """Read a number of working days from 1 upwards, refusing anything else by the field's name."""
    # Length first: Python refuses to read a number of thousands of digits.
    if not (text.isascii() and text.isdigit() and len(text) <= 8 and 1 <= int(text) <= 2000):
        raise BadInput(field, f"“{text}”不是工作日数，应为 1 至 2000 的整数。")
    return int(text)


def _held(calendar: Calendar, day: date, field: str) -> None:
    """Refuse, by the field's name, a day before the first notice or too far beyond the last."""
    try:
        if day > calendar.published_until:
            calendar.outlook(day.year)
        else:
            calendar.is_working_day(day)
    except UnknownYear as refusal:
        raise BadInput(field, refusal.message) from refusal


def _unpublished(calendar: Calendar, day: date) -> str:
    years = range(calendar.published_until.year + 1, day.year + 1)
    return f"{'、'.join(str(y) for y in years)} 年的放假安排尚未公布"


def _add(calendar: Calendar, start: str, count: str) -> dict[str, Any]:
    day, n = parse_date(start, "DATE"), parse_count(count, "N")
    _held(calendar, day, "DATE")
    try:
        found = calendar.project(day, n)
    except UnknownYear as refusal:
        raise BadInput("N", refusal.message) from refusal
    answer: dict[str, Any] = {
        "start": day.isoformat(),
        "n": n,
        "date": found.date.isoformat(),
        "provisional": found.provisional,
        "may_change": found.may_change,
        "earliest": found.earliest.isoformat(),
    }
    if found.provisional:
        answer["message"] = (
            f"{_unpublished(calendar, found.date)}：{found.date}（暂定，最早可能为 {found.earliest}）"
        )
    elif found.may_change:
        answer["note"] = "12 月 29 日至 31 日仍可能被下一年度的通知调整。"
    return answer


def _between(calendar: Calendar, first: str, second: str) -> dict[str, Any]:
    after, until = parse_date(first, "D1"), parse_date(second, "D2")
    if until < after:
        raise BadInput("D2", f"{until} 早于 {after}。")
    _held(calendar, after, "D1")
    _held(calendar, until, "D2")
    provisional = until > calendar.published_until
    if provisional:
        count = calendar.outlook(until.year).line.count(after.toordinal(), until.toordinal())
    else:
        count = calendar.working_days_between(after, until)
    answer: dict[str, Any] = {
        "after": after.isoformat(),
        "until": until.isoformat(),
        "count": count,
        "provisional": provisional,
    }
    if provisional:
        answer["message"] = f"{_unpublished(calendar, until)}：{count}（暂定）"
    return answer


def _refused(refusal: BadInput | CalendarError) -> dict[str, str]:
    """Give a refusal for other systems, with the field that it names."""
    named = {"field": refusal.field} if isinstance(refusal, BadInput) else {}
    return {"error": str(refusal), **named}


def _batch(
    calendar: Calendar,
    lines: Iterable[str],
    out: TextIO,
    answer: Callable[[Calendar, str, str], dict[str, Any]],
    *,
    as_json: bool,
) -> int:
    for line in lines:
        # Text written on Windows begins with a mark that nobody sees.
        parts = line.removeprefix("\ufeff").split()
        try:
            if len(parts) != 2:
                raise BadInput("行", "每行应为：DATE N")
            found = answer(calendar, parts[0], parts[1])
        except (BadInput, CalendarError) as refusal:
            out.write(
                (json.dumps(_refused(refusal), ensure_ascii=False) if as_json else f"error: {refusal}") + "\n"
            )
        else:
            if as_json:
                out.write(json.dumps(found, ensure_ascii=False) + "\n")
            else:
                out.write(("provisional " if found["provisional"] else "") + str(found["date"]) + "\n")
        out.flush()  # whoever writes one line and waits for its answer gets it
    return OK


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = CommandParser(prog="workdays", description="工作日计算：依国务院办公厅历年放假安排通知。")
    parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出")
    commands = parser.add_subparsers(dest="command", required=True)
    shared = CommandParser(add_help=False)
    shared.add_argument(
        "--json", action="store_true", dest="as_json", default=argparse.SUPPRESS, help="以 JSON 输出"
    )
    add = commands.add_parser(
        "add", parents=[shared], help="DATE 之后第 N 个工作日；add - 从标准输入逐行读取"
    )
    add.add_argument("start", metavar="DATE")
    add.add_argument("count", metavar="N", nargs="?")
    between = commands.add_parser("between", parents=[shared], help="D1 之后至 D2（含）的工作日数")
    between.add_argument("first", metavar="D1")
    between.add_argument("second", metavar="D2")
    show = commands.add_parser("show", parents=[shared], help="一个年度的放假、调休与依据")
    show.add_argument("year", metavar="YEAR")
    commands.add_parser("check", parents=[shared], help="检查各年度数据是否自相矛盾")
    return parser.parse_args(list(argv))


def _show(calendar: Calendar, text: str, out: TextIO, *, as_json: bool) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadInput("YEAR", f"“{text}”不是年份，应写作 2026。")
    try:
        found = summary(calendar, int(text))
    except (UnknownYear, ValueError) as refusal:
        raise BadInput("YEAR", getattr(refusal, "message", f"没有 {text} 年。")) from refusal
    if as_json:
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
        return OK
    out.write(f"{found['year']} 年　工作日 {found['working_days']} 天\n")
    for notice in found["notices"]:
        out.write(f"依据 {notice['cite']}（{notice['published_on']}）{notice['address']}\n")
    for row in found["festivals"]:
        work = f"　上班 {'、'.join(row['work'])}" if row["work"] else ""
        out.write(f"{row['name']}　放假 {'、'.join(row['off'])}{work}\n")
    return OK


def _check(calendar: Calendar, out: TextIO, *, as_json: bool) -> int:
    found = faults(calendar)
    first, last = calendar.published_from.year, calendar.published_until.year
    if as_json:
        out.write(json.dumps({"from": first, "until": last, "faults": found}, ensure_ascii=False) + "\n")
    else:
        out.write("\n".join([*found, f"{first}—{last} 年：{len(found)} 处矛盾"]) + "\n")
    return BAD_INPUT if found else OK


def run(
    argv: Sequence[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO, calendar: Calendar | None = None
) -> int:
    """Answer one call of `workdays` and give its exit code.

    :returns: 0 ok, 2 bad input (the message names the field), 3 the answer is provisional
    """
    as_json = "--json" in argv
    try:
        options = _arguments(argv)
        days = calendar or calendars.load()
        if options.command == "show":
            return _show(days, options.year, stdout, as_json=options.as_json)
        if options.command == "check":
            return _check(days, stdout, as_json=options.as_json)
        if options.command == "add" and options.start == "-":
            if options.count is not None:
                raise BadInput("N", "add - 从标准输入逐行读取，不另写 N。")
            return _batch(days, stdin, stdout, _add, as_json=options.as_json)
        if options.command == "add":
            if options.count is None:
                raise BadInput("N", "缺少工作日数。")
            found, plain = _add(days, options.start, options.count), "date"
        else:
            found, plain = _between(days, options.first, options.second), "count"
    except (BadInput, CalendarError) as refusal:
        stderr.write(f"{refusal}\n")
        if as_json:
            stdout.write(json.dumps(_refused(refusal), ensure_ascii=False) + "\n")
        return BAD_INPUT
    if options.as_json:
        stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        stdout.write(f"{found.get('message', found[plain])}\n")
        if "note" in found:
            stderr.write(f"{found['note']}\n")
    return PROVISIONAL if found["provisional"] else OK

"""`clock`: evaluate a request's clock from JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import calendars
from calendars.days import Calendar
from calendars.errors import CalendarError
from law.cli.common import BAD_INPUT, OK, PROVISIONAL, BadInput, Parser, dumps, refusal, told
from law.clock import Reading, evaluate
from law.clock.events import read_day
from law.errors import LawError
from law.values import Overrides

_KEYS = {"channel", "arrived_on", "confirmed_on", "as_of", "events", "known_on"}


def read(
    raw: object, *, calendar: Calendar, overrides: Overrides | None = None, ledger: bool = True
) -> Reading:
    """Evaluate one request described as the command line describes it.

    :raises LawError: naming the field that cannot be used, or the event that cannot have happened
    """
    if not isinstance(raw, Mapping):
        raise BadInput("输入", "应为一个 JSON 对象。")
    if unknown := sorted(set(raw) - _KEYS):
        raise BadInput(unknown[0], "没有此项。")
    for name in ("channel", "arrived_on", "as_of"):
        if raw.get(name) is None:
            raise BadInput(name, "缺少此项。")
    events = raw.get("events", [])
    if not isinstance(events, Sequence) or isinstance(events, str):
        raise BadInput("events", "应为事件的列表。")
    for place, event in enumerate(events):
        if not isinstance(event, Mapping):
            raise BadInput(f"events[{place}]", "应为一个 JSON 对象。")
    known_on = raw.get("known_on")
    confirmed = raw.get("confirmed_on")
    return evaluate(
        channel=str(raw["channel"]),
        arrived_on=read_day(raw["arrived_on"], "arrived_on"),
        confirmed_on=None if confirmed is None else read_day(confirmed, "confirmed_on"),
        events=events,
        as_of=read_day(raw["as_of"], "as_of"),
        calendar=calendar if known_on is None else calendar.as_known_on(read_day(known_on, "known_on")),
        overrides=overrides,
        ledger=ledger,
    )


def _shown(value: date | None) -> str:
    return "—" if value is None else value.isoformat()


def _plain(reading: Reading, out: TextIO) -> None:
    mark = "（暂定）" if reading.provisional else "（12 月末，仍可能调整）" if reading.may_change else ""
    rows = [
        ("收到日", _shown(reading.received_on)),
        ("起算日（第0日）", _shown(reading.clock_start_on)),
        ("原届满日", _shown(reading.original_due_on)),
        ("届满日", _shown(reading.due_on) + mark),
        ("提醒日", _shown(reading.alert_due_on)),
        ("补正告知届满日", _shown(reading.supplement_notice_due_on)),
        ("完成日", _shown(reading.completed_on)),
        ("状态", reading.status.label),
        ("已用工作日", str(reading.used)),
        ("剩余工作日", "—" if reading.left is None else str(reading.left)),
    ]
    if reading.provisional and reading.earliest_due_on is not None:
        rows.insert(4, ("最早可能届满日", _shown(reading.earliest_due_on)))
    for name, value in rows:
        out.write(f"{name}　{value}\n")
    for day in reading.ledger:
        n = f"{day.n:>3}" if day.n is not None else "  －"
        out.write(f"{day.date}  {n}  {day.why}　〔{day.source}〕\n")


def _lines(lines: TextIO, out: TextIO, calendar: Calendar, overrides: Overrides | None) -> int:
    for line in lines:
        if not line.strip():
            continue
        try:
            answer: dict[str, Any] = read(json.loads(line), calendar=calendar, overrides=overrides).as_json()
        except (LawError, CalendarError) as error:
            answer = refusal(error)
        except json.JSONDecodeError as error:
            answer = {"error": f"输入：不是 JSON（{error.msg}）", "field": "输入"}
        out.write(dumps(answer) + "\n")
    return OK


def _open(path: str, stdin: TextIO) -> TextIO:
    if path == "-":
        return stdin
    try:
        return Path(path).open(encoding="utf-8")
    except OSError as error:
        raise BadInput("FILE", f"读不到 {path}（{error.strerror}）。") from error


def run(
    argv: Sequence[str],
    *,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    calendar: Calendar | None = None,
    overrides: Overrides | None = None,
) -> int:
    """Answer one call of `clock` and give its exit code: 0 ok, 2 bad input, 3 provisional."""
    parser = Parser(prog="clock", description="政府信息公开申请的期限：输入事件，输出日期与逐日台账。")
    parser.add_argument("file", metavar="FILE", nargs="?", default="-")
    parser.add_argument("--lines", action="store_true", help="每行一个 JSON 对象，逐行输出结果")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--json", action="store_true", dest="as_json", help="以一行 JSON 输出（默认为分行的 JSON）"
    )
    shape.add_argument("--text", action="store_true", help="以文字和逐日台账输出")
    as_json = "--json" in argv
    try:
        options = parser.parse_args(list(argv))
        days = calendar or calendars.load()
        handle = _open(options.file, stdin)
        try:
            if options.lines:
                return _lines(handle, stdout, days, overrides)
            raw = json.load(handle)
        finally:
            if handle is not stdin:
                handle.close()
        reading = read(raw, calendar=days, overrides=overrides)
    except json.JSONDecodeError as error:
        stderr.write(f"FILE：不是 JSON（第 {error.lineno} 行：{error.msg}）。\n")
        return BAD_INPUT
    except (LawError, CalendarError) as error:
        stderr.write(f"{told(error)}\n")
        if as_json:
            stdout.write(dumps(refusal(error)) + "\n")
        return BAD_INPUT
    if options.text:
        _plain(reading, stdout)
    elif options.as_json:
        stdout.write(dumps(reading.as_json()) + "\n")
    else:
        stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2) + "\n")
    return PROVISIONAL if reading.provisional else OK

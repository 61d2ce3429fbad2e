"""`clock`: evaluate a request's clock from JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, TextIO

import calendars
from calendars.days import HORIZON_YEARS, Calendar
from calendars.errors import CalendarError
from law.cli.common import BAD_INPUT, OK, PROVISIONAL, BadInput, Parser, dumps, refusal, told, write_utf8
from law.clock import Event, ImpossibleEvent, Reading, evaluate, read_event
from law.clock.errors import quoted
from law.clock.events import read_day
from law.errors import LawError, UnknownValue
from law.values import Overrides

_KEYS = {"channel", "arrived_on", "confirmed_on", "as_of", "events", "known_on"}
_TOO_DEEP = "对象、列表嵌套过深。"


def read(
    raw: object, *, calendar: Calendar, overrides: Overrides | None = None, ledger: bool = True
) -> Reading:
    """Evaluate one request described as the command line describes it.

    :raises LawError: naming the field that cannot be used, or the event that cannot have happened
    """
    if not isinstance(raw, Mapping):
        raise BadInput("输入", "应为一个 JSON 对象。")
    if unknown := sorted(set(raw) - _KEYS):
        raise BadInput(quoted(unknown[0]).strip("“”"), "没有此项。")
    for name in ("channel", "arrived_on", "as_of"):
        if raw.get(name) is None:
            raise BadInput(name, "缺少此项。")
    if not isinstance(raw["channel"], str):
        raise BadInput("channel", f"{quoted(raw['channel'])}不是渠道的名称。")
    last = calendar.published_until.year + HORIZON_YEARS - 2
    given = {name: _day(raw, name, last) for name in ("arrived_on", "as_of", "confirmed_on", "known_on")}
    arrived, as_of = given["arrived_on"], given["as_of"]
    assert arrived is not None
    assert as_of is not None
    known_on = given["known_on"]
    events = _events(raw.get("events", []), last)
    days = calendar
    try:
        if known_on is not None:
            days = calendar.as_known_on(known_on)
        return evaluate(
            channel=raw["channel"],
            arrived_on=arrived,
            confirmed_on=given["confirmed_on"],
            events=events,
            as_of=as_of,
            calendar=days,
            overrides=overrides,
            ledger=ledger,
        )
    except UnknownValue as error:
        raise BadInput(
            "arrived_on", f"{arrived} 时《政府信息公开条例》尚未施行（2008年5月1日起施行）。"
        ) from error
    except CalendarError as error:
        raise BadInput("arrived_on" if known_on is None else "known_on", error.message) from error
    except ImpossibleEvent as error:
        place = next(n for n, event in enumerate(events) if event is error.event)
        named = ImpossibleEvent(error.code, f"events[{place}]（{events[place].type}）：{error.message}")
        named.field = f"events[{place}]"
        raise named from error


def _day(raw: Mapping[str, Any], name: str, last: int) -> date | None:
    found = raw.get(name)
    return None if found is None else _within(read_day(found, name), name, last)


def _within(found: date, name: str, last: int) -> date:
    if found.year > last:
        raise BadInput(name, f"{found} 太远，只能推算到 {last} 年。")
    return found


def _events(raw: object, last: int) -> list[Event]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise BadInput("events", "应为事件的列表。")
    found = []
    for place, event in enumerate(raw):
        where = f"events[{place}]"
        if not isinstance(event, Mapping):
            raise BadInput(where, "应为一个 JSON 对象。")
        read_one = read_event(event, where)
        _within(read_one.on, f"{where}.on", last)
        for name, held in read_one.data.items():
            if isinstance(held, date):
                _within(held, f"{where}.{name}", last)
        found.append(read_one)
    return found


def parse(raw: bytes, where: str) -> object:
    """Read JSON as a careful reader does: UTF-8 with or without a mark, no name twice, no NaN.

    :param where: how a refusal names the place
    :raises BadInput: saying what is wrong with it
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(where, f"不是 UTF-8 文字（第 {error.start + 1} 个字节）。") from error
    if not text.strip():
        raise BadInput(where, "没有内容，应为一个 JSON 对象。")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadInput(where, f"不是 JSON（第 {error.lineno} 行第 {error.colno} 个字符处）。") from error
    except RecursionError as error:
        raise BadInput(where, _TOO_DEEP) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise BadInput(where, "有一个数过长，不能读取。") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise BadInput(quoted(twice).strip("“”"), "同一对象中出现两次。")
    return found


def _no_constant(name: str) -> object:
    raise BadInput(name, "不是 JSON 的值。")


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


def _lines(lines: IO[bytes], out: TextIO, calendar: Calendar, overrides: Overrides | None) -> int:
    for line in lines:
        try:
            raw = parse(line, "输入")
            answer: dict[str, Any] = read(raw, calendar=calendar, overrides=overrides).as_json()
        except (LawError, CalendarError) as error:
            answer = refusal(error)
        out.write(dumps(answer) + "\n")
        out.flush()  # whoever asks line by line waits for this answer before asking again
    return OK


def _open(path: str, stdin: TextIO) -> IO[bytes]:
    if path == "-":
        return getattr(stdin, "buffer", None) or io.BytesIO(stdin.read().encode("utf-8", "surrogatepass"))
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise BadInput(
            "FILE", f"读不到 {path}（{getattr(error, 'strerror', None) or '路径不可用'}）。"
        ) from error


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
    write_utf8(stdout, stderr)
    try:
        options = parser.parse_args(list(argv))
        days = calendar or calendars.load()
        handle = _open(options.file, stdin)
        try:
            if options.lines:
                return _lines(handle, stdout, days, overrides)
            raw = parse(handle.read(), "FILE")
        finally:
            if options.file != "-":
                handle.close()
        reading = read(raw, calendar=days, overrides=overrides)
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

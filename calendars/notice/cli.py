"""The command `years import`: a notice's text in, a year's table out, with what was understood beside the text."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import calendars
from calendars.cli import BAD_INPUT, OK, BadInput, CommandParser, parse_date
from calendars.days import Calendar
from calendars.errors import CalendarError
from calendars.notice.checks import check, doubts
from calendars.notice.reader import Draft, read_notice
from calendars.notice.writer import to_toml
from calendars.years import Notice, Year


def merged(calendar: Calendar, year: int, notice: Notice) -> Year:
    """Add a notice to a year, or begin the year with it.

    :raises BadInput: where the year would leave a gap, or the notice is there already
    """
    held = next((y for y in calendar.years if y.year == year), None)
    if held is None:
        if year != calendar.published_until.year + 1:
            raise BadInput(
                "--year", f"现有安排到 {calendar.published_until.year} 年为止，不能跳过录入 {year} 年。"
            )
        return Year(year, (notice,))
    if any(n.festivals == notice.festivals or (n.number and n.number == notice.number) for n in held.notices):
        raise BadInput("--text", f"这份通知已经录入（{notice.cite}）。")
    return Year(year, tuple(sorted((*held.notices, notice), key=lambda n: n.published_on)))


def understood(draft: Draft) -> str:
    """Show each paragraph's text with what was understood of it."""
    lines = [f"{draft.title or '（没有读到标题）'}　{draft.number or '（没有读到文号）'}"]
    for told in draft.paragraphs:
        lines.append(f"原文　{told.text}")
        lines.append(f"理解　{told.festival}　放假 {'、'.join(map(str, sorted(told.off)))}")
        if told.work:
            lines.append(f"　　　上班 {'、'.join(map(str, sorted(told.work)))}")
    return "\n".join(lines) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(prog="years", description="年度放假安排：从国务院办公厅通知的文本录入。")
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("import", help="读通知文本，自查，输出年度表")
    load.add_argument("--text", required=True, metavar="FILE")
    load.add_argument("--year", required=True, metavar="YEAR")
    load.add_argument("--published-on", metavar="DATE", help="通知公布日（默认为落款日期）")
    load.add_argument("--address", default="", metavar="URL", help="通知的网址")
    load.add_argument("--despite-doubts", action="store_true", help="疑点已与原文核对，原文确实如此")
    load.add_argument("--write", metavar="DIR", help="把年度表写入这个目录（默认只显示）")
    return parser


def read_text(path: str, stdin: TextIO) -> str:
    """Read a notice's text from a file, in the encodings that editors save it in, or from standard input.

    :raises BadInput: where there is no such file, or it holds no text
    """
    if path == "-":
        return stdin.read()
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "路径不可用"
        raise BadInput("--text", f"读不到 {path}（{why}）。") from error
    for encoding in ("utf-8-sig", "gb18030"):  # a text saved by an older editor is no less a notice
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("--text", f"{path} 不是文本文件（应为 UTF-8 或者 GB 18030 编码的文字）。")


def run(
    argv: Sequence[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO, calendar: Calendar | None = None
) -> int:
    """Answer one call of `years` and give its exit code: 0 ok, 2 refused with the reason."""
    try:
        options = _parser().parse_args(list(argv))
        days = calendar or calendars.load()
        if not (options.year.isascii() and options.year.isdigit() and len(options.year) == 4):
            raise BadInput("--year", f"“{options.year}”不是年份，应写作 2027。")
        year = int(options.year)
        earlier = next((y for y in days.years if y.year == year), None)
        draft = read_notice(read_text(options.text, stdin), year, earlier=earlier)
        stdout.write(understood(draft))
        published = (
            parse_date(options.published_on, "--published-on") if options.published_on else draft.issued_on
        )
        if published is None:
            raise BadInput("--published-on", "通知没有落款日期，请写明公布日。")
        table = merged(
            days, year,
            check(draft, published_on=published, address=options.address or "（未录入网址）", despite_doubts=True),
        )  # fmt: skip
        Calendar((*(y for y in days.years if y.year != year), table))
        found = doubts(draft)
        if found and not options.despite_doubts:
            raise BadInput("--text", "".join(found) + "核对无误的，加 --despite-doubts。")
    except (BadInput, CalendarError) as refusal:
        stderr.write(f"{refusal}\n")
        return BAD_INPUT
    stdout.write("".join(f"疑点　{doubt}\n" for doubt in found))
    if options.write:
        try:
            (Path(options.write) / f"{year}.toml").write_text(to_toml(table), encoding="utf-8")
        except OSError as error:
            stderr.write(f"--write：不能写入 {options.write}（{error.strerror}）。\n")
            return BAD_INPUT
        stdout.write(f"已写入 {year} 年的安排，共 {len(table.notices)} 份通知。\n")
    else:
        stdout.write("自查通过。加 --write 目录 可写成文件。\n")
    return OK

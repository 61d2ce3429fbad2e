"""`manage.py years`: read a notice's text; enter it in the database, and confirm it by a second person."""

from __future__ import annotations

import argparse
import sys
from typing import Any, TextIO

from calendars.cli import BAD_INPUT, OK, BadInput, CommandParser, parse_date
from calendars.management.passing import PassingCommand
from calendars.models import StoredNotice
from calendars.notice.cli import read_text, run
from calendars.published import stored
from office.errors import Refusal
from office.models import User
from office.today import now, today
from workflow.impact import notices
from workflow.impact.applying import notice_change
from workflow.impact.assess import impact_of


class Command(PassingCommand):
    """Enter a year from the text of its notice, show what it moves, and put it in force."""

    help = (
        "年度放假安排：years import --text notice.txt --year 2027 --by 账号 | --write DIR；"
        "years list；years confirm [N] --by 另一账号"
    )

    def answer(self, arguments: list[str], stdout: TextIO, stderr: TextIO) -> int:
        """Answer one call and give its exit code."""
        return answer(arguments, stdin=sys.stdin, stdout=stdout, stderr=stderr)


def answer(argv: list[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer one call and give its exit code: 0 ok, 2 refused with the reason."""
    days = stored()
    verb = argv[0] if argv else ""
    try:
        if verb == "list":
            return _list(stdout, present=days is not None)
        if verb == "confirm":
            return _confirm(argv[1:], stdout, present=days is not None)
        by, rest = _taken(argv, "--by")
        code = run(rest, stdin=stdin, stdout=stdout, stderr=stderr, calendar=days)
        if code != OK or verb != "import" or any(given.split("=")[0] == "--write" for given in rest):
            return code
        return _enter(rest, by, stdout, present=days is not None)
    except BadInput as refusal:
        stderr.write(f"{refusal}\n")
    except Refusal as refusal:
        stderr.write(f"{refusal.message}\n")
    return BAD_INPUT


def _taken(argv: list[str], name: str) -> tuple[str, list[str]]:
    """Take one option with its value out of the arguments."""
    parser = CommandParser(prog="years", add_help=False)
    parser.add_argument(name, default="", dest="taken")
    known, rest = parser.parse_known_args(argv)
    return known.taken, rest


def _enter(rest: list[str], by: str, out: TextIO, *, present: bool) -> int:
    if not present or not by:
        out.write(
            "加 --by 账号 录入数据库，由另一名管理员复核后施行。\n" if present else "没有数据库，未录入。\n"
        )
        return OK
    parser = argparse.ArgumentParser()
    for name in ("--text", "--year", "--published-on", "--address"):
        parser.add_argument(name, default="")
    parser.add_argument("--despite-doubts", action="store_true")
    told, _ = parser.parse_known_args(rest[1:])
    if told.text == "-":
        raise BadInput("--text", "录入数据库时请给出文件名。")
    text = read_text(told.text, sys.stdin)
    published_on = parse_date(told.published_on, "--published-on") if told.published_on else None
    person = _person(by)
    found = notices.understand(
        text, year=int(told.year), published_on=published_on, address=told.address,
        despite_doubts=told.despite_doubts,
    )  # fmt: skip
    row = notices.enter(notice=found.notice, year=int(told.year), text=text, by=person, on=today(), now=now())
    out.write(
        f"已录入 {row.year} 年的安排（编号 {row.pk}）。{impact_of(notice_change(row), on=today()).sentence}\n"
    )
    out.write(f"由另一名管理员复核后施行：years confirm {row.pk} --by 账号\n")
    return OK


def _confirm(argv: list[str], out: TextIO, *, present: bool) -> int:
    parser = CommandParser(prog="years confirm")
    parser.add_argument("notice", metavar="N", nargs="?")
    parser.add_argument("--by", required=True)
    told = parser.parse_args(argv)
    if not present:
        raise BadInput("years confirm", "没有数据库。")
    waiting = list(_waiting().values_list("pk", flat=True))
    if told.notice is None and len(waiting) != 1:
        raise BadInput("N", f"等待复核的有 {len(waiting)} 份，请写明编号（years list）。")
    if told.notice is not None and not told.notice.isdecimal():
        raise BadInput("N", f"“{told.notice}”不是编号。")
    row, found = notices.confirm(
        notice_id=int(told.notice or waiting[0]), by=_person(told.by), on=today(), now=now()
    )
    done = found.sentence.replace("会移动", "移动了")
    out.write(f"{row.year} 年的安排（{row.cite}）已施行。{done}\n")
    return OK


def _list(out: TextIO, *, present: bool) -> int:
    rows = StoredNotice.objects.order_by("year", "published_on", "pk") if present else ()
    for row in rows:
        state = "已施行" if row.confirmed_at else "已退回" if row.withdrawn_at else "等待复核"
        out.write(f"{row.pk}　{row.year}　{row.region_code or '全国'}　{row.cite}　{state}\n")
    return OK


def _waiting() -> Any:
    return StoredNotice.objects.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


def _person(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise BadInput("--by", f"没有账号“{username}”。")
    return found

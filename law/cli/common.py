"""What the commands share: exit codes, refusals by field, JSON."""

from __future__ import annotations

import argparse
import io
import json
import re
from datetime import date
from typing import Any, NoReturn

from law.clock.errors import BadEvent, ImpossibleEvent
from law.errors import BadFacts, LawError

_ARGPARSE = (
    (re.compile(r"the following arguments are required: (.*)"), "缺少参数 {}。"),
    (re.compile(r"unrecognized arguments: (.*)"), "不认识的参数 {}。"),
    (
        re.compile(r"argument ([^:]*): invalid choice: '?(.*?)'? \(choose from (.*)\)"),
        "{0} 不能是 {1}，可用：{2}。",
    ),
    (re.compile(r"argument ([^:]*): expected one argument"), "参数 {} 缺少取值。"),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)"), "{} 与 {} 只能用一个。"),
)

OK, BAD_INPUT, PROVISIONAL = 0, 2, 3


class BadInput(LawError):
    """Say which field of the command's input cannot be used, and why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}：{message}")
        self.field = field


class Parser(argparse.ArgumentParser):
    """Parse arguments, raising BadInput where argparse would end the process."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Refuse the command line, in Chinese where argparse speaks English."""
        for pattern, chinese in _ARGPARSE:
            if found := pattern.match(message):
                raise BadInput("命令行", chinese.format(*found.groups()))
        raise BadInput("命令行", message)


def day(text: str, field: str) -> date:
    """Read a day written as 2026-10-01."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise BadInput(field, f"“{text}”不是日期，应写作 2026-10-01。")
    return found


def whole(text: str, field: str, *, most: int = 1_000_000) -> int:
    """Read a whole number from 0 upwards."""
    # The length comes first: turning thousands of digits into a number is itself refused.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most):
        raise BadInput(field, f"“{text}”不是 0 至 {most} 的整数。")
    return int(text)


def dumps(answer: Any) -> str:
    """Write an answer as one line of JSON."""
    return json.dumps(answer, ensure_ascii=False)


def write_utf8(*streams: object) -> None:
    """Make standard streams write UTF-8 whatever the environment says, and never fail over a letter."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def told(error: Exception) -> str:
    """Word a refusal with the name of its field or of its code in front."""
    if isinstance(error, ImpossibleEvent):
        return f"{error.code}：{error}"
    return f"{error.field}：{error}" if isinstance(error, BadFacts) else str(error)


def refusal(error: Exception) -> dict[str, str]:
    """Give a refusal for other systems: message, and the code or field that names it."""
    answer = {"error": told(error)}
    if isinstance(error, ImpossibleEvent):
        answer["code"] = error.code
        if error.field:
            answer["field"] = error.field
    elif isinstance(error, BadEvent | BadFacts | BadInput):
        answer["field"] = error.field
    return answer

"""The plan of a redaction as a person writes it: JSON, read with distrust."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from office import strict_json
from workflow.review.redaction.errors import BadPlan
from workflow.review.redaction.folded import fold
from workflow.review.redaction.marks import NO_GROUND, Box, Mark, Wanted

MOST_BYTES = 8_000_000
MOST_MARKS, MOST_STRINGS = 50_000, 2_000
LONGEST_GROUND, LONGEST_STRING = 120, 500
_KEYS, _MARK_KEYS = ("marks", "strings"), ("page", "box", "ground")


@dataclass(frozen=True)
class Plan:
    """Areas to burn, and strings to burn wherever they stand."""

    marks: tuple[Mark, ...]
    wanted: tuple[Wanted, ...]


def read_plan(path: Path) -> Plan:
    """Return the plan in a file.

    :raises BadPlan: naming the field that is wrong, such as `marks[2].box`
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadPlan("plan", f"遮盖计划不存在：{path}") from error
    except OSError as error:
        raise BadPlan("plan", f"遮盖计划无法读取：{path}（{error.strerror}）") from error
    if len(raw) > MOST_BYTES:
        raise BadPlan("plan", f"遮盖计划超过{MOST_BYTES // 1_000_000}MB，请分批遮盖")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadPlan("plan", "遮盖计划应为 UTF-8 编码的 JSON 文件") from error
    return plan_from(text)


def plan_from(text: str) -> Plan:
    """Return the plan in a JSON text.

    :raises BadPlan: as `read_plan`
    """
    try:
        held = strict_json.loads(text)
    except strict_json.TwiceNamed as error:
        told = f"遮盖计划中“{_short(error.name)}”在同一处出现了两次，请只保留一个"
        raise BadPlan("plan", told) from error
    except strict_json.NoNumber as error:
        raise BadPlan("plan", f"遮盖计划中有不能使用的数值 {error.name}") from error
    except json.JSONDecodeError as error:
        raise BadPlan(
            "plan", f"遮盖计划不是 JSON：第{error.lineno}行第{error.colno}列附近有误（{error.msg}）"
        ) from error
    except RecursionError as error:
        raise BadPlan("plan", "遮盖计划嵌套过深") from error
    except ValueError as error:
        # A whole number of thousands of digits is refused by Python itself.
        raise BadPlan("plan", "遮盖计划中有过大的数") from error
    if not isinstance(held, dict):
        raise BadPlan("plan", '遮盖计划应为 {"marks": [...], "strings": [...]}')
    _only(held, _KEYS, "")
    if not held:
        raise BadPlan("plan", "遮盖计划中 marks 和 strings 至少要有一个")
    marks = _list(held, "marks", MOST_MARKS)
    strings = _list(held, "strings", MOST_STRINGS)
    return Plan(
        tuple(_mark(mark, f"marks[{index}]") for index, mark in enumerate(marks)),
        tuple(Wanted(_string(string, f"strings[{index}]")) for index, string in enumerate(strings)),
    )


def check(marks: Sequence[Mark], wanted: Sequence[Wanted], sizes: Sequence[tuple[float, float]]) -> None:
    """Check areas and strings, drawn or written by whomever, against the pages they are for.

    :param sizes: width and height of each page in points
    :raises BadPlan: for a page that is not there, a box beside its page, a ground that tells what is to be hidden
    """
    for index, mark in enumerate(marks):
        field = f"marks[{index}]"
        if not 1 <= mark.page <= len(sizes):
            raise BadPlan(
                f"{field}.page", f"{field}.page 为 {mark.page}，文件只有 {len(sizes)} 页（页码从 1 起）"
            )
        width, height = sizes[mark.page - 1]
        if mark.box.within(width, height).area <= 0:
            raise BadPlan(
                f"{field}.box", f"{field}.box 在第 {mark.page} 页之外，该页宽 {width:.0f}、高 {height:.0f} 点"
            )
        _told_by(mark.ground, wanted, f"{field}.ground")
    for index, string in enumerate(wanted):
        if not fold(string.text):
            raise BadPlan(f"strings[{index}]", f"strings[{index}] 没有可以查找的文字")
        if string.ground != NO_GROUND:
            _told_by(string.ground, wanted, f"strings[{index}]")


def _told_by(ground: str, wanted: Sequence[Wanted], field: str) -> None:
    """Refuse a ground, which is printed on the copy, that repeats a string that must not be on it, or six characters of it."""
    printed = fold(ground)
    for index, string in enumerate(wanted):
        secret = fold(string.text)
        parts = [secret] if len(secret) <= 6 else [secret[at : at + 6] for at in range(len(secret) - 5)]
        if secret and any(part in printed for part in parts):
            raise BadPlan(field, f"{field} 会印在副本上，但含有 strings[{index}] 的内容，请改写依据")


def _only(held: dict[str, Any], known: Sequence[str], field: str) -> None:
    unknown = next((key for key in held if key not in known), None)
    if unknown is not None:
        at = f"{field}.{_short(unknown)}" if field else _short(unknown)
        raise BadPlan(at, f"{at} 不是遮盖计划的字段，可以使用的是 {'、'.join(known)}")


def _list(held: dict[str, Any], key: str, most: int) -> list[Any]:
    found = held.get(key, [])
    if not isinstance(found, list):
        raise BadPlan(key, f"{key} 应为列表")
    if len(found) > most:
        raise BadPlan(key, f"{key} 超过 {most} 项，请分批遮盖")
    return found


def _mark(held: Any, field: str) -> Mark:
    if not isinstance(held, dict):
        raise BadPlan(field, f'{field} 应为 {{"page": 1, "box": [x0, y0, x1, y1], "ground": "依据"}}')
    _only(held, _MARK_KEYS, field)
    for key in _MARK_KEYS:
        if key not in held:
            raise BadPlan(f"{field}.{key}", f"{field} 缺少 {key}")
    page = held["page"]
    if isinstance(page, bool) or not isinstance(page, int) or page < 1:
        raise BadPlan(f"{field}.page", f"{field}.page 应为从 1 起的整数页码")
    return Mark(page, _box(held["box"], f"{field}.box"), ground_from(held["ground"], f"{field}.ground"))


def _box(held: Any, field: str) -> Box:
    if not isinstance(held, list) or len(held) != 4:
        raise BadPlan(field, f"{field} 应为四个数 [x0, y0, x1, y1]，单位为点，从页面左上角量起")
    values = []
    for value in held:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BadPlan(field, f"{field} 中有不是数的值")
        try:
            number = float(value)
        except OverflowError as error:
            raise BadPlan(field, f"{field} 中有过大的数") from error
        if not math.isfinite(number):
            raise BadPlan(field, f"{field} 中有过大的数")
        values.append(number)
    x0, y0, x1, y1 = values
    if x1 <= x0 or y1 <= y0:
        raise BadPlan(field, f"{field} 的右边应在左边之右、下边应在上边之下（x1 > x0，y1 > y0）")
    return Box(x0, y0, x1, y1)


def ground_from(held: Any, field: str) -> str:
    """Return a ground as it may be printed.

    :raises BadPlan: where it is empty, too long, or has characters that are not printed
    """
    if not isinstance(held, str) or not held.strip():
        raise BadPlan(field, f"{field} 应写明遮盖的依据")
    text = held.strip()
    if len(text) > LONGEST_GROUND:
        raise BadPlan(field, f"{field} 不得超过 {LONGEST_GROUND} 个字")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in text):
        raise BadPlan(field, f"{field} 含有换行或不可见的控制字符，请删去")
    return text


def _string(held: Any, field: str) -> str:
    if not isinstance(held, str):
        raise BadPlan(field, f"{field} 应为文字，号码请加引号")
    if not fold(held):
        raise BadPlan(field, f"{field} 是空的")
    if len(held) > LONGEST_STRING:
        raise BadPlan(field, f"{field} 超过 {LONGEST_STRING} 个字，请分成几项")
    if any(unicodedata.category(char) == "Cs" for char in held):
        raise BadPlan(field, f"{field} 含有不成对的代理字符")
    return held


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"

"""Read offices and their units from a TOML file and create them, all or none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BooleanField

from ..models import Office, Unit
from .errors import BadFile

FIELDS = frozenset(
    f.name for f in Office._meta.concrete_fields if f.name not in ("id", "parent", "is_active")
)
FLAGS = frozenset(f.name for f in Office._meta.concrete_fields if isinstance(f, BooleanField))
UNIT_FIELDS = frozenset({"code", "name", "is_disclosure_office"})
HEADER = re.compile(r"^\s*\[\[\s*office\s*\]\]")


def load_offices(path: Path) -> list[Office]:
    """Create the offices of a file in its order, each with its units.

    A parent stands earlier in the file or is in the system already, so that there are no circles. Raises
    BadFile with every fault and its line; then nothing was stored.
    """
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        words = (
            "同一个项目写了两次，请删去一处"
            if "overwrite" in str(error)
            else "不是有效的 TOML 文件，请检查引号、等号和方括号"
        )
        raise BadFile(path.name, [(int(found[1]) if found else 0, words)]) from error
    tables = raw.get("office")
    if not _tables(tables) or set(raw) != {"office"}:
        raise BadFile(path.name, [(1, "文件应由一个或多个 [[office]] 组成")])
    places = _Places(text)
    faults: list[tuple[int, str]] = []
    made: list[Office] = []
    with transaction.atomic():
        for number, table in enumerate(tables):
            places.codes.setdefault(str(table.get("code", "")), number)
        for number, table in enumerate(tables):
            office = _office(table, number, places, faults)
            if office is not None:
                made.append(office)
        if faults:
            transaction.set_rollback(True)
    if faults:
        raise BadFile(path.name, faults)
    return made


def _tables(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(table, dict) for table in found)


class _Places:
    """Where in the file each office's table and keys stand."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.starts = [n for n, line in enumerate(self.lines, 1) if HEADER.match(line)]
        self.codes: dict[str, int] = {}  # of this file, each with the place of its table

    def of(self, number: int, key: str = "", value: str = "") -> int:
        """Return the line of a key (holding a value) in the n-th table, or of its header."""
        start = self.starts[number] if number < len(self.starts) else 1
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.lines) + 1
        for line in range(start, end):
            content = self.lines[line - 1]
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", content) and value in content:
                return line
        return start

    def naming(self, number: int, word: object) -> int:
        """Return the line of the n-th table's units that names a word, or where its units begin."""
        first = self.of(number, "unit")
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.lines) + 1
        named = (line for line in range(first, end) if f'"{word}"' in self.lines[line - 1])
        return next(named, first)


def _office(
    table: dict[str, Any], number: int, places: _Places, faults: list[tuple[int, str]]
) -> Office | None:
    before = len(faults)
    for key in sorted(set(table) - FIELDS - {"parent", "unit"}):
        faults.append((places.of(number, key), f"没有名为“{key}”的项目"))
    values = {key: value for key, value in table.items() if key in FIELDS}
    for key in sorted(table.keys() & (FIELDS | {"parent"})):
        if key in FLAGS and not isinstance(table[key], bool):
            faults.append((places.of(number, key), f"{key} 应为 true 或者 false，不加引号"))
        elif key not in FLAGS and not isinstance(table[key], str):
            faults.append((places.of(number, key), f"{key} 应为文字，加上引号"))
    if len(faults) > before:
        return None
    parent, fatherless = _parent(table.get("parent"), number, places, faults)
    office = Office(parent=parent, **values)
    try:
        office.full_clean()
    except ValidationError as error:
        faults += _faults_of(error, office, number, places)
    if len(faults) > before or fatherless:
        return None
    office.save()
    _units(office, table.get("unit", []), number, places, faults)
    return office


def _parent(
    code: str | None, number: int, places: _Places, faults: list[tuple[int, str]]
) -> tuple[Office | None, bool]:
    """Find the office above, and say whether one that is named was not found."""
    if not code:
        return None, False
    found = Office.objects.filter(code=code).first()
    if found is not None:
        return found, False
    where, there = places.of(number, "parent"), places.codes.get(code)
    if there is None:
        faults.append((where, f"找不到编码为“{code}”的上级机关，上级应写在前面或者已经建立"))
    elif there == number:
        faults.append((where, "上级机关不能是本机关自己"))
    elif there > number:
        faults.append((where, f"上级机关“{code}”写在后面（第 {places.of(there)} 行），请把上级移到前面"))
    # One that stands earlier has a fault of its own, which is told there.
    return None, True


def _units(office: Office, raw: Any, number: int, places: _Places, faults: list[tuple[int, str]]) -> None:
    where = places.of(number, "unit")
    if not isinstance(raw, list) or not all(isinstance(unit, dict) for unit in raw):
        faults.append((where, "unit 应为科室的列表，每个科室写 code 和 name"))
        return
    for row in raw:
        unknown = sorted(set(row) - UNIT_FIELDS)
        if unknown:
            faults.append((where, f"科室没有名为“{unknown[0]}”的项目"))
            continue
        unit = Unit(office=office, **row)
        try:
            unit.full_clean()
        except ValidationError as error:
            word = row.get("name", row.get("code", ""))
            faults.append((places.naming(number, word), f"科室“{word}”：{_words(error)}"))
            continue
        unit.save()


def _faults_of(error: ValidationError, office: Office, number: int, places: _Places) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for field, faults in error.error_dict.items():
        where = places.of(number, field)
        if field == "__all__":
            found += [(where, message) for fault in faults for message in fault.messages]
            continue
        column = Office._meta.get_field(field)
        found += [(where, f"{column.verbose_name}（{field}）：{_told(column, office, f)}") for f in faults]
    return found


def _told(column: Any, office: Office, fault: ValidationError) -> str:
    if fault.code == "unique":
        return f"“{getattr(office, column.name)}”已存在，不能再建"
    if fault.code == "invalid_choice":
        known = "、".join(str(value) for value, _ in column.choices)
        return f"“{getattr(office, column.name)}”不是可用的值，可用：{known}"
    return "；".join(fault.messages)


def _words(error: ValidationError) -> str:
    return "；".join(error.messages)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(path.name, [(0, "打不开这个文件，请检查路径")]) from error
    except UnicodeDecodeError as error:
        raise BadFile(path.name, [(0, "文件不是 UTF-8 编码，请另存为 UTF-8")]) from error

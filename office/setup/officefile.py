"""Read offices and their units from a TOML file and create them, all or none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import Office, Unit
from .errors import BadFile

FIELDS = frozenset(
    f.name for f in Office._meta.concrete_fields if f.name not in ("id", "parent", "is_active")
)
UNIT_FIELDS = frozenset({"code", "name", "is_disclosure_office"})
HEADER = re.compile(r"^\s*\[\[\s*office\s*\]\]")


def load_offices(path: Path) -> list[Office]:
    """Create the offices of a file in its order, each with its units.

    A parent may stand earlier in the file or be in the system already. Raises BadFile with every fault and
    its line; then nothing was stored.
    """
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise BadFile(
            path.name, [(int(found[1]) if found else 0, "不是有效的 TOML 文件，请检查引号、等号和方括号")]
        ) from error
    tables = raw.get("office")
    if not _tables(tables) or set(raw) != {"office"}:
        raise BadFile(path.name, [(1, "文件应由一个或多个 [[office]] 组成")])
    places = _Places(text)
    faults: list[tuple[int, str]] = []
    made: list[Office] = []
    with transaction.atomic():
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

    def of(self, number: int, key: str = "", value: str = "") -> int:
        """Return the line of a key (holding a value) in the n-th table, or of its header."""
        start = self.starts[number] if number < len(self.starts) else 1
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.lines) + 1
        for line in range(start, end):
            content = self.lines[line - 1]
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", content) and value in content:
                return line
        return start


def _office(
    table: dict[str, Any], number: int, places: _Places, faults: list[tuple[int, str]]
) -> Office | None:
    before = len(faults)
    for key in sorted(set(table) - FIELDS - {"parent", "unit"}):
        faults.append((places.of(number, key), f"没有名为“{key}”的项目"))
    values = {key: value for key, value in table.items() if key in FIELDS}
    for key in sorted(table.keys() & (FIELDS | {"parent"})):
        if not isinstance(table[key], str | int):
            faults.append((places.of(number, key), f"{key} 应为文字（加引号）或者 true、false"))
    if len(faults) > before:
        return None
    parent = None
    if table.get("parent"):
        parent = Office.objects.filter(code=table["parent"]).first()
        if parent is None:
            where = places.of(number, "parent")
            faults.append((where, f"找不到编码为“{table['parent']}”的上级机关，上级应写在前面或者已经建立"))
    office = Office(parent=parent, **values)
    try:
        office.full_clean()
    except ValidationError as error:
        faults += _faults_of(error, number, places)
    if len(faults) > before:
        return None
    office.save()
    _units(office, table.get("unit", []), number, places, faults)
    return office


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
            faults.append((where, f"科室“{row.get('name', row.get('code', ''))}”：{_words(error)}"))
            continue
        unit.save()


def _faults_of(error: ValidationError, number: int, places: _Places) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for field, messages in error.message_dict.items():
        name = "" if field == "__all__" else str(Office._meta.get_field(field).verbose_name)
        prefix = f"{name}（{field}）：" if name else ""
        found += [(places.of(number, field), f"{prefix}{message}") for message in messages]
    return found


def _words(error: ValidationError) -> str:
    return "；".join(error.messages)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(path.name, [(0, "打不开这个文件，请检查路径")]) from error
    except UnicodeDecodeError as error:
        raise BadFile(path.name, [(0, "文件不是 UTF-8 编码，请另存为 UTF-8")]) from error

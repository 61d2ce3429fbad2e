"""What every sheet is built from, and what a sheet says of its own facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from letters.errors import BadFacts
from letters.facts import COMMON
from letters.shapes import is_blank, named, well_shaped
from letters.vocabulary import one_line

Block = dict[str, Any]
Facts = Mapping[str, Any]
SIGNED = "签名：　　　　　　　　年　　月　　日"
BOX, TICKED = "□", "■"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, the facts it must and may have, and how its blocks are made.

    `rows` names, for each fact that is a list of rows, what a row must and may have; a must is written with a "!"
    behind it. `parts` names what a fact that is a group must have.
    """

    title: str
    make: Callable[[Facts], list[Block]]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def checked(self, facts: Facts) -> dict[str, Any]:
        """Return the facts that say something, or raise BadFacts for one that is missing, blank, unused or ill-formed."""
        known = {name: value for name, value in facts.items() if not is_blank(value)}
        for name in self.required:
            if name not in known:
                state = "为空" if name in facts else "没有提供"
                raise BadFacts(name, f"表单要素“{named(name)}”{state}")
        for name, value in known.items():
            if name not in self.required and name not in self.optional and name not in COMMON:
                raise BadFacts(name, f"表单没有用到要素“{named(name)}”，请核对文种")
            well_shaped(name, value)
        for name, wanted in {"office": ("name",), **self.parts}.items():
            _group(name, known.get(name), wanted)
        for name, columns in self.rows.items():
            if name in known:
                known[name] = [_line(name, n, row, columns) for n, row in enumerate(known[name], 1)]
        return known


def _group(name: str, value: Any, wanted: tuple[str, ...]) -> None:
    if value is None:
        return
    for part in wanted:
        if is_blank(value.get(part)):
            raise BadFacts(f"{name}.{part}", f"要素“{named(name)}”缺少“{named(part)}”")


def _line(name: str, n: int, row: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    where = f"{name}.{n}"
    known = {key: value for key, value in row.items() if not is_blank(value)}
    for column in columns:
        if column.endswith("!") and column[:-1] not in known:
            raise BadFacts(f"{where}.{column[:-1]}", f"“{named(name)}”第{n}行缺少“{named(column[:-1])}”")
    for key in known:
        if "*" not in columns and key not in columns and f"{key}!" not in columns:
            raise BadFacts(f"{where}.{key}", f"“{named(name)}”第{n}行没有用到“{named(key)}”")
    return known


def label(text: str, **more: Any) -> Block:
    """Return the cell that names what stands beside or below it."""
    return {"text": text, "role": "heading", "align": "center", **more}


def value(text: Any, **more: Any) -> Block:
    """Return a cell with a text in one line of thought; nothing said leaves it blank for the pen."""
    return {"text": one_line(str(text)) if text is not None else "", "middle": True, **more}


def centred(text: Any) -> Block:
    """Return a cell with a short text in its middle."""
    return value(text, align="center")


def room(rows: int, *, span: int = 1, text: str = "", foot: str = "") -> Block:
    """Return a cell with room for handwriting, of some rows' height."""
    cell: Block = {"text": text, "span": span, "rows": rows}
    return {**cell, "foot": foot} if foot else cell


def boxes(
    name: str, choices: Mapping[str, str], chosen: str = "", *, in_line: int = 9, span: int = 1
) -> Block:
    """Return a cell of choices, some in a line, each behind a box, the one that a fact chose ticked."""
    if chosen and chosen not in choices:
        raise BadFacts(name, f"要素“{named(name)}”只能是{'、'.join(choices)}")
    marked = [f"{TICKED if code == chosen else BOX}{text}" for code, text in choices.items()]
    lines = ["　".join(marked[n : n + in_line]) for n in range(0, len(marked), in_line)]
    return {"text": "\n".join(lines), "middle": True, "span": span}


def table(columns: list[int], rows: list[list[Block]], *, head_rows: int = 0) -> Block:
    """Return a table; columns are parts of the width."""
    made: Block = {"type": "table", "columns": columns, "rows": rows}
    return {**made, "head_rows": head_rows} if head_rows else made


def head(title: str, office: Mapping[str, Any], *lines: str, numbered: bool = False) -> list[Block]:
    """Return a sheet's title, the line of its office (and number, for a numbered sheet), and further lines."""
    first: Block = {"type": "sheet_line", "left": office["name"]}
    return [
        {"type": "title", "text": title, "tight": True},
        {**first, "right": ""} if numbered else first,
        *({"type": "sheet_line", "left": line} for line in lines),
    ]

"""The layouts of monthly and quarterly sheets (表式): one file each, chosen by an office's parameter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.annual.errors import Unreadable
from law.annual.layout import layout
from workflow.annual.measure import Measure
from workflow.kinds import Channel

FOLDER = Path(__file__).parent / "layouts"
STANDARD = "standard"


@dataclass(frozen=True)
class Line:
    """One line: the section it stands in, its words, and how it is measured."""

    section: str
    label: str
    measure: Measure


@dataclass(frozen=True)
class SheetLayout:
    """One layout: its code and name, and its lines in order."""

    code: str
    name: str
    lines: tuple[Line, ...]


@lru_cache(maxsize=1)
def sheet_layouts() -> Mapping[str, SheetLayout]:
    """Read every layout, by code. Raises Unreadable for a line that nothing answers to."""
    found = {
        path.stem: read_layout(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.toml"))
    }
    return {STANDARD: found[STANDARD], **found}


def sheet_layout(code: str) -> SheetLayout:
    """Return one layout. Raises Unreadable."""
    try:
        return sheet_layouts()[code]
    except KeyError:
        raise Unreadable(f"没有名为“{code}”的表式，可用：{'、'.join(sheet_layouts())}。") from None


def read_layout(code: str, text: str) -> SheetLayout:
    """Read one layout from its file's text. Raises Unreadable."""
    try:
        raw = tomllib.loads(text)
        lines = tuple(line for row in raw["line"] for line in _lines(row))
        return SheetLayout(code, raw["name"], lines)
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise Unreadable(f"表式“{code}”读不懂：{error}。") from error


def _lines(row: Mapping[str, Any]) -> Iterator[Line]:
    each, section, label = row.get("each"), row["section"], row["label"]
    measure = Measure.of_row(row)
    if each is None:
        yield Line(section, label, measure)
    elif each == "rows":
        for leaf in layout().leaves:
            yield Line(section, label + _words(leaf.id), Measure(measure.what, (leaf.id,), measure.kinds))
    elif each == "kinds":
        for column in layout().columns:
            if column.id in layout().kinds:
                yield Line(section, label + column.label, Measure(measure.what, measure.of, (column.id,)))
    elif each == "channels":
        for channel in Channel:
            yield Line(section, label + channel.label, Measure(measure.what, (str(channel),), measure.kinds))
    else:
        raise Unreadable(f"表式不认识 each = “{each}”。")


def _words(row: str) -> str:
    heads = layout().path(row).split("/")[1:]
    return heads[0] if len(heads) == 1 else "·".join(heads[:2])

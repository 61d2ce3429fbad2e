"""Tables of annual reports to check: typed from published ones, or made at random so that they add up."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

from law.annual.figures import as_json
from law.annual.layout import layout
from law.annual.read_file import read_file
from law.cli.report import run

TABLES = Path(__file__).parents[1] / "data" / "annual"
NEW, OUT = "一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"
IN = "二、上年结转政府信息公开申请数量"
TOTAL = "三、本年度办理结果/（七）总计"


def called(data: Any, *more: str, name: str = "") -> tuple[int, dict[str, Any], str]:
    """Call the command on data as JSON, or on a file by its name."""
    out, err = io.StringIO(), io.StringIO()
    text = io.StringIO("" if name else json.dumps(data, ensure_ascii=False))
    code = run([name or "-", *more], stdin=text, stdout=out, stderr=err)
    return code, json.loads(out.getvalue()) if out.getvalue() else {}, err.getvalue()


def loaded(name: str) -> dict[str, Any]:
    """Give a table as the JSON of the command, so that it adds up and can be broken; "made" is a random one.

    Blanks leave sums open, and are filled in; a table four that does not add up as printed is put right.
    """
    if name == "made":
        return made(7)
    plain = as_json(read_file(TABLES / name))
    plain.pop("narrative")
    for table in ("table3", "table4"):
        for cells in plain[table].values():
            cells.update({key: value or 0 for key, value in cells.items()})
            cells["总计"] = sum(value for key, value in cells.items() if key != "总计")
    return plain


def made(seed: int, year: int = 2025) -> dict[str, Any]:
    """Make a report that adds up from random figures."""
    rng = random.Random(seed)
    figures = layout()
    rows: dict[str, dict[str, int]] = {}
    for row in figures.rows.values():
        rows[row.id] = {kind: rng.randrange(0, 9) for kind in figures.kinds}
    for kind in figures.kinds:
        rows["total"][kind] = sum(rows[row.id][kind] for row in figures.leaves)
        came = rows["total"][kind] + rows["carried_out"][kind]
        rows["carried_in"][kind] = min(came, rows["carried_in"][kind])
        rows["new"][kind] = came - rows["carried_in"][kind]
    labels = {column.id: column.label for column in figures.columns}
    table3 = {
        figures.path(row): {**{labels[kind]: n for kind, n in cells.items()}, "总计": sum(cells.values())}
        for row, cells in rows.items()
    }
    table4 = {}
    for road in figures.roads:
        parts = {one.label: rng.randrange(0, 5) for one in figures.results if one.id != "all"}
        table4[road.label] = {**parts, "总计": sum(parts.values())}
    table2 = {"行政规范性文件": {"本年制发件数": 4, "本年废止件数": 1, "现行有效件数": 20}}
    return {"year": year, "table2": table2, "table3": table3, "table4": table4}

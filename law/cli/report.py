"""`report check`: whether the tables of a published annual report add up, and its text tells the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from law.annual.errors import Unreadable
from law.annual.figures import Figures
from law.annual.read_file import read_bytes, read_file
from law.annual.rules import Finding, check
from law.cli.common import BAD_INPUT, OK, Parser, dumps
from law.errors import LawError

BROKEN = 1
STDIN = "-"


def run(argv: Sequence[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Check one report and give the exit code: 0 consistent, 1 rules broken, 2 not to be read.

    What is found goes to `stdout` as JSON and, unless `--json` is given, in words to `stderr`.
    """
    as_json = "--json" in argv
    try:
        parser = Parser(
            prog="report check",
            description="核对已经公布的年度报告：表三、表四的勾稽关系（R1–R6），并提示 R7–R9。",
        )
        parser.add_argument("file", help="JSON、网页、xlsx 或者 docx 文件，- 为标准输入的 JSON")
        parser.add_argument(
            "--previous", metavar="FILE", help="上年度的报告，用于核对结转（R4）和现行有效件数（R7）"
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        options = parser.parse_args(list(argv))
        figures = _read(options.file, stdin)
        if options.previous:
            figures.follow(_read(options.previous, stdin))
    except LawError as error:
        stderr.write(f"{error.message}\n")
        if as_json:
            stdout.write(dumps({"error": error.message}) + "\n")
        return BAD_INPUT
    findings = check(figures)
    stdout.write(_written(figures, findings) + "\n")
    if not as_json:
        _say(figures, findings, stderr)
    return BROKEN if any(finding.blocks for finding in findings) else OK


def _read(name: str, stdin: TextIO) -> Figures:
    if name == STDIN:
        return read_bytes(stdin.read().encode())
    try:
        return read_file(Path(name))
    except Unreadable as error:
        raise Unreadable(f"{Path(name).name}：{error.message}") from error


def answer(figures: Figures, findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the result of a check to other systems."""
    return {
        "year": figures.year,
        "consistent": not any(finding.blocks for finding in findings),
        "violations": [finding.as_dict() for finding in findings if finding.blocks],
        "warnings": [
            *(finding.as_dict() for finding in findings if not finding.blocks),
            *({"rule": note.code, "where": note.where, "message": note.message} for note in figures.notes),
        ],
    }


def _written(figures: Figures, findings: Sequence[Finding]) -> str:
    """Write the answer, one finding to a line."""
    told = answer(figures, findings)
    lines = [f'"year": {dumps(told["year"])}', f'"consistent": {dumps(told["consistent"])}']
    for name in ("violations", "warnings"):
        rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in told[name])
        lines.append(f'"{name}": [\n  {rows}]' if rows else f'"{name}": []')
    return "{" + ",\n ".join(lines) + "}"


def _say(figures: Figures, findings: Sequence[Finding], stderr: TextIO) -> None:
    broken = [finding for finding in findings if finding.blocks]
    year = f"{figures.year}年度报告" if figures.year else "报告"
    stderr.write(f"{year}：{'勾稽一致' if not broken else f'{len(broken)} 处不符'}。\n")
    for finding in findings:
        stderr.write(f"{'不符' if finding.blocks else '提示'} {finding.sentence}\n")
    for note in figures.notes:
        stderr.write(f"提示 {note.where}：{note.message}\n")

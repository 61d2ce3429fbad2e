"""`manage.py report annual|statistics|check`: make an office's annual report or its monthly sheet, or check a published report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from law.annual.layout import layout
from law.cli import report as checking
from law.cli.common import BAD_INPUT, OK, BadInput, Parser, whole
from law.errors import LawError
from office.today import today
from workflow.annual.forms import FORMATS, as_file

USAGE = "用法：report annual --office CODE --year Y --format json|xlsx|html|docx|pdf --out FILE；\nreport statistics --office CODE --period 2026-03 --format json|xlsx --out FILE；report check FILE\n"
BROKEN = 1


class Command(BaseCommand):
    """Make or check an annual report (条例49, 50)."""

    help = "年度报告：report annual --office CODE --year Y --format json|xlsx|html|docx|pdf --out FILE；report check FILE"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass the arguments on untouched, so that a check needs neither database nor environment."""
        ours = [a for a in argv[2:] if not a.startswith(("--settings", "--pythonpath", "--no-color"))]
        sys.exit(_run(ours, sys.stdout, sys.stderr))

    def add_arguments(self, parser: Any) -> None:
        """Take everything as it stands, for `call_command`."""
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer a `call_command`; a refusal ends with the exit code that the command line gives."""
        code = _run(options["arguments"], self.stdout, self.stderr)
        if code:
            raise SystemExit(code)


def _run(arguments: list[str], stdout: Any, stderr: Any) -> int:
    kind, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if kind == "check":
        return checking.run(rest, stdin=sys.stdin, stdout=stdout, stderr=stderr)
    if kind in ("annual", "statistics"):
        try:
            return (_annual if kind == "annual" else _statistics)(rest, stdout, stderr)
        except LawError as error:
            stderr.write(f"{error.message}\n")
            return BAD_INPUT
    stderr.write(USAGE)
    return BAD_INPUT


def _statistics(argv: list[str], stdout: Any, stderr: Any) -> int:
    """Write the sheet of a month, a quarter or a run of months to a file; exit 0, or 2 for what cannot be asked."""
    from office.models import Office
    from workflow.annual import statistics as sheets
    from workflow.selectors.filings import OWN, WHOLE, offices_in
    from workflow.selectors.statistics import statistics

    parser = Parser(prog="report statistics", description="月报、季报：本期和本年累计。")
    parser.add_argument("--office", metavar="CODE", required=True, help="机关编码")
    parser.add_argument("--period", metavar="P", required=True, help="2026-03、2026Q1 或者 2026-01..2026-06")
    parser.add_argument("--format", choices=("json", "xlsx"), required=True, help="格式")
    parser.add_argument("--out", metavar="FILE", required=True, help="写到哪个文件")
    parser.add_argument("--whole", action="store_true", help="本级汇总：本机关和所有下级机关，各机关一列")
    options = parser.parse_args(argv)
    months = sheets.Months.named(options.period)
    if months.period.first > today():
        raise BadInput("period", f"{months.label}还没有开始。")
    office = Office.objects.filter(code=options.office).first()
    if office is None:
        raise BadInput("office", f"没有编码为“{options.office}”的机关。")
    counted = offices_in(office, WHOLE if options.whole else OWN)
    made = statistics(office, counted[1:], months)
    _write(options.out, sheets.as_file(made, options.format))
    if months.period.last >= today():
        stderr.write(f"提示 {months.label}尚未结束，为截至今日登记的情况\n")
    stdout.write(f"{options.out}\n")
    return OK


def _write(out: str, content: bytes) -> None:
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise BadInput("out", f"写不进“{out}”：{error.strerror or error}。") from error


def _annual(argv: list[str], stdout: Any, stderr: Any) -> int:
    """Write one report to a file; exit 0, 1 where a rule that blocks is broken, 2 for what cannot be asked."""
    from office.models import Office
    from workflow.selectors.annual_report import GOVERNMENTS, OWN, WHOLE, assembled

    parser = Parser(prog="report annual", description="由案件得出的年度报告。")
    parser.add_argument("--office", metavar="CODE", required=True, help="机关编码")
    parser.add_argument("--year", metavar="Y", required=True, help="年度")
    parser.add_argument("--format", choices=FORMATS, required=True, help="格式")
    parser.add_argument("--out", metavar="FILE", required=True, help="写到哪个文件")
    parser.add_argument("--whole", action="store_true", help="本级政府汇总：本机关和所有下级机关")
    options = parser.parse_args(argv)
    year = whole(options.year, "year", most=9999)
    on = today()
    if not layout().first_year <= year <= on.year:
        raise BadInput("year", f"年度应在{layout().first_year}年与{on.year}年之间。")
    office = Office.objects.filter(code=options.office).first()
    if office is None:
        raise BadInput("office", f"没有编码为“{options.office}”的机关。")
    if options.whole and office.kind not in GOVERNMENTS:
        raise BadInput("whole", f"{office.name}不是一级政府或者其办公机构，没有汇总的报告。")
    report = assembled(office, year, WHOLE if options.whole else OWN, on=on)
    _write(options.out, as_file(report, options.format, on=on))
    for line in report.notes:
        stderr.write(f"提示 {line}\n")
    for line in report.gaps:
        stderr.write(f"待填 {line}\n")
    for finding in report.findings:
        stderr.write(f"{'不符' if finding.blocks else '提示'} {finding.sentence}\n")
    stdout.write(f"{options.out}\n")
    return BROKEN if any(finding.blocks for finding in report.findings) else OK

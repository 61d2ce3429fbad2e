"""`manage.py probe FILE --secrets secrets.txt`: search a file, and the files in it, for what must not be there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow.review.redaction import BadSource, Report, probe
from workflow.review.redaction.folded import fold

BAD_INPUT, FOUND = 2, 5
_MOST_BYTES = 8_000_000


class Command(BaseCommand):
    """Search a file for secrets; exit 0 where it is clean, 5 where something is found, 2 where it cannot be told."""

    help = "检查文件中是否还有不应公开的内容，不需要数据库；0 没有，5 有（说明位置），2 无法检查"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="PDF、图片、办公文档、压缩包、邮件、网页、文本"
        )
        parser.add_argument("--secrets", type=Path, required=True, help="要查找的内容，一行一项（UTF-8）")
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")
        parser.add_argument("--no-ocr", action="store_true", help="不识别图像")
        parser.add_argument("--most-ocr", type=int, default=20, help="最多识别多少页图像，默认 20")

    def handle(self, *_: Any, **options: Any) -> None:
        """Search and tell."""
        try:
            secrets = _secrets(options["secrets"])
            report = probe(
                options["file"],
                secrets,
                names=[f"第{number}行" for number in range(1, len(secrets) + 1)],
                read=not options["no_ocr"],
                most_read=options["most_ocr"],
            )
        except BadSource as error:
            self.stderr.write(f"{error.message}（{error.field}）")
            sys.exit(BAD_INPUT)
        if options["json"]:
            self.stdout.write(_json(report))
        else:
            self._tell(report)
        if report.findings:
            sys.exit(FOUND)
        if report.unread:
            sys.exit(BAD_INPUT)

    def _tell(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(finding.sentence())
        for unread in report.unread:
            self.stderr.write(f"无法检查：{unread.where}（{unread.why}）")
        for note in report.notes:
            self.stderr.write(f"提示：{note}")
        if report.findings:
            self.stdout.write(f"共发现{len(report.findings)}处")
        elif report.unread:
            self.stdout.write("能够检查的部分没有发现，但不能确认整个文件")
        else:
            self.stdout.write(f"没有发现（检查了{report.looked}段文字和数据）")


def _secrets(path: Path) -> list[str]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadSource(f"要查找的内容无法读取：{path}（{error.strerror}）", field="secrets") from error
    if len(raw) > _MOST_BYTES:
        raise BadSource("要查找的内容过多，请分批检查", field="secrets")
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadSource("要查找的内容应为 UTF-8 编码的文本，一行一项", field="secrets") from error
    found = [line.strip() for line in lines if fold(line)]
    if not found:
        raise BadSource("要查找的内容是空的，请一行写一项", field="secrets")
    return found


def _json(report: Report) -> str:
    told = {
        "clean": report.clean,
        "findings": [finding.as_dict() for finding in report.findings],
        "unread": [{"where": unread.where, "why": unread.why} for unread in report.unread],
        "notes": report.notes,
        "looked": report.looked,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)

"""`manage.py redact IN --plan plan.json --out OUT.pdf --certificate cert.json`: burn, prove, write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow.review.redaction import BadPlan, BadSource, Leaks, NotLocated, read_plan, release
from workflow.review.redaction.pages import DPI

BAD_INPUT, FOUND = 2, 5


class Command(BaseCommand):
    """Make a redacted copy; exit 0, 2 for bad input or a string that is nowhere, 5 where the proof found something."""

    help = "遮盖文件并验证副本，不需要数据库；0 已输出，2 输入有误，5 副本未通过验证（不输出）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("source", type=Path, metavar="IN", help="PDF，或 PNG、JPEG、TIFF 图片")
        parser.add_argument("--plan", type=Path, required=True, help="遮盖计划（JSON）：marks 和 strings")
        parser.add_argument("--out", type=Path, required=True, help="遮盖后的 PDF")
        parser.add_argument("--certificate", type=Path, required=True, help="见证书（JSON）")
        parser.add_argument(
            "--searchable", action="store_true", help="加一层可搜索的文字，只由遮盖后的画面识别而来"
        )
        parser.add_argument("--no-ocr", action="store_true", help="不识别图像来查找 strings")
        parser.add_argument("--workers", type=int, default=None, help="并行的进程数，默认与处理器相同")

    def handle(self, *_: Any, **options: Any) -> None:
        """Read the plan, release the copy, tell what was done."""
        try:
            plan = read_plan(options["plan"])
            made = release(
                options["source"],
                options["out"],
                options["certificate"],
                plan.marks,
                plan.wanted,
                dpi=DPI,
                layer=options["searchable"],
                read=not options["no_ocr"],
                workers=options["workers"],
            )
        except (BadPlan, BadSource, NotLocated) as error:
            self._leave(f"{error.message}（{error.field}）", BAD_INPUT)
        except Leaks as error:
            self._leave(error.message, FOUND)
        boxes = len(made["boxes"])
        self.stdout.write(
            f"已遮盖{boxes}处，副本通过验证：{options['out']}，见证书：{options['certificate']}"
        )
        if not made["tools"]["ocr"].startswith("tesseract"):
            self.stderr.write(f"提示：{made['ocr']}")

    def _leave(self, message: str, code: int) -> None:
        self.stderr.write(message)
        sys.exit(code)

"""`manage.py detect IN --json`: list what looks like personal data in a file, each with its reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow.review.redaction.detect.file import detect_file
from workflow.review.redaction.detect.found import LABELS
from workflow.review.redaction.detect.hits import Hit
from workflow.review.redaction.errors import BadSource

BAD_INPUT = 2


class Command(BaseCommand):
    """List suggestions; exit 0, or 2 where the file cannot be looked at."""

    help = "查找文件中的个人信息并说明理由，不需要数据库；结果是建议，由人决定；0 已检查，2 无法检查"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", type=Path, metavar="IN", help="PDF、图片、docx、xlsx、pptx、odt、html、eml、txt、zip"
        )
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")
        parser.add_argument("--no-ocr", action="store_true", help="不识别图像中的文字")
        parser.add_argument("--most-ocr", type=int, default=50, help="最多识别多少页图像，默认 50")

    def handle(self, *_: Any, **options: Any) -> None:
        """Find and tell."""
        try:
            hits, notes = detect_file(
                options["file"], read=not options["no_ocr"], most_read=options["most_ocr"]
            )
        except BadSource as error:
            self.stderr.write(error.message)
            sys.exit(BAD_INPUT)
        for note in notes:
            self.stderr.write(f"提示：{note}")
        if options["json"]:
            self.stdout.write(json.dumps([hit.as_dict() for hit in hits], ensure_ascii=False, indent=1))
        else:
            for hit in hits:
                self.stdout.write(_line(hit))
            self.stdout.write(f"共 {len(hits)} 处建议，请逐项确认")


def _line(hit: Hit) -> str:
    found = hit.found
    place = f"第{hit.page}页" if hit.boxes else f"第{found.start}字"
    sure = "疑似" if found.suspected else f"{found.confidence:.0%}"
    return f"{LABELS[found.kind]}\t{found.text}\t{hit.where + ' ' if hit.where else ''}{place}\t{sure}\t{found.reason}"

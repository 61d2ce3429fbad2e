"""Remove stored files that nothing points to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from office.files import sweep
from office.today import now


class Command(BaseCommand):
    help = "清理无人引用的文件（默认存入满24小时后）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--grace-hours", type=float, default=24, help="宽限时间（小时）")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep(now(), timedelta(hours=options["grace_hours"]))
        self.stdout.write(
            f"已清理 {swept.rows} 个无人引用的文件、{swept.strays} 个无登记的文件，释放 {swept.bytes} 字节。"
        )

"""Restore a backup of database, files and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.backup import BackupFault, restore


class Command(BaseCommand):
    help = "恢复备份；先核对备份完整，再核对恢复结果。恢复前请停止服务。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, type=Path, dest="source", help="备份目录")
        parser.add_argument("--keys-from", type=Path, help="密钥另存的目录")
        parser.add_argument("--force", action="store_true", help="覆盖现有数据")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = restore(options["source"], keys_from=options["keys_from"], force=options["force"])
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已恢复 {found['tables']} 张表、{found['rows']} 行、{found['files']} 个文件；行数、文件、留痕链均已核对。"
        )

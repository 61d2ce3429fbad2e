"""Back up database, files and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.backup import BackupFault, backup
from office.today import now


class Command(BaseCommand):
    help = "备份：数据库、文件、密钥各在一个目录；密钥请与其余部分分开保管。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, help="备份目录（须为空或不存在）")
        parser.add_argument("--keys-to", type=Path, help="密钥另存的目录，例如另一块磁盘")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            saved = backup(options["to"], now=now(), keys_to=options["keys_to"])
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已备份 {saved['tables']} 张表、{saved['rows']} 行、{saved['files']} 个文件，连同密钥。"
        )
        if options["keys_to"] is None:
            self.stdout.write(f"请把 {options['to'] / 'keys'} 移到别处保管：与备份放在一起等于没有加密。")

"""Back up database, files and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.backup import BackupFault, backup, dated, keep
from office.today import now


class Command(BaseCommand):
    help = "备份：数据库、文件、密钥各在一个目录；密钥请与其余部分分开保管。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, help="备份目录（须为空或不存在）")
        parser.add_argument("--keys-to", type=Path, help="密钥另存的目录，例如另一块磁盘")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="份数",
            help="每次备份到以时间命名的子目录，只保留最近几份（用于每夜备份）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        to, keys_to, kept, instant = options["to"], options["keys_to"], options["keep"], now()
        if kept is not None and kept < 1:
            raise CommandError("--keep 至少为 1")
        folders = [folder for folder in (to, keys_to) if folder is not None]
        if kept is not None:
            to = dated(to, instant)
            keys_to = keys_to and dated(keys_to, instant)
        try:
            saved = backup(to, now=instant, keys_to=keys_to)
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已备份 {saved['tables']} 张表、{saved['rows']} 行、{saved['files']} 个文件，连同密钥，到 {to}。"
        )
        if kept is not None:
            gone = max(keep(folder, kept) for folder in folders)
            self.stdout.write(f"保留最近 {kept} 份，清除 {gone} 份旧备份。")
        if keys_to is None:
            self.stdout.write(f"请把 {to / 'keys'} 移到别处保管：与备份放在一起等于没有加密。")

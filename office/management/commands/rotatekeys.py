"""Renew the keys and carry what they sealed over to the new ones."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.files.rekey import carry_over as carry_files_over
from office.keys import rotate
from office.keys.ring import PURPOSES, KeyMissing, create, ring

NAMES = {"encryption": "加密密钥", "search": "检索密钥", "query": "查询码密钥"}


class Command(BaseCommand):
    help = "轮换密钥：生成新版本，分批重新加密、重新计算检索哈希；中断后加 --resume 继续。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--init", action="store_true", help="只生成缺少的密钥文件")
        parser.add_argument("--resume", action="store_true", help="不生成新密钥，只把未完成的部分做完")
        parser.add_argument("--status", action="store_true", help="只显示各版本密钥的使用情况")
        parser.add_argument("--only", choices=PURPOSES, action="append", help="只轮换这一种（可多次）")
        parser.add_argument("--retire", action="store_true", help="完成后删除已无人使用的旧密钥")
        parser.add_argument("--batch", type=int, default=rotate.BATCH, help="每批行数")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(**options)
        except KeyMissing as error:
            raise CommandError(str(error)) from error

    def _handle(self, **options: Any) -> None:
        if options["init"]:
            for purpose in PURPOSES:
                create(purpose)
                self.stdout.write(f"{NAMES[purpose]}：第{ring(purpose).current}版。")
            return
        if options["status"]:
            self._status()
            return
        if not options["resume"]:
            for purpose, version in rotate.start(tuple(options["only"] or PURPOSES)).items():
                self.stdout.write(f"{NAMES[purpose]}：已启用第{version}版。")
        for moved in rotate.carry_over(options["batch"]):
            self.stdout.write(f"{moved.column}：更新 {moved.rows} 行。")
        self.stdout.write(f"文件：重新加密 {carry_files_over(options['batch'])} 个。")
        if options["retire"]:
            for purpose, version in rotate.retire():
                self.stdout.write(f"{NAMES[purpose]}：第{version}版已无使用，已删除。")
        self._status()

    def _status(self) -> None:
        for purpose, versions in rotate.in_use().items():
            current = ring(purpose).current
            for version, number in sorted(versions.items()):
                note = "现行" if version == current else ("保留" if number else "已无使用")
                self.stdout.write(f"{NAMES[purpose]} 第{version}版（{note}）：{number} 处使用。")

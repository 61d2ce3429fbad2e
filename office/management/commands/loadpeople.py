"""Create people and their duties from a file."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.setup import BadFile, load_people
from office.today import today


class Command(BaseCommand):
    """Create every person of a file, or none; first passwords go to a file only its owner can read."""

    help = "按 CSV 文件导入人员和岗位；有错即逐行指出，一个也不导入"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files."""
        parser.add_argument("--file", required=True, type=Path, help="人员文件，例如 people.csv")
        parser.add_argument("--passwords", type=Path, help="初始密码写到哪个文件（默认在数据目录）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file, or say what is wrong with it."""
        try:
            passwords = load_people(Path(options["file"]), on=today())
        except BadFile as error:
            raise CommandError(error.message) from error
        target = options["passwords"] or Path(settings.DATA_DIR) / f"passwords-{today():%Y%m%d}.txt"
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as out:
            out.writelines(f"{name}\t{password}\n" for name, password in passwords.items())
        if options["verbosity"]:
            self.stdout.write(
                f"已导入 {len(passwords)} 人。初始密码在 {target}，请分发后删除；首次登录须修改密码"
            )

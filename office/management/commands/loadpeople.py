"""Create people and their duties from a file."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

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
        target = options["passwords"] or Path(settings.DATA_DIR) / f"passwords-{today():%Y%m%d}.txt"
        try:
            # Together: nobody is in the system whose password is not in the file.
            with transaction.atomic():
                passwords = load_people(Path(options["file"]), on=today())
                _write(target, passwords)
        except BadFile as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"写不了 {target}（{error.strerror}），一个人也没有导入") from error
        if options["verbosity"]:
            self.stdout.write(
                f"已导入 {len(passwords)} 人。初始密码在 {target}，请分发后删除；首次登录须修改密码"
            )


def _write(target: Path, passwords: dict[str, str]) -> None:
    """Append to a file only its owner can read, whoever made it and however; never through a link."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as out:
        os.fchmod(handle, 0o600)
        out.writelines(f"{name}\t{password}\n" for name, password in passwords.items())
        out.flush()
        os.fsync(handle)

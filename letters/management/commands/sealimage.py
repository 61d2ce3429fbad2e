"""Take in the picture of an office's seal: manage.py sealimage --office CODE --kind office --file seal.png --by USER."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from letters.models import SealImage
from letters.seal_image import MOST_BYTES, keep
from office.errors import Refusal
from office.models import Office, User
from office.today import now, today


class Command(BaseCommand):
    """Check the picture of a seal and keep it for an office."""

    help = "录入机关的电子印模（PNG，背景透明）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--office", required=True, help="机关编码")
        parser.add_argument("--kind", required=True, choices=SealImage.Kind.values, help="印章的种类")
        parser.add_argument("--file", type=Path, required=True, help="PNG 图片")
        parser.add_argument("--width", type=int, default=42, help="印章的宽度，毫米，默认42")
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat, help="启用日期，默认今天")
        parser.add_argument("--by", required=True, help="管理员的用户名")

    def handle(self, *_: Any, **options: Any) -> None:
        """Keep the picture."""
        try:
            office = Office.objects.get(code=options["office"])
            by = User.objects.get(username=options["by"])
        except (Office.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError("没有这个机关或者用户，请核对机关编码和用户名") from error
        try:
            size = options["file"].stat().st_size
            if size > MOST_BYTES:
                raise CommandError(f"印模超过{MOST_BYTES // 1024 // 1024} MB，请压缩后再录入")
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"文件无法读取：{error.strerror}") from error
        try:
            made = keep(
                office=office, kind=options["kind"], content=content, from_on=options["from_on"] or today(), by=by,
                now=now(), width_mm=options["width"],
            )  # fmt: skip
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"已录入{office.name}的{made.get_kind_display()}，自{made.from_on}起使用")

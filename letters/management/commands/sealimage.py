"""Take in the picture of an office's seal: manage.py sealimage --office CODE --kind office --file seal.png --by USER.

Another administrator puts it in use: manage.py sealimage --confirm NUMBER --by OTHER.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from letters.models import SealImage
from letters.seal_entry import confirm, enter
from letters.seal_image import MOST_BYTES
from office.errors import Refusal
from office.models import Office, User
from office.today import now, today


class Command(BaseCommand):
    """Check the picture of a seal and keep it for an office."""

    help = "录入机关的电子印模（PNG，背景透明）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--office", help="机关编码")
        parser.add_argument("--kind", choices=SealImage.Kind.values, help="印章的种类")
        parser.add_argument("--file", type=Path, help="PNG 图片")
        parser.add_argument("--width", type=int, default=42, help="印章的宽度，毫米，默认42")
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat, help="启用日期，默认今天")
        parser.add_argument("--by", required=True, help="管理员的用户名")
        parser.add_argument(
            "--confirm", type=int, metavar="编号", help="复核启用一个已录入的印模；须是另一名管理员"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Take in a picture, or put one in use."""
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError("没有这个用户，请核对用户名")
        try:
            self.stdout.write(
                self._confirmed(options, by) if options["confirm"] else self._entered(options, by)
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _confirmed(self, options: dict[str, Any], by: User) -> str:
        row = confirm(image_id=options["confirm"], by=by, on=today(), now=now())
        return f"已启用{row.office.name}的{row.get_kind_display()}印模，自{row.from_on}起使用"

    def _entered(self, options: dict[str, Any], by: User) -> str:
        for name in ("office", "kind", "file"):
            if not options[name]:
                raise CommandError(f"请用 --{name} 指明要录入的印模")
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError("没有这个机关，请核对机关编码")
        try:
            if options["file"].stat().st_size > MOST_BYTES:
                raise CommandError(f"印模超过{MOST_BYTES // 1024 // 1024} MB，请压缩后再录入")
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"文件无法读取：{error.strerror}") from error
        row = enter(
            office=office, kind=options["kind"], content=content, from_on=options["from_on"] or today(), by=by,
            on=today(), now=now(), width_mm=options["width"],
        )  # fmt: skip
        return (
            f"已录入{office.name}的{row.get_kind_display()}印模，编号{row.pk}，"
            f"等待另一名管理员复核（--confirm {row.pk}，或者在「机关印章」页面）"
        )

"""Start an office's case numbers of a year at a number of its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.errors import Refusal
from office.models import Office
from workflow.numbering import start_series


class Command(BaseCommand):
    """Let an office that begins in mid-year go on from its own last number."""

    help = "机关年中启用时，从自己的序号续编案件编号（此前的编号记为系统外旧号）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the office's code, the year and the first number."""
        parser.add_argument("--office", required=True, help="机关编码")
        parser.add_argument("--year", required=True, type=int, help="年度")
        parser.add_argument("--first", required=True, type=int, help="第一个要用的序号")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the series, or say why not."""
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(f"没有编码为「{options['office']}」的机关")
        try:
            start_series(office.pk, options["year"], options["first"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{office.name}{options['year']}年的案件从{options['year']}-{options['first']:04d}开始编号"
        )

"""Prove that no document number is missing and none was given twice: manage.py numbers check."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from letters.models import NumberSeries
from letters.number_register import check
from office.models import Office


class Command(BaseCommand):
    """Go through every series from 1 to its last number; exit 1 and list what is wrong."""

    help = "核对文号：每个系列自 1 号起有没有缺号、重号"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        found = verbs.add_parser("check", help="核对有没有缺号、重号")
        found.add_argument("--office", default="", help="机关编码；不写的，核对全部机关")

    def handle(self, *_: Any, **options: Any) -> None:
        """Check."""
        office = None
        if options["office"]:
            office = Office.objects.filter(code=options["office"]).first()
            if office is None:
                raise CommandError(f"没有编码为「{options['office']}」的机关")
        wrong = list(check(office))
        for one in wrong:
            self.stderr.write(f"{one.office} {one.series}〔{one.year}〕{one.number}号：{one.says}")
        if wrong:
            raise CommandError(f"共 {len(wrong)} 处不对", returncode=1)
        rows = NumberSeries.objects.filter(office=office) if office else NumberSeries.objects.all()
        lasts = list(rows.values_list("last", flat=True))
        self.stdout.write(f"共 {len(lasts)} 个系列、{sum(lasts)} 个文号，没有缺号，没有重号")

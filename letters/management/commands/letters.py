"""Render many papers: manage.py letters render --all-samples --out DIR."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from letters.print_shop import print_samples


class Command(BaseCommand):
    """Render papers in bulk; needs no database."""

    help = "批量生成文书样张，不需要数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        render = verbs.add_parser("render", help="生成 PDF")
        render.add_argument("--all-samples", action="store_true", help="每一文种一份样张")
        render.add_argument("--out", type=Path, required=True, help="目录")

    def handle(self, *_: Any, **options: Any) -> None:
        """Render."""
        if not options["all_samples"]:
            raise CommandError("请用 --all-samples 指明生成全部样张")
        count = print_samples(options["out"], self.stdout.write)
        self.stdout.write(f"共 {count} 份，已写入 {options['out']}")

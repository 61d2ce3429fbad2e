"""Write docs/papers.md from the catalogue, or check that it is in step."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.paper_table import document


class Command(BaseCommand):
    """Write the table of papers."""

    help = "由文书目录生成 docs/papers.md；--check 只核对"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="只核对，不写文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or refuse when it differs."""
        path = Path(settings.BASE_DIR) / "docs" / "papers.md"
        drawn = document()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/papers.md 与文书目录不一致，请运行 ./dev manage drawpapers")
            return
        path.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"已写入 {path.name}")

"""Draw docs/machine.md from the machine, or check that it is in step."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.drawing import document


class Command(BaseCommand):
    """Write the machine's diagram and permission grid."""

    help = "由状态机生成 docs/machine.md；--check 只核对"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="只核对，不写文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or refuse when it differs."""
        path = Path(settings.BASE_DIR) / "docs" / "machine.md"
        drawn = document()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/machine.md 与状态机不一致，请运行 ./dev manage drawmachine")
            return
        path.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"已写入 {path.name}")

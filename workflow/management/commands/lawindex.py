"""Write docs/law-index.md from the law folder, the tests, the letters and the acts, or check that it is in step."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from law import index
from letters.catalogue import KINDS
from workflow.machine import ACTS


class Command(BaseCommand):
    """Write the index of the law."""

    help = "生成 docs/law-index.md；--check 只核对"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="只核对，不写文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or refuse when it differs."""
        path = Path(settings.BASE_DIR) / "docs" / "law-index.md"
        drawn = document(Path(settings.BASE_DIR))
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/law-index.md 与现状不一致，请运行 ./dev manage lawindex")
            return
        path.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"已写入 {path.name}")


def document(root: Path) -> str:
    """Compose the index."""
    letters = {kind.label: "、".join(kind.basis) for kind in KINDS.values() if kind.basis}
    acts = {act.label: act.article for act in ACTS.values()}
    return index.render(
        index.entries(root / "tests"), letters=letters, acts=acts, readings="../law/READINGS.md"
    )

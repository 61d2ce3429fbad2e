"""Check the journal's chains and name the first broken link."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office import journal


class Command(BaseCommand):
    help = "校验留痕链：逐条重算哈希，指出第一处断裂。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", help="只校验一个对象，如 case:12")
        parser.add_argument("--all", action="store_true", help="列出全部断裂，而不止第一处")
        parser.add_argument("--save-heads", metavar="FILE", help="校验通过后把各链头写入文件，另行保管")
        parser.add_argument("--against", metavar="FILE", help="与先前保存的链头比对，可发现尾部被删")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        expected = _read_heads(options["against"]) if options["against"] else None
        if expected is not None and options["subject"]:
            expected = {name: head for name, head in expected.items() if name == options["subject"]}
        broken = 0
        for fault in journal.verify(options["subject"], expected):
            broken += 1
            self.stderr.write(self.style.ERROR(str(fault)))
            if not options["all"]:
                break
        if broken:
            raise CommandError("留痕链已断裂，见上。" if not options["all"] else f"共{broken}处断裂。")
        total = journal.count()
        spent = time.monotonic() - started
        self.stdout.write(f"留痕链完好：{total} 条，用时 {spent:.1f} 秒。")
        if options["save_heads"]:
            lines = [f"{subject} {seq} {digest}\n" for subject, seq, digest in journal.heads()]
            Path(options["save_heads"]).write_text("".join(lines), encoding="utf-8")
            self.stdout.write(f"已写出 {len(lines)} 个链头。")


def _read_heads(path: str) -> dict[str, tuple[int, str]]:
    found = {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit():
            raise CommandError(f"{path} 第{number}行不是“对象 序号 哈希”。")
        found[parts[0]] = (int(parts[1]), parts[2])
    return found

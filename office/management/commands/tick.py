"""Run the chores: by cron, by a timer, or in a loop beside a worker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from office import tick
from office.today import now


class Command(BaseCommand):
    """Remind, send and catch up; safe to run twice."""

    help = "运行例行作业（提醒、发件、补做）；可重复运行，不会重复发送"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --every."""
        parser.add_argument(
            "--every", type=int, default=0, metavar="秒", help="每隔若干秒运行一次，直到被停止"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once, or again and again."""
        while True:
            done = tick.run(now())
            self.stdout.write(
                "、".join(f"{name} {count}" for name, count in done.items()) or "另一进程正在运行"
            )
            if not options["every"]:
                return
            time.sleep(options["every"])

"""Run the chores: by cron, by a timer, or in a loop beside a worker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from office import tick
from office.today import now


class Command(BaseCommand):
    """Remind, send and catch up; safe to run twice."""

    help = "运行例行作业（提醒、发件、补做、清理）；可重复运行，不会重复发送"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --every."""
        parser.add_argument(
            "--every", type=int, default=0, metavar="秒", help="每隔若干秒运行一次，直到被停止"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once, or again and again; a chore that fails ends a single run with 1 and a loop never."""
        if not options["every"]:
            self._once()
            return
        while True:
            try:
                self._once()
            except CommandError as error:
                self.stderr.write(str(error))
            time.sleep(options["every"])
            close_old_connections()

    def _once(self) -> None:
        try:
            done = tick.run(now())
        except ExceptionGroup as failures:
            names = "、".join(type(failure).__name__ for failure in failures.exceptions)
            raise CommandError(f"有作业失败（{names}），详见日志；其余作业已照常运行") from failures
        except DatabaseError as error:
            raise CommandError(f"数据库暂时不可用（{type(error).__name__}），例行作业未运行") from error
        self.stdout.write("、".join(f"{name} {count}" for name, count in done.items()) or "另一进程正在运行")

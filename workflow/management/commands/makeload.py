"""Fill an empty database with made-up cases for measurements."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.errors import Refusal
from office.today import today
from workflow.load.run import Order, load


class Command(BaseCommand):
    """Fill an empty database with valid cases, clocks, chains and papers, the same for the same seed."""

    help = "向空库装入虚构的案件，供测量用（PostgreSQL 用 COPY，SQLite 用批量插入）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many cases, over how many years, and the seed."""
        parser.add_argument("--cases", type=int, required=True, help="案件数")
        parser.add_argument("--years", type=int, default=5, help="最近几年（缺省 5）")
        parser.add_argument("--seed", type=int, default=1, help="随机种子：同一种子装入同样的案件")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="进程数（PostgreSQL）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the load and print its rate."""
        order = Order(
            cases=options["cases"], years=options["years"], seed=options["seed"], until=today(),
            processes=max(1, options["processes"]),
        )  # fmt: skip
        try:
            seconds = load(order, self.stderr.write)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{order.cases} cases in {seconds:.1f} s: {order.cases / seconds:,.0f} cases/s, "
            f"{seconds / order.cases * 1_000_000 / 60:.1f} minutes for a million"
        )

"""Rebuild what cases keep of their events and items."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.actors import SystemActor
from office.today import now, today
from workflow import recompute
from workflow.models import Case
from workflow.selectors.timeliness import open_cases


class Command(BaseCommand):
    """Rebuild what cases keep of their events and items, and report every difference."""

    help = "按期限事件和申请事项重算案件上缓存的日期和答复结果，并报告差异；--check 只比对不改写。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to look at and whether to write."""
        parser.add_argument("--check", action="store_true", help="只比对，有差异时以 1 退出")
        parser.add_argument("--open", action="store_true", help="只看在办的案件")
        parser.add_argument("--every", type=int, default=1, metavar="N", help="每 N 件抽看一件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the cases batch by batch."""
        cases = open_cases(Case.objects.all()) if options["open"] else Case.objects.all()
        cases = recompute.every_nth(cases, options["every"])
        if options["check"]:
            batches = recompute.check(cases, on=today())
        else:
            batches = recompute.rebuild(cases, by=SystemActor("recompute"), on=today(), now=now())
        read, found, moved = recompute.total(batches)
        for difference in found:
            self.stdout.write(str(difference))
        self.stdout.write(f"核对 {read} 件，差异 {len(found)} 处，随日期推移更新 {moved} 件")
        if options["check"] and found:
            raise CommandError(
                "案件上缓存的内容与期限事件或者申请事项不符；去掉 --check 重新计算", returncode=1
            )

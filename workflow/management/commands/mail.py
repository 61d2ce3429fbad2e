"""Take in what the mail server reports: manage.py mail bounced < message (a pipe of the mail server's)."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.errors import Refusal
from office.today import now
from workflow.mail_door import take_report


class Command(BaseCommand):
    """Read one delivery status notification from standard input and enter what it says."""

    help = "邮件系统的退信、到达报告：mail bounced < 退信原文"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, says in (("bounced", "登记退信"), ("report", "登记退信或者到达报告")):
            verbs.add_parser(verb, help=f"{says}，从标准输入读报告原文")

    def handle(self, *_: Any, **options: Any) -> None:
        """Enter the report."""
        try:
            self.stdout.write(take_report(sys.stdin.buffer.read(), now=now()))
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

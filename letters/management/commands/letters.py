"""Render many papers, list the kinds, show what facts a kind takes: manage.py letters render|contact-sheet|kinds|rules|facts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from letters import samples
from letters.catalogue import KINDS, kind_of
from letters.contact_sheet import contact_sheet
from letters.errors import UnknownKind
from letters.from_outside import Unreadable, save
from letters.in_bulk import BAD, BLOCKED, DONE, KEPT, render_folder
from letters.lint.handbook import written
from letters.print_shop import drawn_samples, print_samples
from office.today import today

BAD_INPUT, STOPPED = 2, 4
WORDS = {DONE: "已生成", KEPT: "此前已生成", BLOCKED: "检查不通过", BAD: "要素有误"}


class Command(BaseCommand):
    """Render papers in bulk; needs no database."""

    help = "批量生成文书，列出文种，列出文种的要素；不需要数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        render = verbs.add_parser("render", help="生成 PDF")
        what = render.add_mutually_exclusive_group()
        what.add_argument("--all-samples", action="store_true", help="每一文种一份样张")
        what.add_argument(
            "--facts-dir", type=Path, help="要素文件的目录，每个 .json 一份文书；中断后再运行即接着做"
        )
        render.add_argument("--out", type=Path, required=True, help="目录")
        render.add_argument("--kind", default="", help="要素文件没有写明文种（kind）时用的文种")
        render.add_argument(
            "--on", metavar="DATE", default="", help="要素文件没有写明日期（on）时的成文日期，默认今天"
        )
        render.add_argument("--draft", action="store_true", help="加“草稿”水印，不编号")
        sheet = verbs.add_parser("contact-sheet", help="全部样张首页的缩略图")
        sheet.add_argument("--out", type=Path, required=True, help="PNG 文件")
        verbs.add_parser("kinds", help="列出文种")
        verbs.add_parser("rules", help="打印败诉风险检查的规则（docs/lint.md）")
        facts = verbs.add_parser("facts", help="打印一个文种的样例要素（JSON），可直接用于 manage.py letter")
        facts.add_argument("kind", help="文种")

    def handle(self, *_: Any, **options: Any) -> None:
        """Render, or list."""
        try:
            verbs = {
                "render": self._render, "contact-sheet": self._sheet, "kinds": self._kinds, "facts": self._facts,
                "rules": self._rules,
            }  # fmt: skip
            verbs[options["verb"]](options)
        except (Unreadable, UnknownKind) as error:
            known = f"；可用的文种：{'、'.join(KINDS)}" if isinstance(error, UnknownKind) else ""
            self.stderr.write(f"{error.message}{known}")
            sys.exit(BAD_INPUT)

    def _kinds(self, options: dict[str, Any]) -> None:
        for code, row in KINDS.items():
            self.stdout.write(f"{code}\t{row.label}\t致{row.recipient}\t{'、'.join(row.basis)}")

    def _rules(self, options: dict[str, Any]) -> None:
        self.stdout.write(written(), ending="")

    def _facts(self, options: dict[str, Any]) -> None:
        kind = kind_of(options["kind"])
        told = {"on": samples.ON.isoformat(), **samples.facts(kind.code)}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _sheet(self, options: dict[str, Any]) -> None:
        save(options["out"], contact_sheet(drawn_samples()))
        self.stdout.write(f"已写入 {options['out']}")

    def _render(self, options: dict[str, Any]) -> None:
        if options["all_samples"]:
            count = print_samples(options["out"], self.stdout.write)
            self.stdout.write(f"共 {count} 份，已写入 {options['out']}")
            return
        if options["facts_dir"] is None:
            raise Unreadable(
                "facts-dir", "请用 --all-samples 指明生成全部样张，或者用 --facts-dir 指明要素文件的目录"
            )
        if options["kind"]:
            kind_of(options["kind"])
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else today()
        except ValueError:
            raise Unreadable("on", f"“{options['on']}”不是日期，应写作 2026-11-20") from None
        self._folder(options, on)

    def _folder(self, options: dict[str, Any], on: date) -> None:
        counted: Counter[str] = Counter()
        rows = render_folder(
            options["facts_dir"], options["out"], on=on, kind=options["kind"], draft=options["draft"]
        )
        for number, whole, row in rows:
            counted[row.state] += 1
            said = "：" + "；".join(row.messages) if row.messages else ""
            where = self.stdout if row.state in (DONE, KEPT) else self.stderr
            where.write(f"{number}/{whole} {row.file} {WORDS[row.state]}{said}")
        told = "，".join(f"{WORDS[state]} {counted[state]}" for state in WORDS if counted[state])
        self.stdout.write(f"共 {sum(counted.values())} 份：{told}")
        if counted[BAD]:
            sys.exit(BAD_INPUT)
        if counted[BLOCKED]:
            sys.exit(STOPPED)

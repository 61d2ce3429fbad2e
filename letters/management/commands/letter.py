"""Render one paper from a file of facts: manage.py letter KIND --facts F.json --out F.pdf."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from letters import lint
from letters.compose_paper import compose
from letters.errors import BadFacts, CannotTypeset, UnknownKind
from letters.print_shop import printed
from office.today import today

BAD_FACTS, BLOCKED = 2, 4


class Command(BaseCommand):
    """Compose, lint and render one paper; exit 0, 2 for bad facts, 4 when the lint stops it."""

    help = "由要素文件生成一份文书，不需要数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("kind", help="文种，如 reply_refuse")
        parser.add_argument("--facts", type=Path, required=True, help="要素（JSON）")
        parser.add_argument("--out", type=Path, help="PDF 文件")
        parser.add_argument("--on", type=date.fromisoformat, help="成文日期，默认今天")
        parser.add_argument("--number", default="", help="文号，默认留空")
        parser.add_argument("--draft", action="store_true", help="加“草稿”水印，不编号")
        parser.add_argument("--lint-only", action="store_true", help="只检查，不生成")
        parser.add_argument("--json", action="store_true", help="检查结果以 JSON 输出")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compose, lint, render."""
        on = options["on"] or today()
        try:
            facts = json.loads(options["facts"].read_text(encoding="utf-8"))
            composed = compose(options["kind"], facts, on=on)
        except (BadFacts, UnknownKind) as error:
            self._leave(BAD_FACTS, error.message, error.field, as_json=options["json"])
        except (OSError, json.JSONDecodeError) as error:
            self._leave(BAD_FACTS, f"要素文件无法读取：{error}", "facts", as_json=options["json"])
        findings = lint.check(composed, facts)
        self._report(findings, as_json=options["json"])
        if any(finding.severity == lint.BLOCK for finding in findings):
            sys.exit(BLOCKED)
        if options["lint_only"]:
            return
        if options["out"] is None:
            self._leave(BAD_FACTS, "请用 --out 指明 PDF 文件", "out", as_json=options["json"])
        try:
            made = printed(composed, facts, on=on, number=options["number"], draft=options["draft"])
        except CannotTypeset as error:
            self._leave(BAD_FACTS, error.message, None, as_json=options["json"])
        options["out"].write_bytes(made)

    def _leave(self, code: int, message: str, field: str | None, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": message, "field": field}, ensure_ascii=False))
        else:
            self.stderr.write(f"{message}（{field}）" if field else message)
        sys.exit(code)

    def _report(self, findings: list[lint.Finding], *, as_json: bool) -> None:
        if as_json:
            rows = [finding.as_dict() for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for finding in findings:
            word = "不得签发" if finding.severity == lint.BLOCK else "提示"
            basis = f"〔{finding.article}〕" if finding.article else ""
            self.stderr.write(f"{word}：{finding.message}{basis}")

"""Render one paper from facts, or lint it: manage.py letter KIND --facts F.json --out F.pdf."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from letters import lint
from letters.catalogue import KINDS, kind_of
from letters.compose_paper import LETTER_FORMS, set_in
from letters.digital_signature import CannotSign, signed
from letters.errors import BadFacts, CannotTypeset, UnknownKind
from letters.from_outside import Unreadable, facts_from, paper_from, save, text_from
from letters.print_shop import printed
from office.today import today

BAD_FACTS, BLOCKED = 2, 4
STDIN = "-"


class Command(BaseCommand):
    """Compose, lint and render one paper; exit 0, 2 for bad facts, 4 when the lint stops it."""

    help = "由要素文件生成一份文书，或者只检查，不需要数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("kind", help="文种，如 reply_refuse；manage.py letters kinds 列出全部")
        parser.add_argument("--facts", required=True, help="要素（JSON 文件），- 为标准输入")
        parser.add_argument("--out", type=Path, help="PDF 文件")
        parser.add_argument(
            "--on", metavar="DATE", help="成文日期，如 2026-11-20；默认要素中的 on，没有的为今天"
        )
        parser.add_argument("--number", default="", help="文号，默认留空")
        parser.add_argument(
            "--format",
            choices=LETTER_FORMS,
            help="公文版式：letter 信函格式，document 文件格式；默认按机关的设置",
        )
        parser.add_argument("--draft", action="store_true", help="加“草稿”水印，不编号")
        parser.add_argument("--sign", action="store_true", help="用 SIGN_PKCS12 的密钥作数字签名")
        parser.add_argument("--lint-only", action="store_true", help="只检查，不生成")
        parser.add_argument(
            "--text", metavar="FILE", help="检查在别处写成或者改过的文本（纯文本，一段一行），不生成"
        )
        parser.add_argument("--json", action="store_true", help="检查结果以 JSON 输出")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compose, lint, render."""
        self.as_json: bool = options["json"]
        try:
            kind = kind_of(options["kind"]).code
            facts, beside = paper_from(facts_from(options["facts"], sys.stdin))
            told = options["on"] or beside.get("on")
            on = self._day(told)
            facts = set_in(kind, facts if told else _assumed(facts), options["format"])
            text = text_from(options["text"], sys.stdin) if options["text"] else None
            if text is not None:
                self._judge(lint.check_text(kind, text, facts, on=on))
                return
            self._paper(kind, facts, on, options)
        except UnknownKind as error:
            self._refuse([BadFacts("kind", f"{error.message}；可用的文种：{'、'.join(KINDS)}")])
        except (BadFacts, Unreadable) as error:
            self._refuse([error])
        except CannotTypeset as error:
            self._refuse([BadFacts("text", error.message)])
        except CannotSign as error:
            self._refuse([BadFacts("sign", error.message)])

    def _paper(self, kind: str, facts: Mapping[str, Any], on: date, options: Mapping[str, Any]) -> None:
        linted = lint.lint_facts(kind, facts, on=on)
        only = options["lint_only"]
        # A rule of the lint may speak of what is missing; without a paper to show, what is missing is named.
        bad = (
            linted.bad if only or _stopped_by_law(linted) else (*linted.gaps, *filter(None, [linted.refusal]))
        )
        if bad:
            self._refuse(bad, linted.findings)
        if not only and options["out"] is None and not any(f.blocks for f in linted.findings):
            self._refuse([BadFacts("out", "请用 --out 指明 PDF 文件")], linted.findings)
        self._judge(linted.findings)
        if only:
            return
        assert linted.composed is not None  # nothing is missing, and nothing stopped it
        made = printed(linted.composed, facts, on=on, number=options["number"], draft=options["draft"])
        save(options["out"], signed(made, reason=linted.composed.title) if options["sign"] else made)

    def _day(self, told: Any) -> date:
        if not told:
            return today()
        try:
            return date.fromisoformat(str(told))
        except ValueError:
            raise BadFacts("on", f"“{told}”不是日期，应写作 2026-11-20") from None

    def _judge(self, findings: Sequence[lint.Finding]) -> None:
        """Tell the findings, and leave where one of them stops the paper."""
        if self.as_json:
            self.stdout.write(
                json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2)
            )
        self._list(() if self.as_json else findings)
        if any(finding.blocks for finding in findings):
            sys.exit(BLOCKED)

    def _list(self, findings: Sequence[lint.Finding]) -> None:
        for finding in findings:
            word = "不得签发" if finding.blocks else "提示"
            self.stderr.write(
                f"{word}：{finding.message}〔{finding.article}〕"
                f"\n　　原因：{finding.reason}\n　　改正：{finding.mend.label}（{finding.mend.target}）"
            )

    def _refuse(
        self, errors: Sequence[BadFacts | Unreadable], findings: Sequence[lint.Finding] = ()
    ) -> NoReturn:
        """Name every fact that cannot be used, and leave."""
        if self.as_json:
            answer = {
                "error": errors[0].message, "field": errors[0].field,
                "fields": [{"field": error.field, "message": error.message} for error in errors],
                "findings": [finding.as_dict() for finding in findings],
            }  # fmt: skip
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        for error in () if self.as_json else errors:
            self.stderr.write(f"{error.message}（{error.field}）" if error.field else error.message)
        self._list(() if self.as_json else findings)
        sys.exit(BAD_FACTS)


def _assumed(facts: dict[str, Any]) -> dict[str, Any]:
    """Note that the paper's day is only today's, so that old facts are not taken for a late reply."""
    known = facts.get("register")
    if known is not None and not isinstance(known, dict):
        return facts
    return {**facts, "register": {**(known or {}), "day_assumed": True}}


def _stopped_by_law(linted: lint.Linted) -> bool:
    """Say whether all that keeps a paper from being composed is what the law forbids, not a fact left out."""
    return bool(linted.gaps) and all(gap.fact == "reconsideration_online" for gap in linted.gaps)

"""The lint (败诉风险检查): what would lose in reconsideration is found before signature."""

from letters.lint.check import check, check_text
from letters.lint.finding import BLOCK, WARN, Finding, Mend, Rule, rules
from letters.lint.gaps import Linted, lint_facts

__all__ = [
    "BLOCK", "WARN", "Finding", "Linted", "Mend", "Rule", "check", "check_text", "lint_facts", "rules",
]  # fmt: skip

"""The lint (败诉风险检查): what would lose in reconsideration is found before signature."""

from letters.lint.check import check, check_text
from letters.lint.finding import BLOCK, WARN, Finding, Mend, Rule, rules

__all__ = ["BLOCK", "WARN", "Finding", "Mend", "Rule", "check", "check_text", "rules"]

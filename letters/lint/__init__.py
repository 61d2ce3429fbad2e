"""The lint (败诉风险检查): what would lose in reconsideration is found before signature."""

from letters.lint.check import check
from letters.lint.finding import BLOCK, WARN, Finding

__all__ = ["BLOCK", "WARN", "Finding", "check"]

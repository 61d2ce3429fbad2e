"""Rows of the papers' floor, a file for each."""

from .paper import Paper
from .series import NumberSeries

__all__ = ["NumberSeries", "Paper"]

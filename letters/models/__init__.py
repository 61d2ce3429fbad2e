"""Rows of the papers' floor, a file for each."""

from .own_wording import OwnWording
from .paper import Paper
from .series import NumberSeries

__all__ = ["NumberSeries", "OwnWording", "Paper"]

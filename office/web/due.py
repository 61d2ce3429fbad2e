"""How near a due date is: one level, one word and one shape for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe

from .dates import short_day

SHAPES = {
    "overdue": '<path d="M6 1 11.5 11H.5z"/>',
    "today": '<path d="M6 .5 11.5 6 6 11.5.5 6z"/>',
    "soon": '<circle cx="6" cy="6" r="5.5"/>',
    "near": '<path d="M6 .5a5.5 5.5 0 0 1 0 11z"/><circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" '
    'stroke-width="1.5"/>',
    "later": '<circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "paused": '<path d="M2 1h3v10H2zM7 1h3v10H7z"/>',
    "done": '<path d="m1 6.5 1.5-1.5L5 7.5 9.5 2 11 3.5 5 10.5z"/>',
}


@dataclass(frozen=True)
class Due:
    """A due date's level (a CSS class), its headline and its explanation."""

    level: str
    headline: str
    subline: str

    @property
    def text(self) -> str:
        """Join headline and explanation for a badge in a list."""
        return f"{self.headline}（{self.subline}）" if self.subline else self.headline

    @property
    def shape(self) -> SafeString:
        """Draw the level's shape, so that colour is never the only sign."""
        return mark_safe(  # noqa: S308 - constants of this module only
            f'<svg viewBox="0 0 12 12" fill="currentColor" aria-hidden="true" focusable="false">'
            f"{SHAPES[self.level]}</svg>"
        )


def due(
    due_on: date | datetime | str | None, left: int | None, *, status: str = "", provisional: bool = False
) -> Due:
    """Tell how near a due date is.

    `left` counts working days from today to `due_on` (0 = due today, negative = overdue);
    `status` may be "paused", "stopped" (something is awaited), "done", "late" (done after its date) or "none".
    """
    until = f"{short_day(due_on)}止" if due_on else ""
    if status == "done":
        return Due("done", "已按期办结", "")
    if status == "late":
        return Due("overdue", "已办结，曾逾期", "")
    if status == "paused":
        return Due("paused", "暂停计时", f"暂计{until}" if until else "")
    if status == "stopped":
        return Due("later", "停止计时", "")
    if due_on is None or left is None or status == "none":
        return Due("later", "不计期限", "")
    if provisional:
        until = f"暂定{until}"
    if left < 0:
        return Due("overdue", f"逾期 {-left} 个工作日", until)
    if left == 0:
        return Due("today", "今天到期", until)
    level = "soon" if left <= 3 else "near" if left <= 10 else "later"
    return Due(level, f"还剩 {left} 个工作日", until)

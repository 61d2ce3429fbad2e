"""The Regulation's terms as the applicant's pages name them, in working days, from the law's own values."""

from __future__ import annotations

from datetime import date

from law.values import value

KEYS = {
    "reply": "art33.reply_days",
    "extension": "art33.extension_days_max",
    "supplement_notice": "art30.notice_days",
}


def terms(on: date) -> dict[str, int]:
    """Give the terms in force on a day: reply, extension, supplement_notice (条例30, 33)."""
    return {name: int(value(key, on)) for name, key in KEYS.items()}

"""Chinese wording of days on the case floor."""

import datetime as dt


def chinese_date(day: dt.date) -> str:
    """Write a day as 2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"

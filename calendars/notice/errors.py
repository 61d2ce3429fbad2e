"""Why a notice is refused, in words a clerk understands."""

from __future__ import annotations

from calendars.errors import CalendarError


class BadNotice(CalendarError):
    """Say what in the text cannot be understood or does not add up; `where` quotes it."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message + (f"（见“{where}”）" if where else ""))
        self.where = where

"""Notices entered in the database, and which edition of the calendar is in force."""

from calendars.models.edition import Edition
from calendars.models.stored_notice import StoredNotice

__all__ = ["Edition", "StoredNotice"]

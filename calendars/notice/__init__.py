"""Read a State Council notice on days off (部分节假日安排的通知) and check that it adds up."""

from calendars.notice.checks import check, doubts
from calendars.notice.errors import BadNotice
from calendars.notice.reader import Draft, Understood, read_notice
from calendars.notice.writer import to_toml

__all__ = ["BadNotice", "Draft", "Understood", "check", "doubts", "read_notice", "to_toml"]

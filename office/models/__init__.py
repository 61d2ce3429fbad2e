"""The rows of the office floor."""

from .datakey import DataKey
from .delegation import Delegation
from .journalentry import JournalEntry
from .latch import Latch, RateWindow
from .officetree import Kind, Level, Office, Unit
from .outboxmessage import OutboxMessage
from .parameter import OfficeParameter
from .post import Post
from .storedfile import StoredFile
from .user import User

__all__ = [
    "DataKey",
    "Delegation",
    "JournalEntry",
    "Kind",
    "Latch",
    "Level",
    "Office",
    "OfficeParameter",
    "OutboxMessage",
    "Post",
    "RateWindow",
    "StoredFile",
    "Unit",
    "User",
]

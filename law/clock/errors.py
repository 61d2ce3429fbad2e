"""What the clock refuses: events that cannot have happened so, and input it cannot read."""

from __future__ import annotations

from law.errors import LawError


class ImpossibleEvent(LawError):
    """Say that an event cannot have happened at its place; `code` names the fault."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BadEvent(LawError):
    """Say which field of an event or of the clock's input cannot be read."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}：{message}")
        self.field = field

"""What the law refuses, by name; `message` is Chinese and says what to do."""

from __future__ import annotations

from datetime import date


class LawError(Exception):
    """Stand for every refusal of this floor."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownValue(LawError):
    """Say that no value of this name is in force on the day."""

    def __init__(self, key: str, on: date | None = None) -> None:
        super().__init__(f"没有名为 {key} 的规定值。" if on is None else f"{on} 没有有效的规定值 {key}。")
        self.key = key
        self.on = on


class NotOverridable(LawError):
    """Say that a value fixed by the text itself cannot be replaced by an office's parameter."""

    def __init__(self, key: str, citation: str) -> None:
        super().__init__(f"{key} 由{citation}明文规定，机关不得以参数改变。")
        self.key = key


class BadTable(LawError):
    """Say that a table of values contradicts itself; found when the tables are read."""


class BadFacts(LawError):
    """Say which fact about an office or a request is missing or unknown."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

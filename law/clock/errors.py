"""What the clock refuses: events that cannot have happened so, and input it cannot read."""

from __future__ import annotations

from law.errors import LawError

SHOWN = 40


class ImpossibleEvent(LawError):
    """Say that an event cannot have happened at its place; `code` names the fault.

    `event` is the event refused, `field` its place in the input where that is known.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.event: object = None
        self.field = ""


class BadEvent(LawError):
    """Say which field of an event or of the clock's input cannot be read."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}：{message}")
        self.field = field


def quoted(raw: object) -> str:
    """Quote a value as it was given, in JSON's words and cut short, so that a refusal stays readable."""
    if raw is None:
        return "“null”"
    if isinstance(raw, bool):
        return f"“{str(raw).lower()}”"
    if isinstance(raw, dict):
        return "一个对象"
    if isinstance(raw, list | tuple):
        return "一个列表"
    if isinstance(raw, int) and abs(raw) >= 10**SHOWN:
        return "一个很大的数"
    text = str(raw)
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN]}……”"

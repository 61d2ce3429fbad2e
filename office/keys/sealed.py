"""A value that is sealed: it shows itself as a mask everywhere, and as text only when asked."""

from __future__ import annotations

from typing import Any

from .cipher import seal, unseal

MASK = "已加密"


class Sealed:
    """Sealed text as a model field gives it; str, repr, logs and templates see a mask."""

    __slots__ = ("_token",)

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def of(cls, text: str) -> Sealed:
        """Seal a text; nothing stays nothing."""
        return cls(seal(text) if text else "")

    @property
    def token(self) -> str:
        """Return the sealed token, as it is stored."""
        return self._token

    def reveal(self) -> str:
        """Return the text. The caller journals reads of identity data."""
        return unseal(self._token) if self._token else ""

    def masked(self, shown: int = 4) -> str:
        """Return the text with all but its last characters starred; a short text is starred whole."""
        text = self.reveal()
        if len(text) <= shown * 2:
            return "*" * len(text)
        return "*" * (len(text) - shown) + text[-shown:]

    def __bool__(self) -> bool:
        return bool(self._token)

    def __str__(self) -> str:
        return MASK if self._token else ""

    def __repr__(self) -> str:
        return f"<{MASK}>" if self._token else "<空>"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Sealed):
            return NotImplemented
        return self._token == other._token or (bool(self) and bool(other) and self.reveal() == other.reveal())

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> Any:
        return (Sealed, (self._token,))

"""What the reading of a published report refuses."""

from __future__ import annotations

from law.errors import LawError


class Unreadable(LawError):
    """Say why a report cannot be read, and what to do."""

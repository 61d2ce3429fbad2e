"""What can be wrong with a file."""

from ..errors import Refusal


class BadFile(Refusal):
    """A file that is not taken in, with the reason and the way out in Chinese."""


class FileDamaged(RuntimeError):
    """Raised when a stored file is missing or is not what was put in; for operators, not for screens."""

"""Records of the intake floor."""

from .attempt import Attempt

__all__ = ["Attempt"]

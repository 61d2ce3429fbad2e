"""The outbox (发件箱): what is to leave after the transaction that decided it, sent once."""

from .delivering import Outcome, deliver, handler
from .posting import post

__all__ = ["Outcome", "deliver", "handler", "post"]

"""Why a file is not taken."""

from __future__ import annotations


class Unfit(Exception):
    """A file that is refused, with a code and the Chinese sentence that says what to do instead."""

    #: The most memory of the process that refused it, where one did.
    peak_kib = 0

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message

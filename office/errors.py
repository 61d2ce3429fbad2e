"""Refusals: what a person may read when the house says no."""


class Refusal(Exception):
    """A refusal with a code for machines and a Chinese message that says what to do."""

    def __init__(self, code: str, message: str, *, field: str | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.field = field


class NeverDeleted(Refusal):
    """Raised when somebody tries to delete a row that may only be deactivated."""

    def __init__(self, what: str) -> None:
        super().__init__("never_deleted", f"{what}不得删除，只能停用。")

"""What a probe found, told without repeating the secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WHOLE, FRAGMENT, UNCOVERED = "whole", "fragment", "uncovered"
_HOW = {WHOLE: "完整出现", FRAGMENT: "部分出现", UNCOVERED: "没有被遮盖"}


@dataclass(frozen=True, order=True)
class Finding:
    """One secret in one place.

    :param secret: which secret, from 1, as it was handed in; it is never repeated in a message
    :param name: what to call it for a person, such as “第2项”
    :param where: the place in words, such as “第3页正文” or “附件 表.xlsx › 隐藏工作表”
    :param how: `whole`, `fragment` (six characters or more of it), or `uncovered` (visible, without a box)
    :param page: the page it is on, from 1, where it is on one
    """

    secret: int
    name: str
    where: str
    how: str = WHOLE
    page: int | None = None

    def sentence(self) -> str:
        """Return a Chinese sentence that says what is where."""
        return f"{self.name}在{self.where}{_HOW[self.how]}"

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "secret": self.secret, "name": self.name, "where": self.where, "how": self.how, "page": self.page,
            "message": self.sentence(),
        }  # fmt: skip

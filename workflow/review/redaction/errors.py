"""Refusals of redaction: a plan that cannot be carried out, a file that cannot be read, a copy that is not clean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from office.errors import Refusal

if TYPE_CHECKING:
    from workflow.review.redaction.findings import Finding


class BadPlan(Refusal):
    """Raised for a plan that is no plan; `field` says where in it, such as `marks[2].box`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__("bad_plan", message, field=field)


class BadSource(Refusal):
    """Raised for a file that is missing, damaged, locked by a password, or of a kind that is not redacted."""

    def __init__(self, message: str, *, field: str = "in") -> None:
        super().__init__("bad_source", message, field=field)


class NotLocated(Refusal):
    """Raised where a string of the plan is nowhere in the source; nothing is written."""

    def __init__(self, numbers: Sequence[int], message: str) -> None:
        super().__init__("not_located", message, field=f"strings[{numbers[0]}]")
        #: Places of the strings in the plan, from 0; never the strings themselves.
        self.numbers = tuple(numbers)


class Leaks(Refusal):
    """Raised where the proof found something in the finished copy; the copy is thrown away."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        told = "；".join(finding.sentence() for finding in findings[:20])
        more = f"……共{len(findings)}处" if len(findings) > 20 else ""
        super().__init__("leaks", f"遮盖副本未通过验证，没有输出：{told}{more}")
        self.findings = tuple(findings)

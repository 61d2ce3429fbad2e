"""条例第十七条: every reply is reviewed before it leaves; what cannot be told goes up, and the clock runs on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from law.values import flag, text


class Doubt(StrEnum):
    """Name to whom doubtful information is reported."""

    DEPARTMENT = "department"
    SECRECY = "secrecy"

    @property
    def label(self) -> str:
        """Name it in Chinese."""
        return {"department": "有关主管部门", "secrecy": "保密行政管理部门"}[self.value]


def reviews_needed(on: date, *, legal: bool = False) -> tuple[str, ...]:
    """List the reviews a reply passes before signature: secrecy and de-identification always.

    :param legal: whether the office keeps a legal review (法制审核) besides
    """
    always = tuple(text("art17.always", on).split(","))
    return (*always, "legal") if legal else always


def report_to(*, state_secret_in_doubt: bool) -> Doubt:
    """Tell who decides where the office cannot tell whether information may be disclosed."""
    return Doubt.SECRECY if state_secret_in_doubt else Doubt.DEPARTMENT


def report_stops_clock(on: date) -> bool:
    """Say whether reporting a doubt stops the clock: by the reading it does not (READINGS R23)."""
    return flag("art17.report_stops_clock", on)

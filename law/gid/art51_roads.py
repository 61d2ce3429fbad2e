"""条例第五十一条: who holds that the office has infringed their rights may complain, ask for reconsideration, or sue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from law.outcomes import Outcome
from law.remedies import OfficeFacts, remedy


@dataclass(frozen=True, slots=True)
class Road:
    """Hold one road: its name, who is asked, and whether it is open before the others were taken."""

    name: str
    to: str
    open_at_once: bool


def roads(outcome: Outcome | str, office: OfficeFacts, on: date, *, supervisor: str) -> tuple[Road, ...]:
    """List the roads against a reply signed on a day: complaint, reconsideration, suit.

    :param supervisor: the supervising office, or the organ above, that takes complaints (条例47、51)
    """
    found = remedy(outcome, office, on)
    complaint = Road("投诉、举报", supervisor, True)
    if found.cls == "P":
        return (complaint,)
    return (
        complaint,
        Road("行政复议", found.body, True),
        Road("行政诉讼", found.court, found.suit_months is not None),
    )

"""条例第四十七条、第五十二条、第五十三条: what the supervising office may do, and what only the organ above may."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """Name what may follow when an office has not done its duty."""

    URGE = "rectify"
    CRITICISE = "criticise"
    ORDER = "order"
    DISCIPLINE = "discipline"

    @property
    def label(self) -> str:
        """Name it in Chinese."""
        return {
            "rectify": "督促整改",
            "criticise": "通报批评",
            "order": "责令改正",
            "discipline": "依法处分",
        }[self.value]


def measures(*, superior: bool) -> tuple[Measure, ...]:
    """List what an organ may do: the supervising office urges and criticises, only the organ above orders.

    :param superior: whether it is the administrative organ one level above (条例52、53), not the supervising office
    """
    own = (Measure.URGE, Measure.CRITICISE)
    return (*own, Measure.ORDER, Measure.DISCIPLINE) if superior else own


def upheld_needs(measure: Measure | str) -> tuple[str, ...]:
    """List in Chinese what a measure must name: what to put right and by when; blame names the facts."""
    return ("整改要求", "整改期限") if Measure(measure) in (Measure.URGE, Measure.ORDER) else ("查实的情况",)

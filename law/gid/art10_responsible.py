"""条例第十条: which organ is responsible for disclosing a piece of information."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """Name how the information came to be held."""

    MADE = "made"
    OBTAINED_FROM_PERSON = "obtained_from_person"
    OBTAINED_FROM_ORGAN = "obtained_from_organ"
    MADE_JOINTLY = "made_jointly"


class Responsible(StrEnum):
    """Name who is responsible."""

    MAKER = "maker"
    HOLDER = "holder"
    FIRST_ORGAN = "first_organ"
    LEADING_MAKER = "leading_maker"

    @property
    def label(self) -> str:
        """Name the responsible organ in Chinese."""
        return {
            "maker": "制作该信息的行政机关",
            "holder": "保存该信息的行政机关",
            "first_organ": "制作或者最初获取该信息的行政机关",
            "leading_maker": "牵头制作的行政机关",
        }[self.value]


_RULES = {
    Origin.MADE: Responsible.MAKER,
    Origin.OBTAINED_FROM_PERSON: Responsible.HOLDER,
    Origin.OBTAINED_FROM_ORGAN: Responsible.FIRST_ORGAN,
    Origin.MADE_JOINTLY: Responsible.LEADING_MAKER,
}


def responsible(origin: Origin | str) -> Responsible:
    """Tell who discloses information of an origin (条例10); another organ's is answered under 36(5)."""
    return _RULES[Origin(origin)]


def own_name(*, may_act_in_own_name: bool) -> bool:
    """Say whether a dispatched or internal body answers for its own duties (条例10 第二款)."""
    return may_act_in_own_name

"""What the law must know of an office to name its reconsideration body and its court."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from law.errors import BadFacts
from law.values import Overrides

KINDS = (
    "government",
    "government_office",
    "department",
    "township",
    "zone",
    "vertical",
    "dispatched",
    "authorised",
    "party_gov",
    "justice",
)
LEVELS = ("nation", "province", "city", "county", "township")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Hold an office's kind, level and the names around it; `reconsideration_body` and `court` override the law.

    `readings` are the office's own dated values where the law leaves a choice.
    """

    kind: str
    level: str
    name: str = ""
    government_name: str = ""
    superior_government: str = ""
    superior_department: str = ""
    basic_court: str = ""
    intermediate_court: str = ""
    reconsideration_body: str = ""
    court: str = ""
    reconsideration_online: str = ""
    readings: Overrides = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a kind or a level the law does not know."""
        if self.kind not in KINDS:
            raise BadFacts("office_kind", f"没有名为“{self.kind}”的机关类型，可用：{'、'.join(KINDS)}。")
        if self.level not in LEVELS:
            raise BadFacts("level", f"没有名为“{self.level}”的层级，可用：{'、'.join(LEVELS)}。")

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> OfficeFacts:
        """Take from an office's facts those that matter here; its own readings as days in text or as dates."""
        names = {f.name for f in fields(cls)}
        for required, named in (("kind", "类型"), ("level", "层级")):
            if not facts.get(required):
                raise BadFacts(required, f"缺少机关的{named}（{required}），不能写明救济途径。")
        told = {k: str(v or "") for k, v in facts.items() if k in names and k != "readings"}
        return cls(**told, readings=_readings(facts.get("readings") or {}))


def _readings(told: Mapping[str, Any]) -> Overrides:
    return {
        key: [(start if isinstance(start, date) else date.fromisoformat(start), own) for start, own in pairs]
        for key, pairs in told.items()
    }

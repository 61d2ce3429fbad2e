"""What the law must know of an office to name its reconsideration body and its court."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from law.errors import BadFacts

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
)
LEVELS = ("nation", "province", "city", "county", "township")
LEVEL_NAMES = {
    "nation": "国务院",
    "province": "省（自治区、直辖市）",
    "city": "市",
    "county": "县（市、区）",
    "township": "乡镇",
}
_ABOVE = {"province": "nation", "city": "province", "county": "city", "township": "county"}


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Hold an office's kind, level and the names around it; `reconsideration_body` and `court` override the law."""

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

    def __post_init__(self) -> None:
        """Refuse a kind or a level the law does not know."""
        if self.kind not in KINDS:
            raise BadFacts("office_kind", f"没有名为“{self.kind}”的机关类型，可用：{'、'.join(KINDS)}。")
        if self.level not in LEVELS:
            raise BadFacts("level", f"没有名为“{self.level}”的层级，可用：{'、'.join(LEVELS)}。")

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> OfficeFacts:
        """Take from an office's facts those that matter here."""
        names = {f.name for f in fields(cls)}
        for required in ("kind", "level"):
            if not facts.get(required):
                raise BadFacts(required, f"缺少机关的 {required}。")
        return cls(**{k: str(v or "") for k, v in facts.items() if k in names})

    @classmethod
    def generic(cls, spelling: str) -> OfficeFacts:
        """Describe an unnamed office of a kind, written `department` or with its level, `county_department`.

        A kind without a level is taken at county level, a township at its own.
        """
        level, _, kind = spelling.partition("_")
        if level not in LEVELS or not kind:
            level, kind = "county", spelling
        if spelling == "township" or kind == "township":
            level, kind = "township", "township"
        if kind not in KINDS:
            raise BadFacts(
                "office_kind",
                f"没有名为“{spelling}”的机关类型，可用：{'、'.join(KINDS)}，可冠以 {'、'.join(LEVELS)}，如 county_department。",
            )
        own = "county" if level == "township" else level
        above = _ABOVE.get(own, "nation")
        return cls(
            kind=kind,
            level=level,
            name="本机关",
            government_name=f"本级人民政府（{LEVEL_NAMES[own]}人民政府）" if own != "nation" else "国务院",
            superior_government=f"上一级人民政府（{LEVEL_NAMES[above]}人民政府）"
            if above != "nation"
            else "国务院",
            superior_department="上一级主管部门",
            basic_court="本机关所在地基层人民法院",
            intermediate_court="本机关所在地中级人民法院",
        )

"""Who reconsiders and which court hears: 行政复议法 24–28, 行政诉讼法 14–15."""

from __future__ import annotations

from datetime import date

from law.errors import BadFacts
from law.remedies.office import OfficeFacts
from law.values import text


def _need(value: str, field: str, what: str) -> str:
    if not value:
        raise BadFacts(field, f"缺少{what}，不能写明救济途径；请在机关设置中填写。")
    return value


def _government(office: OfficeFacts) -> str:
    return _need(office.government_name, "government_name", "本级人民政府名称")


def _superior(office: OfficeFacts) -> str:
    return _need(office.superior_department, "superior_department", "上一级主管部门名称")


def _of_government(office: OfficeFacts) -> str:
    """Name the government one level up; a province reconsiders its own acts (复议法24、25)."""
    if office.level in ("province", "nation"):
        return office.name or _government(office)
    return _need(office.superior_government, "superior_government", "上一级人民政府名称")


def _of_township(office: OfficeFacts) -> str:
    """Name the county-level government that set a township or a sub-district up (复议法24)."""
    if office.government_name and office.government_name != office.name:
        return office.government_name
    return _need(office.superior_government, "superior_government", "县级人民政府名称")


def _is_justice(office: OfficeFacts) -> bool:
    named = office.kind == "department" and office.name.endswith(("司法局", "司法厅"))
    return office.kind == "justice" or named


def reconsideration_body(office: OfficeFacts, on: date) -> str:
    """Name the reconsideration body of an office's reply signed on a day (复议法24–28).

    From 2024-01-01 a department's is its own government alone; before, either that or the department above. A
    justice bureau's is either still, and so is that of a city department's dispatched organ: the city's government or
    the one where it sits. Vertically led organs go up their own line; a province and a State Council department
    reconsider their own acts.

    :raises BadFacts: naming the fact about the office that is missing
    """
    if office.reconsideration_body:
        return office.reconsideration_body
    if office.kind == "government":
        return _of_government(office)
    if office.kind == "township":
        return _of_township(office)
    if office.level == "nation":
        return office.name or "本机关"
    if office.kind == "vertical":
        return _superior(office)
    if not goes_to_own_government(on):
        return f"{_government(office)}或者{office.superior_department or '上一级主管部门'}"
    if _is_justice(office):
        return f"{_government(office)}或者{office.superior_department or '上一级司法行政部门'}"
    if office.kind == "dispatched" and office.level == "city":
        return f"{_government(office)}或者本机关所在地人民政府"
    return _government(office)


def goes_to_own_government(on: date) -> bool:
    """Say whether on a day a department's reply goes to its own government alone (复议法24), not to the one above."""
    return text("remedies.basic_scheme", on) != "either_superior"


#: Offices whose body the text does not settle, and which name it themselves (READINGS R15).
_OPEN = frozenset({"government_office", "zone", "party_gov", "authorised", "dispatched"})


def body_is_open(office: OfficeFacts) -> bool:
    """Say whether the law leaves an office's reconsideration body to a reading of the office's own (R15)."""
    return office.kind in _OPEN


def _is_customs(office: OfficeFacts) -> bool:
    return office.kind == "vertical" and office.name.endswith(("海关", "海关总署"))


def court(office: OfficeFacts) -> str:
    """Name the court of first instance: intermediate against a government of county level or above (行诉法15(1)).

    What customs decide is heard by an intermediate court as well (行诉法15(2)).

    :raises BadFacts: naming the court that is missing
    """
    if office.court:
        return office.court
    if office.kind == "government" or office.level == "nation" or _is_customs(office):
        return _need(office.intermediate_court, "intermediate_court", "中级人民法院名称")
    return _need(office.basic_court, "basic_court", "基层人民法院名称")

"""What shape each fact has: a day, a number, a text, a list, a group or rows; whatever is of another is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from letters.errors import BadFacts
from letters.fact_names import NAMES

NUMBERS = frozenset(
    {"days", "total", "already", "wait", "count", "seq", "copies", "batch", "year", "reply_days"}
)
GROUPS = frozenset({"office", "addressee", "handler", "correction", "applicant", "facts"})
ROWS = frozenset({"items", "searches", "entries", "later", "reviews", "papers", "redactions"})
LISTS = frozenset({
    "grounds", "attachments", "copies_to", "consultations", "override_notes", "brackets", "chain", "requests",
    "co_units", "materials_list", "contents", "ticks", "marks",
})  # fmt: skip
# A text of several lines, or a list of texts.
LINES = frozenset({"matters", "measures", "points", "guidance", "counted", "history"})
# Written as a number or in words: 12, 2—4.
COUNTED = frozenset({"pages", "no"})
FLAGS = frozenset({"electronic", "found"})
# Terms in working days: of at least one, and of no more than there are in a year.
TERMS = frozenset({"days"})
LONGEST_TERM = 250
# What is put where something has to be put.
FILLER = re.compile(
    r"[（(]?(?:无|略|不详|未知|没有|同上|同前|暂无|待定|待补充?|N/?A|[xX×*]+|[\s/／、，。.·…—–-]+)[）)]?[。.]?"
)
# Days written otherwise (2026-W47-5), or in years that no paper can speak of, are slips.
ISO = re.compile(r"(?:19|20|21)\d\d(?:-\d\d-\d\d|\d{4})")
# What an office says of itself is more than a paper writes; these a paper writes, or finds its remedies by.
OF_OFFICE = frozenset({
    "name", "doc_code", "phone", "address", "postcode", "disclosure_office", "kind", "level", "government_name",
    "superior_government", "superior_department", "basic_court", "intermediate_court", "reconsideration_body", "court",
    "reconsideration_online", "letter_form",
})  # fmt: skip


def named(fact: str) -> str:
    """Return the Chinese name of a fact for messages."""
    return f"{NAMES[fact]}（{fact}）" if fact in NAMES else fact


def is_blank(value: Any) -> bool:
    """Return whether a fact says nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, ())


def is_filler(value: Any) -> bool:
    """Return whether a fact says no more than a blank does: 无, 不详, 同上, a stroke."""
    return isinstance(value, str) and bool(FILLER.fullmatch(value.strip()))


def iso_day(name: str, value: Any) -> date:
    """Return the day a fact gives as 2026-03-02, or raise BadFacts naming it."""
    try:
        if isinstance(value, date):
            return value
        if not ISO.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadFacts(
            name, f"要素“{named(name.rpartition('.')[2])}”不是日期：{value}，应写作 2026-11-20"
        ) from error


def well_shaped(name: str, value: Any, where: str = "") -> None:
    """Raise BadFacts for a fact that is not of the shape its name promises, or one within it."""
    where = where or name
    if is_blank(value):
        return
    if name == "register":
        # What the register knows is for the lint alone, which takes of it what it understands.
        _need(isinstance(value, Mapping), name, where, "一组名称和内容")
    elif name.endswith("_on"):
        iso_day(where, value)
    elif name in FLAGS:
        _need(isinstance(value, bool), name, where, "是或者否（true、false）")
    elif name in TERMS:
        fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_TERM
        _need(fits, name, where, f"1至{LONGEST_TERM}的整数（工作日）")
    elif name in NUMBERS:
        _need(isinstance(value, int) and not isinstance(value, bool) and value >= 0, name, where, "一个整数")
    elif name in GROUPS:
        _need(isinstance(value, Mapping), name, where, "一组名称和内容")
        _inside(name, value, where)
    elif name in ROWS:
        _need(isinstance(value, list | tuple), name, where, "一个列表，每项为一组名称和内容")
        for n, row in enumerate(value, 1):
            _need(isinstance(row, Mapping), name, f"{where}.{n}", "一个列表，每项为一组名称和内容")
            _inside(name, row, f"{where}.{n}")
    elif name in LISTS or (name in LINES and not isinstance(value, str)):
        listed = isinstance(value, list | tuple) and all(
            isinstance(part, str) and part.strip() for part in value
        )
        _need(listed, name, where, "一个列表，每项为文字")
    else:
        counted = name in COUNTED and isinstance(value, int) and not isinstance(value, bool)
        _need(isinstance(value, str) or counted, name, where, "文字")


def _inside(name: str, group: Mapping[str, Any], where: str) -> None:
    for key, value in group.items():
        if name != "office" or key in OF_OFFICE:
            well_shaped(key, value, f"{where}.{key}")


def _need(fits: bool, name: str, where: str, shape: str) -> None:
    if not fits:
        raise BadFacts(where, f"要素“{named(name)}”应为{shape}")


def whole_characters(value: Any, where: str = "") -> None:
    """Raise BadFacts for a text that holds half a character: no file can hold it, and no page can show it."""
    if isinstance(value, str):
        # Half a pair of surrogates, as a cut text in JSON leaves it.
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise BadFacts(where or "facts", "文字中有不完整的字符（半个代理对），请重新填写这一处")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            whole_characters(str(key), where)
            whole_characters(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value, 1):
            whole_characters(inner, f"{where}.{n}" if where else str(n))

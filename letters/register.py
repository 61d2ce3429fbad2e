"""The shape of what a register tells the lint beside a paper (`facts["register"]`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.errors import BadFacts
from letters.shapes import is_blank, iso_day

DAYS = ("received_on", "due_on")
FLAGS = ("late_on_record", "day_assumed")
ROWS = ("items", "consultations", "earlier_replies")
#: Texts within the rows; whatever else a row holds is left alone.
TEXTS = (
    "description",
    "outcome",
    "number",
    "party_name",
    "party_kind",
    "opinion",
    "reason_assessed",
    "kind",
    "ground",
)

#: What an asked party may have said; nothing where it said nothing.
OPINIONS = {"agree": "同意公开", "disagree": "不同意公开", "partly": "部分同意"}
ASKED = {"third": "第三方", "agency": "其他机关", "joint": "共同制作机关"}


def check_register(told: Any) -> None:
    """Raise BadFacts naming what of a register is not of its shape; what the lint does not know is left alone."""
    if is_blank(told):
        return
    _need(isinstance(told, Mapping), "", "一组名称和内容")
    for name in DAYS:
        if not is_blank(told.get(name)):
            iso_day(f"register.{name}", told[name])
    for name in FLAGS:
        _need(told.get(name) is None or isinstance(told[name], bool), name, "是或者否（true、false）")
    for name in ROWS:
        if not is_blank(told.get(name)):
            _rows(told[name], name, numbered=name == "items")
    for at, row in enumerate(told.get("consultations") or (), 1):
        _one_of(row, "opinion", OPINIONS, f"consultations.{at}")
        _one_of(row, "kind", ASKED, f"consultations.{at}")
        sound = row.get("reason_sound")
        _need(
            sound is None or isinstance(sound, bool),
            f"consultations.{at}.reason_sound",
            "是或者否（true、false）",
        )
    marks = told.get("redactions")
    if not is_blank(marks):
        _need(isinstance(marks, Mapping), "redactions", "按事项序号分列的涂黑标记")
        for seq, rows in marks.items():
            if not is_blank(rows):
                _rows(rows, f"redactions.{seq}")
    units = told.get("units")
    listed = is_blank(units) or (
        isinstance(units, list | tuple) and all(isinstance(unit, str) for unit in units)
    )
    _need(listed, "units", "一个列表，每项为文字")
    count = told.get("supplements")
    _need(is_blank(count) or (isinstance(count, int) and count >= 0), "supplements", "一个整数")
    _need(is_blank(told.get("seal")) or isinstance(told["seal"], str | Mapping | bool), "seal", "印章的名称")
    known = told.get("applicant")
    _need(
        is_blank(known) or isinstance(known, str | Mapping | list | tuple),
        "applicant",
        "申请人的姓名或者名称",
    )


def _rows(rows: Any, name: str, *, numbered: bool = False) -> None:
    _need(isinstance(rows, list | tuple), name, "一个列表，每项为一组名称和内容")
    for at, row in enumerate(rows, 1):
        where = f"{name}.{at}"
        _need(isinstance(row, Mapping), where, "一组名称和内容")
        if numbered:
            _need(isinstance(row.get("seq"), int), f"{where}.seq", "一个整数")
        for key in TEXTS:
            _need(is_blank(row.get(key)) or isinstance(row[key], str), f"{where}.{key}", "文字")
        grounds = row.get("grounds")
        fits = (
            is_blank(grounds)
            or isinstance(grounds, str)
            or (isinstance(grounds, list | tuple) and all(isinstance(ground, str) for ground in grounds))
        )
        _need(fits, f"{where}.grounds", "一个列表，每项为条款")


def _one_of(row: Mapping[str, Any], key: str, known: Mapping[str, str], where: str) -> None:
    named = "、".join(f"{code}（{words}）" for code, words in known.items())
    _need(is_blank(row.get(key)) or row[key] in known, f"{where}.{key}", f"{named}之一")


def _need(fits: bool, name: str, shape: str) -> None:
    if not fits:
        where = f"register.{name}" if name else "register"
        raise BadFacts(where, f"登记信息的“{where}”应为{shape}")

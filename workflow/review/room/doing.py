"""What each button of the room does: one call of the domain, and the sentence that says what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow.errors import BadRequest
from workflow.redaction_kinds import MadeBy
from workflow.review.disclosing import begin
from workflow.review.marking import choose_text, draw, settle, suggest
from workflow.review.room.forms import MarkForm
from workflow.tasks import burn_copy, find_personal_data


@dataclass(frozen=True)
class Done:
    """What a press did: the sentence, the mark to show next, the copy to go to."""

    told: str
    mark: int | None = None
    copy: int | None = None


def _draw(form: MarkForm, given: dict[str, Any]) -> Done:
    box, data = form.box(), form.cleaned_data
    if box is None:
        raise BadRequest("no_box", "请先在图上画框，或者填写区域的四个数", field="x0")
    way = data["way"] if data["way"] in (MadeBy.MOUSE, MadeBy.KEYBOARD) else MadeBy.KEYBOARD
    draw.draw(
        **given, page=data["page"], boxes=[box], ground=form.ground_data(), made_by=way, wish=data["wish"]
    )
    return Done("已记为第三方要求，等待审查员决定" if data["wish"] else "已遮盖所选区域")


def _text(form: MarkForm, given: dict[str, Any]) -> Done:
    data = form.cleaned_data
    if data["start"] is None or data["end"] is None:
        raise BadRequest(
            "no_text", "请先用「选字」在图上选取文字；按文字查找的，请用「相同文字全部遮盖」", field="text"
        )
    choose_text.choose_text(
        **given, page=data["page"], start=data["start"], end=data["end"], ground=form.ground_data()
    )
    return Done("已遮盖选取的文字")


def _everywhere(form: MarkForm, given: dict[str, Any]) -> Done:
    spread = choose_text.mark_everywhere(**given, text=form.cleaned_data["text"], ground=form.ground_data())
    held = f"，另有{spread.covered}处原已遮盖" if spread.covered else ""
    return Done(f"已在{spread.documents}份材料中查找，遮盖{spread.marked}处{held}")


def _page(form: MarkForm, given: dict[str, Any]) -> Done:
    number = form.cleaned_data["page"]
    draw.withhold_page(**given, page=number, ground=form.ground_data())
    return Done(f"第{number}页全页不公开")


def _document(form: MarkForm, given: dict[str, Any]) -> Done:
    draw.withhold_document(**given, ground=form.ground_data())
    return Done("整份材料不公开，不制作公开副本")


def _change(form: MarkForm, given: dict[str, Any]) -> Done:
    box = form.box()
    changed = settle.change(
        **given, mark_id=_chosen(form), boxes=[box] if box else None, ground=form.ground_data()
    )
    return Done("已保存改动", mark=changed.pk)


def _accept(form: MarkForm, given: dict[str, Any]) -> Done:
    settle.accept(**given, mark_id=_chosen(form))
    return Done("已采纳")


def _reject(form: MarkForm, given: dict[str, Any]) -> Done:
    settle.reject(**given, mark_id=_chosen(form), reason=form.told_reason())
    return Done("已去掉这一处标记，记录保留")


def _suggest(form: MarkForm, given: dict[str, Any]) -> Done:
    suggest.ask(**given)
    find_personal_data.enqueue(given["version_id"])
    return Done("正在查找个人信息，稍后刷新可见")


def _copy(form: MarkForm, given: dict[str, Any]) -> Done:
    made = begin.ask_for_copy(**given, searchable=form.cleaned_data["searchable"])
    if made.under_way:
        burn_copy.enqueue(made.pk)
    return Done("", copy=made.pk)


def _reject_same(form: MarkForm, given: dict[str, Any]) -> Done:
    count = settle.reject_same(**given, mark_id=_chosen(form), reason=form.told_reason())
    return Done(f"已在本件全部材料中不采纳相同的{count}处，以后不再提出")


def rule(kind: str, given: dict[str, Any]) -> Done:
    """Accept every open suggestion of one kind, in this document or, where the kind is followed by `/set`, in all."""
    kind, _, reach = kind.partition("/")
    count = settle.accept_kind(**given, kind=kind, whole_set=reach == "set")
    where = "本件全部材料中" if reach == "set" else ""
    return Done(f"已按规则{where}采纳{count}处")


def _chosen(form: MarkForm) -> int:
    chosen = form.cleaned_data["mark"]
    if chosen is None:
        raise BadRequest("no_mark", "请先选择一处标记", field="mark")
    return int(chosen)


DOING: dict[str, Callable[[MarkForm, dict[str, Any]], Done]] = {
    "draw": _draw, "text": _text, "everywhere": _everywhere, "page": _page, "document": _document, "change": _change,
    "accept": _accept, "reject": _reject, "reject_same": _reject_same, "suggest": _suggest, "copy": _copy,
}  # fmt: skip

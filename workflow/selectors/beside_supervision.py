"""The supervising office's records beside the cases: who may see which, their lines, facts and next steps (条例46、47)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from office.models import Office, User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.beside.step import may
from workflow.drawing_lots import fingerprint
from workflow.models import Bulletin, Inspection, InspectionSheet, Rectification, RectificationCopy
from workflow.supervising import seats

NAMES = {
    "rectification": "督促整改", "criticism": "通报批评", "inspection": "抽查", "bulletin": "月度通报",
}  # fmt: skip
FIRST = {
    "rectification": "issue_rectification", "criticism": "issue_criticism", "inspection": "draw_inspection",
    "bulletin": "begin_bulletin",
}  # fmt: skip
_NOTICE = {
    "issued": ("seal_notice", "receive_rectification"), "received": ("report_rectified",),
    "reported": ("close_rectification", "return_rectified"),
}  # fmt: skip
NEXT: dict[str, dict[str, tuple[str, ...]]] = {
    "rectification": _NOTICE, "criticism": _NOTICE, "inspection": {"drawn": ("close_inspection",)},
    "bulletin": {"draft": ("fill_bulletin", "recount_bulletin", "settle_bulletin"), "settled": ("reopen_bulletin",)},
}  # fmt: skip
CLOSED = {
    "rectification": ("closed",), "criticism": ("closed",), "inspection": ("closed",), "bulletin": ("settled",),
}  # fmt: skip
MODELS: dict[str, Any] = {
    "rectification": Rectification, "criticism": Rectification, "inspection": Inspection, "bulletin": Bulletin,
}  # fmt: skip
KINDS = {"rectification": "rectify", "criticism": "criticise"}
#: Who of an office that is urged or told of it reads the notice.
READ_BY = frozenset({Role.INTAKE, Role.HEAD, Role.SUPERVISOR, Role.SIGNATORY})
#: Who of the office that issues a notice seals it, and so has it before them.
SEALED_BY = frozenset({Role.INTAKE, Role.SEAL})
WAITS = "待用印"
#: Who of an inspected office reads the result sheets on its own cases: whoever answers for them.
SHEETS_READ_BY = frozenset({Role.HEAD, Role.SIGNATORY, Role.SUPERVISOR})


def visible(user: User, kind: str) -> QuerySet[Any]:
    """Return the records of a kind that a person may see: from above, or as one of the offices a notice goes to.

    Those it goes to see it once it has gone out; who seals it sees what is or was to be sealed.
    """
    roles = user.roles()
    watched = _offices(roles, frozenset({Role.SUPERVISOR}))
    if kind == "inspection":
        own = Exists(visible_sheets(user).filter(inspection_id=OuterRef("pk")))
        return Inspection.objects.filter(Q(office_id__in=watched) | Q(own)).select_related("office")
    if kind not in KINDS:
        return MODELS[kind].objects.filter(office_id__in=watched).select_related("office")
    reading = _offices(roles, READ_BY)
    copied = RectificationCopy.objects.filter(rectification_id=OuterRef("pk"), office_id__in=reading)
    told = Q(office_id__in=watched) | Q(office_id__in=_offices(roles, SEALED_BY), paper__needs_seal=True)
    told |= Rectification.SENT & (Q(about_id__in=reading) | Q(Exists(copied)))
    rows = Rectification.objects.filter(told, kind=KINDS[kind])
    return rows.select_related("office", "about", "case", "paper__voiding")


def visible_sheets(user: User) -> QuerySet[InspectionSheet]:
    """Return the result sheets a person may see: from above every one, of the own office's cases those filled in.

    Before it is filled in a sheet does not even tell that the case was drawn.
    """
    roles = user.roles()
    watched, reading = _offices(roles, frozenset({Role.SUPERVISOR})), _offices(roles, SHEETS_READ_BY)
    own = Q(case__office_id__in=reading) & ~Q(result="")
    return InspectionSheet.objects.filter(Q(inspection__office_id__in=watched) | own)


def _offices(roles: Mapping[int, frozenset[str]], wanted: frozenset[Role]) -> list[int]:
    return sorted(office for office, held in roles.items() if held & wanted)


def offices_for(user: User, *, on: dt.date) -> list[Office]:
    """List the offices from which a person supervises others."""
    return seats(user, on=on)


def below(offices: list[Office]) -> list[tuple[int, str]]:
    """List the offices below some, for choosing one."""
    found = {one.pk: one for office in offices for one in office.descendants().filter(is_active=True)}
    return [(one.pk, one.name) for one in sorted(found.values(), key=lambda one: one.code)]


def number(kind: str, row: Any) -> str:
    """Return what a record is called by in a list."""
    if kind in KINDS:
        return row.paper.number_text if row.paper else ""
    return f"{row.year}年{row.month}月" if kind == "bulletin" else chinese_date(row.drawn_on)


def title(kind: str, row: Any) -> str:
    """Return a record's title."""
    if kind in KINDS:
        return f"{row.about.name}：{row.finding}"[:120]
    if kind == "bulletin":
        return f"{row.year}年{row.month}月政府信息公开申请办理情况的通报"
    return f"{row.title}（{row.about.name if row.about else '全部下级机关'}）"


def stage(kind: str, row: Any) -> str:
    """Say how a record stands; a notice that was not sealed yet has gone to nobody."""
    return WAITS if kind in KINDS and row.waits_for_seal else str(row.get_stage_display())


def steps_now(kind: str, row: Any, steps: list[Any]) -> list[Any]:
    """Leave of the next steps those that are open: a notice is either sealed or signed for."""
    if kind not in KINDS:
        return steps
    return [step for step in steps if (step.name == "seal_notice") == row.waits_for_seal]


def due(kind: str, row: Any) -> dt.date | None:
    """Return by when something is owed on a record that is open."""
    owed = kind in KINDS and row.stage in ("issued", "received") and not row.waits_for_seal
    return row.rectify_by_on if owed else None


def _notice(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    copies = "、".join(
        copy.office.name for copy in row.copies.select_related("office").order_by("office__code")
    )
    return (
        ("发出机关", row.office.name), ("被督促机关", row.about.name), ("通报范围", copies),
        ("有关的案件", row.case.number if row.case else ""), ("发现问题的检查", row.occasion), ("存在的问题", row.finding),
        ("整改要求", row.measures), ("整改期限", row.rectify_by_on), ("发出", f"{row.issued_by.display}，{chinese_date(row.issued_on)}"), ("用印", _sealed(row)),
        ("签收", f"{row.received_by.display}，{chinese_date(row.received_on)}" if row.received_by else ""), ("整改情况", row.report),
        ("报告", f"{row.reported_by.display}，{chinese_date(row.reported_on)}" if row.reported_by else ""),
        ("退回", f"{row.returned}次" if row.returned else ""), ("核实意见", row.verdict), ("销号日期", row.closed_on),
    )  # fmt: skip


def _sealed(row: Any) -> str:
    if row.waits_for_seal:
        return "还没有登记用印，用印后才发给被督促的机关；由本机关的印章管理员、登记员登记"
    return chinese_date(row.paper.sealed_on) if row.paper and row.paper.sealed_on else ""


def _inspection(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    sheets = list(visible_sheets(user).filter(inspection=row).values_list("result", flat=True))
    whole = may("check_sheet", user, row.office_id)
    return (
        ("被抽查机关", row.about.name if row.about else "全部下级机关"),
        ("答复日期", f"{chinese_date(row.first_on)}至{chinese_date(row.last_on)}"), ("抽取范围", f"{len(row.population)}件"),
        ("抽取", f"{row.sheets.count()}件"), ("本机关的结果单", "" if whole else f"{len(sheets)}份"), ("随机种子", row.seed), ("抽取范围校验", fingerprint(row.population)),
        ("抽取人", f"{row.drawn_by.display}，{chinese_date(row.drawn_on)}"),
        ("已检查", f"{sum(bool(result) for result in sheets)}件" if whole else ""),
        ("小结", row.summary if whole or row.about_id else ""), ("完成日期", row.closed_on),
    )  # fmt: skip


def _bulletin(row: Any, user: User) -> tuple[tuple[str, Any], ...]:
    total = row.figures["total"]
    return (
        ("数字截止", row.figures_on), ("新收", f"{total['received']}件"), ("办结", f"{total['finished']}件"),
        ("在办已逾期", f"{total['overdue']}件"), ("存在的问题和要求", row.words), ("起草", row.made_by.display),
        ("定稿", f"{row.settled_by.display}，{chinese_date(row.settled_on)}" if row.settled_by else ""),
    )  # fmt: skip


FACTS = {"rectification": _notice, "criticism": _notice, "inspection": _inspection, "bulletin": _bulletin}

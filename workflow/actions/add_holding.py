"""Attach what was found to an item, and put a new version in its place (登记材料、更换材料版本)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import PurePath

from office.models import User
from workflow.actions._holdings import day_in_the_past, holding_of, seal_version, stop_copies, void_reviews
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.holding_kinds import Carrier, Plan, Secrecy, Source
from workflow.models import Case, Holding, Item
from workflow.requests import FileData
from workflow.review.taking import take


@dataclass(frozen=True)
class HoldingData:
    """What is said of a document: where it comes from, when it was formed, what mark it bears."""

    secrecy: str
    title: str
    formed_on: dt.date
    source: str = Source.MADE
    source_name: str = ""
    doc_number: str = ""
    carrier: str = Carrier.ELECTRONIC
    former_mark: str = ""
    declassified_on: dt.date | None = None
    declassified_basis: str = ""
    from_classified: bool = False
    classified_note: str = ""
    plan: str = Plan.DISCLOSE
    not_marked: str = ""


def add_holding(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, item_seq: int, holding: HoldingData, original: FileData,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Seal a file, or each file of a zip, as a document of an item; its working copy is made afterwards.

    The file is looked at before the case is locked, in a process of its own. Raises BadRequest with the reason for a
    file that is not taken, and for whatever is missing of what must be said.
    """
    _told(holding, on)
    taken = take(original, secrecy=holding.secrecy, not_marked=holding.not_marked)

    def effect(case: Case, work: Work) -> None:
        item = _item(case, item_seq)
        first = len(case.all_holdings()) + 1
        for seq, file in enumerate(taken, first):
            row = _row(case, item, seq, holding, file.name if len(taken) > 1 else "")
            seal_version(case, work, row, file, by=by)
        work.note.update(item=item_seq, count=len(taken))

    return fire(
        case_id,
        "add_holding",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def replace_holding(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, original: FileData, reason: str,
    not_marked: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Put a new version of a document in the place of the one that counts; a sign-off on the old one is void.

    Raises BadRequest for a file that is not taken, for a zip, and for the very file that counts already.
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明更换的原因", field="reason")
    secrecy = Holding.objects.filter(pk=holding_id, case_id=case_id).values_list("secrecy", flat=True).first()
    if secrecy is None:
        raise BadRequest("no_such_holding", "请选择本件的一份材料", field="holding_id")
    taken = take(original, secrecy=secrecy, not_marked=not_marked)
    if len(taken) != 1 or taken[0].archive:
        raise BadRequest("one_file", "更换版本时请只上传一个文件，不要上传压缩包", field="original")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        before = row.current.sha256
        stop_copies(row)
        row.mark_explained = not_marked.strip()[:300]
        row.save(update_fields=["mark_explained"])
        version = seal_version(case, work, row, taken[0], by=by, reason=reason)
        if version.sha256 == before:
            raise BadRequest("same_file", "这个文件与现在的版本完全相同，没有更换", field="original")
        void = void_reviews(row, f"签署后换了新版本（第{version.number}版）")
        work.note.update(holding=row.seq, version=version.number, void=len(void))
        work.remark(reason)

    return fire(
        case_id, "replace_holding", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _told(data: HoldingData, on: dt.date) -> None:
    if not data.title.strip():
        raise BadRequest("no_title", "请填写材料的标题", field="title")
    for value, kinds, field in (
        (data.source, Source, "source"), (data.carrier, Carrier, "carrier"), (data.plan, Plan, "plan"),
    ):  # fmt: skip
        if value not in kinds.values:
            raise BadRequest("bad_choice", "请从列出的选项中选择", field=field)
    day_in_the_past(data.formed_on, on, "formed_on", "形成日期")
    day_in_the_past(data.declassified_on, on, "declassified_on", "解密日期")
    if data.secrecy == Secrecy.DECLASSIFIED:
        if not data.former_mark.strip():
            raise BadRequest("no_former_mark", "请填写原来的密级和保密期限", field="former_mark")
        if data.declassified_on is None:
            raise BadRequest("no_day", "请填写解密日期", field="declassified_on")
        if not data.declassified_basis.strip():
            raise BadRequest("no_basis", "请填写解密依据", field="declassified_basis")
    if data.from_classified and not data.classified_note.strip():
        raise BadRequest(
            "no_note", "摘自涉密文件的，请说明摘录的内容为何不涉密、由谁确认", field="classified_note"
        )


def _item(case: Case, seq: int) -> Item:
    found = next((item for item in case.items_in_order() if item.seq == seq), None)
    if found is None:
        raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
    return found


def _row(case: Case, item: Item, seq: int, data: HoldingData, name: str) -> Holding:
    declassified = data.secrecy == Secrecy.DECLASSIFIED
    title = f"{data.title.strip()}（{PurePath(name).stem}）" if name else data.title.strip()
    return Holding.objects.create(
        office=case.office, case=case, item=item, seq=seq, title=title[:200], doc_number=data.doc_number.strip(),
        source=data.source, source_name=data.source_name.strip(), carrier=data.carrier, formed_on=data.formed_on,
        secrecy=data.secrecy, former_mark=data.former_mark.strip() if declassified else "",
        declassified_on=data.declassified_on if declassified else None,
        declassified_basis=data.declassified_basis.strip() if declassified else "",
        from_classified=data.from_classified, classified_note=data.classified_note.strip() if data.from_classified else "",
        plan=data.plan, mark_explained=data.not_marked.strip()[:300],
    )  # fmt: skip

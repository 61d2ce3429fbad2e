"""One document with everything a reader of it needs: versions, pages, marks, review, who read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from letters.print_shop import print_sheet
from office import journal
from office.errors import Refusal
from office.models import User
from office.web.dates import chinese_date
from workflow import rules
from workflow.holding_kinds import Term
from workflow.models import HoldingVersion
from workflow.review import copies, originals, sandbox
from workflow.selectors.case_acts import ActLine, act_line
from workflow.selectors.documents import Document
from workflow.selectors.holdings import (
    ReviewRecord,
    find_version,
    place_of,
    review_record,
    visible_holdings,
    words_of,
)
from workflow.selectors.personal_data import PersonalData, personal_data

#: Acts offered on a document's page, in the order of the work.
ACTS = (
    "settle_quarantine", "begin_holding_review", "review_holding", "settle_mark", "refer_holding", "record_determination",
    "replace_holding", "report_mark",
)  # fmt: skip
PNG = "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class HoldingPage:
    """One document as a person may see it; ``number`` is the page shown, of ``count``."""

    case: Any
    holding: Any
    version: Any
    copy: Any
    facts: tuple[tuple[str, Any], ...]
    marks: tuple[dict[str, Any], ...]
    record: ReviewRecord | None
    reads: tuple[dict[str, Any], ...]
    acts: tuple[ActLine, ...]
    number: int
    count: int
    quarantined: bool
    personal: PersonalData | None
    versions: tuple[Any, ...]

    @property
    def void(self) -> str:
        """Say why a sign-off does not hold any more."""
        return self.record.review.void_reason if self.record else ""


def holding_page(
    user: User, case_id: int, holding_id: int, *, number: int, on: dt.date, now: dt.datetime
) -> HoldingPage | None:
    """Read a document for its page and leave the line that this person looked at it; None when it is not for them."""
    reach = visible_holdings(user).filter(pk=holding_id, case_id=case_id)
    seen = reach.select_related("case__office", "case__handler").first()
    if seen is None:
        return None
    case = seen.case
    # The acts ask for every document of the case: this one is read with them.
    holding = next(one for one in case.all_holdings() if one.pk == holding_id)
    holding.case = case
    versions = list(HoldingVersion.objects.filter(holding=holding).select_related("by", "copy"))
    version = max(versions, key=lambda row: row.number)
    version.holding = holding
    originals.log_look(version, by=user, on=on, now=now)
    marks = tuple(
        {"place": place_of(row), "kind": row.get_kind_display(), "words": words_of(case, row), "status": row.get_status_display(),
         "reason": row.reason, "page": row.page or 0, "quarantines": row.quarantines}
        for row in version.marks.order_by("page", "pk")
    )  # fmt: skip
    copy = version.copy
    return HoldingPage(
        case=case, holding=holding, version=version, copy=copy, facts=_facts(holding), marks=marks,
        record=review_record(holding), reads=_reads(case, holding.seq),
        versions=tuple(sorted(versions, key=lambda row: -row.number)),
        acts=tuple(line for name in ACTS if (line := act_line(case, name, user, on=on)).allowed),
        number=min(max(number, 1), max(copy.page_count, 1)), count=copy.page_count, quarantined=holding.status == "quarantined",
        personal=personal_data(version) if holding.status == "open" else None,
    )  # fmt: skip


def picture(
    user: User, case_id: int, version_id: int, number: int, *, dpi: int, now: dt.datetime
) -> Document | None:
    """Draw one page of a version this person may see; None when there is none.

    Raises Refusal while there is no copy, or where the page cannot be drawn.
    """
    version = find_version(user, case_id, version_id)
    if version is None or dpi not in copies.DPIS:
        return None
    try:
        content = copies.image_of(version.copy, number, dpi=dpi, now=now)
    except sandbox.Unfit as unfit:
        raise Refusal(unfit.code, unfit.message) from unfit
    return Document(f"{number}.png", content, PNG) if content else None


def values(user: User, case_id: int, version_id: int) -> Document | None:
    """Return the visible values of a spreadsheet as a clean one; None when there are none for this person."""
    from office import files

    version = find_version(user, case_id, version_id)
    if version is None or version.copy.table is None or not originals.still_open(version):
        return None
    return Document(
        f"材料{version.holding.seq} 可见内容.xlsx", files.read(version.copy.table), XLSX, download=True
    )


def original(
    user: User, case_id: int, version_id: int, *, why: str, on: dt.date, now: dt.datetime
) -> Document | None:
    """Hand out an original for a reason that is put on record; None when there is none for this person.

    Raises Refusal without a reason.
    """
    version = find_version(user, case_id, version_id)
    if version is None or version.file is None:
        return None
    if not why.strip():
        raise Refusal("no_reason", "请写明调阅原件的原因", field="why")
    content = originals.read_original(version, by=user, on=on, now=now, why=why.strip()[:200])
    # Never as what it claims to be: a browser must save it and not open it.
    return Document(version.name, content, "application/octet-stream", download=True)


def sheet(user: User, case_id: int, holding_id: int, *, on: dt.date) -> Document | None:
    """Draw the secrecy review sheet of a document (保密审查呈批单); None before it has a review."""
    holding = (
        visible_holdings(user)
        .filter(pk=holding_id, case_id=case_id)
        .select_related("case__office", "item")
        .first()
    )
    record = review_record(holding) if holding else None
    if holding is None or record is None:
        return None
    review = record.review
    marks = [
        f"{place_of(mark)}：{mark.get_kind_display()}（{mark.get_status_display()}{'，' + mark.reason if mark.reason else ''}）"
        for mark in review.version.marks.order_by("page", "pk")
    ]
    facts = {
        "office": rules.facts_of(holding.case.office), "case_number": holding.case.number, "item": f"第{holding.item.seq}项",
        "subject": holding.title, "number": holding.doc_number, "formed_on": holding.formed_on.isoformat(),
        "source": _source(holding), "carrier": holding.get_carrier_display(), "secrecy": _secrecy(holding),
        "from_classified": f"是（{holding.classified_note}）" if holding.from_classified else "否",
        "plan": holding.get_plan_display(), "term": "；".join(filter(None, (Term(review.term).label, review.term_note))),
        "ticks": [_tick(row) for row in record.ticks], "content": review.content, "timing": review.timing, "manner": review.manner,
        "redaction": personal_data(review.version).sentence, "decision": review.get_conclusion_display(), "marks": marks, "file_sha256": review.version.sha256,
        "reviews": [
            {"name": step["label"], "opinion": f"{step['decision']}。{step['opinion']}", "signed": f"{step['by']}　{step['on']}"}
            for step in record.steps
        ],
    }  # fmt: skip
    return Document(
        f"{holding.case.number} 材料{holding.seq} 保密审查呈批单.pdf",
        print_sheet("secrecy_review_sheet", facts, on=on),
    )


def _tick(row: dict[str, Any]) -> str:
    return f"{row['provision']}（{row['covers']}）：{'适用' if row['holds'] else '不适用'}。{row['basis']}"


def _source(holding: Any) -> str:
    name = f"（{holding.source_name}）" if holding.source_name else ""
    return f"{holding.get_source_display()}{name}"


def _secrecy(holding: Any) -> str:
    old = f"（{holding.former_mark}，{holding.declassified_basis}）" if holding.former_mark else ""
    return f"{holding.get_secrecy_display()}{old}"


def _facts(holding: Any) -> tuple[tuple[str, Any], ...]:
    rows = (
        ("申请事项", f"第{holding.item.seq}项　{holding.item.description}"), ("文号", holding.doc_number), ("来源", _source(holding)),
        ("载体", holding.get_carrier_display()), ("形成日期", chinese_date(holding.formed_on)), ("密级等标志", _secrecy(holding)),
        ("是否摘自涉密文件", f"是（{holding.classified_note}）" if holding.from_classified else "否"),
        ("拟处理", holding.get_plan_display()),
    )  # fmt: skip
    return tuple((label, value) for label, value in rows if value)


def _reads(case: Any, seq: int) -> tuple[dict[str, Any], ...]:
    lines = [line for line in originals.reads_of(case) if line.data.get("holding") == seq][:30]
    names = journal.names_of(line.by_ref for line in lines)
    return tuple({"on": line.on, "at": line.at, "said": journal.sentence(line, names)} for line in lines)

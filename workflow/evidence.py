"""The evidence of a case as documents: what was in its file when the reply was signed, and what came later."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import letters
from law.clock import LedgerDay
from law.remedies.answering import may_serve_as_evidence
from letters import binder
from letters.errors import CannotTypeset
from letters.vocabulary import day
from office import files
from office.files.store import check
from workflow import dossier, evidence_sheets
from workflow.kinds import AttachmentKind
from workflow.models import Attachment, Case, Remedy, SignedFile
from workflow.requests import FileData
from workflow.selectors.ledger_sheet import typeset_ledger
from workflow.selectors.papers import ENDINGS, papers_of, reply_of

APPLICATION = ("application", "identity", "authority", "supplement")
#: Papers of the proceeding itself: made for it, and no evidence of what was done before.
NO_EVIDENCE = ("evidence_index", "remedy_answer_", "remedy_body_notice", "opinion_report", "archive_", "complaint_",
               "rectification_")  # fmt: skip
OF_THE_PROCEEDING = ("remedy", "evidence")
PICTURES = ("image/jpeg", "image/png", "image/tiff")
LATER = "签发后形成的材料"
GOT_LATER = "签发后取得的材料"


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence: what it is, since when it exists, what it proves, and its pages."""

    title: str
    on: dt.date
    proves: str
    content: bytes
    later: bool = False

    @property
    def sha256(self) -> str:
        """Return the hash of its pages."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Bundle:
    """The bound evidence with its index."""

    content: bytes
    acted_on: dt.date
    entries: tuple[dict[str, Any], ...]
    later: tuple[dict[str, Any], ...]


def bundle(case: Case, remedy: Remedy, *, on: dt.date, added: Sequence[FileData] = ()) -> Bundle:
    """Bind the evidence for a proceeding: the file as frozen at signature, then what came later, marked apart.

    Where nothing was signed yet (inaction), the file as it stands. The same record gives the same bytes.

    :param added: further material that is handed in now and so came later than the signature
    """
    attacked = remedy.paper or reply_of(case)
    frozen = SignedFile.objects.filter(case=case, paper=attacked).first() if attacked else None
    facts = dossier.kept(frozen) if frozen else dossier.contents(case, as_of=on)
    acted_on = dt.date.fromisoformat(facts["as_of"])
    shown = [*_file(case, facts, acted_on), *_service(case, facts, acted_on)]
    shown += _later(case, facts, acted_on) if frozen else []
    shown += [_handed_in(case, file, on, acted_on) for file in added]
    parts = [
        binder.Part(f"{n}.{one.title}", one.content, LATER if one.later else "")
        for n, one in enumerate(shown, 1)
    ]
    counts = [binder.page_count(part.content) for part in parts]
    title = f"证据卷（登记编号：{case.number}）"
    lead = binder.page_count(_front(case, remedy, shown, [(0, 0)] * len(shown), acted_on))
    front = _front(case, remedy, shown, binder.ranges_of(counts, first=lead + 1), acted_on)
    bound = binder.bind(front, parts, title=title, author=case.office.name, on=acted_on)
    rows = [
        (one.later, {"no": n, "title": one.title, "on": one.on.isoformat(), "proves": one.proves,
                     "pages": _span(*where), "sha256": one.sha256})
        for n, (one, where) in enumerate(zip(shown, bound.ranges, strict=True), 1)
    ]  # fmt: skip
    return Bundle(
        bound.content,
        acted_on,
        tuple(row for later, row in rows if not later),
        tuple(row for later, row in rows if later),
    )


def _file(case: Case, facts: dict[str, Any], acted_on: dt.date) -> Iterator[Exhibit]:
    def sheet(title: str, on: str, proves: str, blocks: list[dict[str, Any]]) -> Exhibit:
        made = binder.sheet(title, blocks, author=case.office.name, on=acted_on)
        return Exhibit(title, _day(on) or acted_on, proves, made)

    arrived = facts["case"]["received_on"] or facts["case"]["arrived_on"]
    yield sheet(
        "政府信息公开申请登记内容", arrived, "申请的内容和收到申请之日", evidence_sheets.application(facts)
    )
    for row in facts["files"]:
        if row["kind"] in APPLICATION:
            yield _attached(case, row["id"], row["label"], "申请人提交的材料", acted_on)
    papers = {paper.pk: paper for paper in papers_of(case)}
    told = [row for row in facts["papers"] if not row["kind"].startswith(NO_EVIDENCE)]
    answers = [row for row in told if row["kind"].startswith("reply_") or row["kind"] in ENDINGS]
    for row in told:
        if row not in answers:
            yield Exhibit(f"{row['title']}（{row['number']}）", _need(row["on"]), "依法办理的过程",
                          letters.render(papers[row["id"]]))  # fmt: skip
    yield Exhibit("答复期限逐日计算单", acted_on, "答复期限的计算", _ledger(case, facts, acted_on))
    for search in facts["searches"]:
        yield sheet("检索记录", search["on"], "检索的范围、方法和结果", evidence_sheets.search(facts, search))
    for asked in facts["consultations"]:
        yield sheet(
            "征求意见情况",
            asked["sent_on"],
            "征求意见和对意见的评估",
            evidence_sheets.consultation(facts, asked),
        )
    if facts["reviews"]:
        last = max(row["on"] for row in facts["reviews"])
        yield sheet("审查意见", last, "公开前的审查", evidence_sheets.reviews(facts))
    for row in answers:
        yield Exhibit(f"{row['title']}（{row['number']}）", _need(row["on"]), "答复的内容、依据和救济告知",
                      letters.render(papers[row["id"]]))  # fmt: skip


def _service(case: Case, facts: dict[str, Any], acted_on: dt.date) -> Iterator[Exhibit]:
    """Give the proof of service of what was in the file: it follows the act it proves."""
    served = {row["id"] for row in facts["papers"]}
    rows = [row for row in case.all_deliveries() if row.paper_id in served]
    if rows:
        yield from _served(case, facts, rows, acted_on)
    for handout in case.handouts.order_by("id"):
        blocks = evidence_sheets.materials(facts, handout)
        made = binder.sheet("材料清单", blocks, author=case.office.name, on=acted_on)
        yield Exhibit("材料清单", handout.signed_on, "向申请人提供的材料", made)
        if handout.proof_id:
            yield _attached(case, handout.proof_id, "签收的材料清单", "申请人签收提供的材料", acted_on)


def _served(case: Case, facts: dict[str, Any], rows: Sequence[Any], acted_on: dt.date) -> Iterator[Exhibit]:
    made = binder.sheet(
        "送达情况", evidence_sheets.service(facts, rows), author=case.office.name, on=acted_on
    )
    yield Exhibit("送达情况", max(row.sent_on for row in rows), "文书送达的方式和日期", made)
    for row in rows:
        if row.proof_id:
            yield _attached(case, row.proof_id, "送达凭证", f"{row.paper.number_text}的送达", acted_on)


def _later(case: Case, facts: dict[str, Any], acted_on: dt.date) -> list[Exhibit]:
    held, known = {row["id"] for row in facts["papers"]}, {row["id"] for row in facts["files"]}
    proofs = {row.proof_id for row in (*case.all_deliveries(), *case.handouts.all())}
    shown = [
        Exhibit(
            f"{p.title}（{p.number_text}）", p.signed_on, "签发后作出的文书", letters.render(p), later=True
        )
        for p in papers_of(case)
        if p.pk not in held and not p.is_void and not p.kind.startswith(NO_EVIDENCE)
    ]
    for row in case.attachments.order_by("id"):
        if row.pk not in known | proofs and row.kind not in OF_THE_PROCEEDING:
            shown.append(_attached(case, row.pk, row.get_kind_display(), GOT_LATER, acted_on, later=True))
    return shown


def _attached(
    case: Case, attachment_id: int, label: str, proves: str, acted_on: dt.date, *, later: bool = False
) -> Exhibit:
    row = Attachment.objects.select_related("file").get(pk=attachment_id, case=case)
    existed = dt.date.fromisoformat(evidence_sheets.local_day(row.created_at))
    title = f"{label}：{row.title}"
    late = later and not may_serve_as_evidence(existed_on=existed, acted_on=acted_on)
    return Exhibit(title, existed, proves, _pages(case, row, title, acted_on), later=late or later)


def _handed_in(case: Case, file: FileData, on: dt.date, acted_on: dt.date) -> Exhibit:
    kind = check(content=file.content, name=file.name)
    title = f"{AttachmentKind.LATER_EVIDENCE.label}：{file.name[-160:]}"
    held = SimpleNamespace(
        content_type=kind.content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
    )
    return Exhibit(title, on, GOT_LATER, _pages_of(case, held, file.content, title, acted_on), later=True)


def _pages(case: Case, row: Attachment, title: str, on: dt.date) -> bytes:
    return _pages_of(case, row.file, files.read(row.file), title, on)


def _pages_of(case: Case, file: Any, content: bytes, title: str, on: dt.date) -> bytes:
    """Turn a file into pages; one that has none is named by its hash on a sheet in its place."""
    why = "该文件不是可以逐页编入的格式"
    try:
        if file.content_type in PICTURES:
            return binder.image_pages(content, title=title)
        if file.content_type == "application/pdf":
            binder.page_count(content)
            return content
    except CannotTypeset as error:
        why = error.message
    blocks = evidence_sheets.stands_for(case, title, why, file)
    return binder.sheet(title, blocks, author=case.office.name, on=on)


def _ledger(case: Case, facts: dict[str, Any], acted_on: dt.date) -> bytes:
    clock = facts["clock"]
    rows = tuple(LedgerDay(**{**row, "date": _need(row["date"])}) for row in clock["days"])
    found = SimpleNamespace(
        ledger=rows, quota=clock["quota"], status=SimpleNamespace(label=clock["status"]), provisional=False,
        earliest_due_on=None, left=clock.get("left"),  # papers signed before it was kept tell the status alone
        **{name: _day(clock[name]) for name in ("received_on", "clock_start_on", "original_due_on", "due_on", "completed_on")},
    )  # fmt: skip
    known = f"截至{day(facts['as_of'])}签发答复之时" if clock["replied_on"] else f"截至{day(facts['as_of'])}"
    return typeset_ledger(case, found, known=known, on=acted_on)


def _front(case: Case, remedy: Remedy, shown: list[Exhibit], where: Any, acted_on: dt.date) -> bytes:
    rows = [
        (n, one.title, one.on.isoformat(), _span(*span), one.later)
        for n, (one, span) in enumerate(zip(shown, where, strict=True), 1)
    ]
    blocks = evidence_sheets.contents(case, remedy.label, rows, acted_on)
    return binder.sheet("证据卷", blocks, author=case.office.name, on=acted_on)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _need(text: str) -> dt.date:
    return dt.date.fromisoformat(text)

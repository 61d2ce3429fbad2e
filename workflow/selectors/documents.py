"""Documents of a case as bytes: sealed papers, the draft, the approval sheet, attached files."""

from __future__ import annotations

import datetime as dt
import io
import threading
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

import letters
from law.outcomes import Outcome
from letters.render_paper import pdf
from office import files, keys, parameters
from office.roles import Role
from office.web.dates import chinese_date
from workflow import linting, paper_facts, rules
from workflow.errors import NotNow
from workflow.frozen_facts import load_facts
from workflow.kinds import AttachmentKind
from workflow.selectors.papers import papers_of

PDF = "application/pdf"
#: Pictures of pages are made at this many dots for each point: about 1190 dots across an A4 page.
SCALE = 2
#: Files that show who the applicant is, and the duties that need them.
PERSONAL = (AttachmentKind.IDENTITY, AttachmentKind.AUTHORITY)
SEES_IDENTITY = frozenset({Role.INTAKE, Role.HANDLER, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST})
DEFAULT_CHAIN = ["股室", "办公室", "分管领导", "主要领导"]


@dataclass(frozen=True)
class Document:
    """A document ready to send."""

    name: str
    content: bytes
    content_type: str = PDF
    download: bool = False


@dataclass(frozen=True)
class Draft:
    """The reply as it would read: its pages, its text, its hash and what the lint says of it."""

    version: int
    sha256: str
    title: str
    text: str
    pages: tuple[int, ...]
    findings: tuple[Any, ...]


def paper_pdf(case: Any, paper_id: int) -> Document | None:
    """Render one sealed paper of a case from its frozen text; None when it is not the case's."""
    paper = next((row for row in papers_of(case) if row.pk == paper_id), None)
    if paper is None:
        return None
    return Document(f"{paper.title} {paper.number_text}.pdf", letters.render(paper))


def read_draft(case: Any, *, on: dt.date) -> Draft:
    """Compose the draft under review, or while the case is being handled the reply as it would go to review.

    Raises Refusal where the reply cannot be composed yet.
    """
    composed, facts, version = _composed(case, on)
    return Draft(
        version=version, sha256=composed.body_sha256, title=composed.title, text=composed.text,
        pages=tuple(range(1, page_count(_rendered(case.pk, composed)) + 1)),
        findings=tuple(linting.findings(case, composed, facts)),
    )  # fmt: skip


def draft_pdf(case: Any, *, on: dt.date) -> Document:
    """Render the draft with its mark."""
    composed, _, version = _composed(case, on)
    return Document(f"{case.number} 答复书稿{version or ''}.pdf", _rendered(case.pk, composed))


def draft_page(case: Any, number: int, *, on: dt.date) -> Document | None:
    """Draw one page of the draft as a picture; None beyond its last page."""
    composed, _, _ = _composed(case, on)
    content = _picture(_rendered(case.pk, composed), number)
    return Document(f"{number}.png", content, "image/png") if content else None


def approval_sheet_pdf(case: Any, *, on: dt.date) -> Document:
    """Render the approval sheet with the office's chain, over the draft that waits for signature.

    Raises NotNow before there is a draft.
    """
    draft = case.current_draft()
    if draft is None:
        raise NotNow("no_draft", "还没有送审的文稿，不能打印呈批单", field="sheet")
    facts = {
        "office": rules.facts_of(case.office),
        "addressee": paper_facts.addressee(case),
        "case_number": case.number,
        "received_on": case.received_on.isoformat(),
        "due_on": case.due_on.isoformat() if case.due_on else "",
        "drafter": draft.drafter.display,
        "submitted_on": draft.drafted_on.isoformat(),
        "items": [_sheet_item(item) for item in case.items_in_order()],
        "reviews": [_sheet_review(review) for review in case.current_reviews()],
        "chain": parameters.get("approval.chain", office=case.office, on=on, default=DEFAULT_CHAIN),
        "body_sha256": draft.body_sha256,
    }
    composed = letters.compose_for_office("approval_sheet", facts, on=on)
    # An internal sheet takes no number of a series: case, draft and hash name what is approved.
    shown = composed.issued(f"{case.number}（第{draft.version}稿）", on)
    content = pdf(
        shown.blocks, form=shown.form, title=shown.title, author=case.office.name, on=on, draft=False
    )
    return Document(f"{case.number} 呈批单.pdf", content)


def attachments(case: Any, user: Any) -> list[Any]:
    """List the files of a case that a person's duty needs: who only reviews or supervises sees no identity papers."""
    rows = case.attachments.select_related("file").order_by("id")
    if not user.reach().get(case.office_id, frozenset()) & SEES_IDENTITY:
        rows = rows.exclude(kind__in=PERSONAL)
    return list(rows)


def attachment(case: Any, attachment_id: int, user: Any) -> Document | None:
    """Read one attached file of a case; None when it is not the case's, or not for this person."""
    row = next((row for row in attachments(case, user) if row.pk == attachment_id), None)
    if row is None:
        return None
    return Document(row.title, files.read(row.file), row.file.content_type, download=True)


def _composed(case: Any, on: dt.date) -> tuple[Any, dict[str, Any], int]:
    draft = case.current_draft()
    if draft is not None and case.state != "handling":
        facts = load_facts(keys.data_key(case.subject_ref).unseal(draft.facts_sealed))
        return letters.compose_for_office(draft.kind, facts, on=on), facts, draft.version
    kind, facts = paper_facts.reply(case, on=on)
    return letters.compose_for_office(kind, facts, on=on), facts, 0


_kept: dict[str, bytes] = {}


def _rendered(case_id: int, composed: Any) -> bytes:
    """Render a draft, keeping the last few: a page of pictures asks for the same draft several times."""
    key = f"{case_id}:{composed.body_sha256}"
    if key not in _kept:
        while len(_kept) >= 8:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = letters.render_draft(composed)
    return _kept[key]


# PDFium is not safe for threads.
_pdfium = threading.Lock()


def page_count(content: bytes) -> int:
    """Count the pages of a PDF."""
    with _pdfium, pdfium.PdfDocument(content) as document:
        return len(document)


def _picture(content: bytes, number: int) -> bytes | None:
    with _pdfium, pdfium.PdfDocument(content) as document:
        if not 1 <= number <= len(document):
            return None
        image = document[number - 1].render(scale=SCALE).to_pil().convert("P", palette=1, colors=32)
    held = io.BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def _sheet_item(item: Any) -> dict[str, Any]:
    label = Outcome(item.outcome).label if item.outcome else "尚未拟定"
    facts = {name: text for name, text in item.facts.items() if isinstance(text, str)}
    return {
        "description": item.description, "outcome": item.outcome or "—", "outcome_label": label,
        "grounds": item.grounds, "reason": item.reason, **facts,
    }  # fmt: skip


def _sheet_review(review: Any) -> dict[str, str]:
    signed = ""
    if review.reviewer and review.reviewed_on:
        signed = f"{review.reviewer.display}　{chinese_date(review.reviewed_on)}"
    return {"name": review.get_kind_display(), "opinion": review.opinion or "　", "signed": signed}

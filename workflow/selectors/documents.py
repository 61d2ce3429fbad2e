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
from letters import working_copy as letters_copy
from letters.render_paper import pdf
from letters.working_copy.applying import difference
from office import files
from office.files.kinds import DOCX as DOCX_KIND
from office.roles import Role
from office.web.dates import chinese_date
from workflow import paper_facts, practices, rules
from workflow.drafting import Reply, next_reply, reply_of, system_reply
from workflow.errors import NotNow
from workflow.kinds import AttachmentKind
from workflow.scope import persons
from workflow.selectors.case_acts import BACK, act_line
from workflow.selectors.papers import papers_of

PDF = "application/pdf"
DOCX = DOCX_KIND.content_type
#: Pictures of pages are made at this many dots for each point: about 1190 dots across an A4 page.
SCALE = 2
#: Files that show who the applicant is, and the duties that need them.
PERSONAL = (AttachmentKind.IDENTITY, AttachmentKind.AUTHORITY)
SEES_IDENTITY = frozenset({Role.INTAKE, Role.HANDLER, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST})


@dataclass(frozen=True)
class Document:
    """A document ready to send."""

    name: str
    content: bytes
    content_type: str = PDF
    download: bool = False


@dataclass(frozen=True)
class ShownEdit:
    """Whose edit a draft is, what was not taken over, and what it changes, paragraph by paragraph."""

    by: str
    on: dt.date
    notices: tuple[str, ...]
    lines: tuple[Any, ...]


@dataclass(frozen=True)
class Draft:
    """The reply as it would read: its pages, its text, its hash and what the lint says of it."""

    version: int
    sha256: str
    title: str
    text: str
    pages: tuple[int, ...]
    findings: tuple[Any, ...]
    edit: ShownEdit | None = None


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
    reply, version = _reply(case, on)
    composed = reply.composed
    return Draft(
        version=version, sha256=composed.body_sha256, title=composed.title, text=composed.text,
        pages=tuple(range(1, page_count(_rendered(case.pk, composed)) + 1)),
        findings=tuple(reply.findings(case)), edit=_shown_edit(reply),
    )  # fmt: skip


def draft_pdf(case: Any, *, on: dt.date) -> Document:
    """Render the draft with its mark."""
    reply, version = _reply(case, on)
    return Document(f"{case.number} 答复书稿{version or ''}.pdf", _rendered(case.pk, reply.composed))


def draft_page(case: Any, number: int, *, on: dt.date) -> Document | None:
    """Draw one page of the draft as a picture; None beyond its last page."""
    reply, _ = _reply(case, on)
    content = _picture(_rendered(case.pk, reply.composed), number)
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
        "chain": practices.value("approval.chain", office=case.office, on=on),
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


def working_copy_docx(case: Any, user: Any, *, on: dt.date) -> Document | None:
    """Write the reply as a document for Word and WPS; None for who has nothing to edit in it.

    Its handler edits it before it goes to review; whoever reviews or signs it, in order to send it back with other words.
    An edit in use is gone on with. Raises Refusal where the reply cannot be composed yet.
    """
    handles = case.state == "handling" and case.handler_id in persons(user)
    if not handles and not any(act_line(case, act, user, on=on).allowed for act in BACK):
        return None
    base = system_reply(case, on=on).base
    try:
        composed = next_reply(case, on=on).composed
    except NotNow:
        composed = base  # an edit of another draft: one begins with the present one
    content = letters_copy.write(composed, base_sha256=base.body_sha256)
    return Document(f"{case.number} 答复书工作稿.docx", content, DOCX, download=True)


def _reply(case: Any, on: dt.date) -> tuple[Reply, int]:
    draft = case.current_draft()
    if draft is not None and case.state != "handling":
        draft.case = case
        return reply_of(draft, on=on), draft.version
    return next_reply(case, on=on), 0


def _shown_edit(reply: Reply) -> ShownEdit | None:
    edit = reply.edit
    if edit is None:
        return None
    lines = tuple(difference(reply.base, reply.composed))
    return ShownEdit(edit.by.display, edit.edited_on, tuple(edit.notices), lines)


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

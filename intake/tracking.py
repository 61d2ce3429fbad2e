"""A case as its applicant sees it: found by query code, told in plain words, without internal names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

import letters
from intake import phrases
from intake.asked import Asked, asked_of
from law.outcomes import Outcome
from letters.models import Paper
from office.errors import Refusal
from office.models import JournalEntry
from office.web.dates import long_day
from workflow.actions.follow_mail import mark_read
from workflow.actors import ApplicantActor
from workflow.kinds import AttachmentKind
from workflow.machine import State
from workflow.models import Case
from workflow.permissions import why_not
from workflow.review.disclosing.joining import given, hand_over
from workflow.review.disclosing.table_files import GivenFile, parts
from workflow.selectors.follow import applicant_case, filed_elsewhere, find_by_code
from workflow.selectors.papers import applicant_papers
from workflow.selectors.timeliness import working_days_left


class NotFound(Refusal):
    """Raised when code and characters do not fit together; it never tells which of them is wrong."""

    def __init__(self) -> None:
        super().__init__("not_found", "没有找到：查询码或者证件号码后四位不对，请对照回执核对后再试。")


@dataclass(frozen=True)
class Line:
    """One line of the applicant's timeline."""

    on: date | None
    title: str
    body: str = ""
    kind: str = "done"
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One paper for the applicant."""

    id: int
    label: str
    number: str
    on: date


@dataclass(frozen=True)
class ItemLine:
    """One piece of information that was asked for, with its outcome once it is answered."""

    seq: int
    description: str
    outcome_label: str = ""


@dataclass(frozen=True)
class FiledLine:
    """A request filed at another office for the applicant; its code is shown once."""

    id: int
    office_name: str
    number: str
    on: date
    code_shown_on: date | None


@dataclass(frozen=True)
class CopyLine:
    """One document that goes with the reply, as the applicant may download it."""

    id: int
    title: str
    pages: int
    item: int
    tables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Tracked:
    """Everything the applicant's page says of a case."""

    id: int
    number: str
    title: str
    version: int
    state: str
    state_label: str
    office_id: int
    office_name: str
    office_phone: str
    disclosure_office: str
    now_text: str
    next_text: str
    provisional: bool
    can_withdraw: bool
    why_not_withdraw: str
    asked: Asked | None = None
    items: list[ItemLine] = field(default_factory=list)
    papers: list[PaperLine] = field(default_factory=list)
    filed: list[FiledLine] = field(default_factory=list)
    copies: list[CopyLine] = field(default_factory=list)
    timeline: list[Line] = field(default_factory=list)


def find(*, code: str, last_four: str) -> int:
    """Find the case of a query code whose applicant's, agent's or guardian's document ends so.

    Raises NotFound, the same for a code that does not exist and for characters that do not fit.
    """
    case = find_by_code(code=code, last_four=last_four) if len(last_four) == 4 else None
    if case is None:
        raise NotFound
    return int(case.pk)


def track(case_id: int, *, on: date) -> Tracked:
    """Tell an applicant how a case stands on a day."""
    case = _own(case_id)
    state = State(case.state)
    asked = asked_of(case, on=on)
    now_text, next_text = _position(case, asked, on)
    refusal = why_not(case, "withdraw", by=ApplicantActor(case.pk, case.office_id), on=on)
    answered = case.replied_on is not None and state in phrases.ANSWERED_AND_SERVED
    return Tracked(
        id=case.pk,
        number=case.number,
        title=case.title,
        version=case.version,
        state=str(state),
        state_label=phrases.STATE_LABELS.get(state, state.label),
        office_id=case.office_id,
        office_name=case.office.name,
        office_phone=case.office.phone,
        disclosure_office=case.office.disclosure_office,
        now_text=now_text,
        next_text=next_text,
        provisional=bool(case.due_provisional and case.is_open),
        can_withdraw=refusal is None,
        why_not_withdraw=phrases.why_not_withdraw(state) if refusal else "",
        asked=asked,
        items=[
            ItemLine(
                item.seq, item.description, Outcome(item.outcome).label if answered and item.outcome else ""
            )
            for item in case.items_in_order()
        ],
        papers=_papers(case),
        filed=_filed(case),
        copies=[
            CopyLine(
                row.pk,
                row.version.holding.title,
                row.page_count,
                row.version.holding.item.seq,
                tuple(parts(row)),
            )
            for row in (given(case) if answered else ())
        ],
        timeline=_timeline(case, asked, on),
    )


def paper_pdf(case_id: int, paper_id: int) -> tuple[str, bytes]:
    """Render one paper of the applicant's own; returns its file name and the PDF.

    Raises LookupError when the paper is another case's, an internal one, or not served yet.
    """
    case = _own(case_id)
    shown = next((line for line in _papers(case) if line.id == paper_id), None)
    if shown is None:
        raise LookupError(paper_id)
    return f"{shown.label} {shown.number}".strip() + ".pdf", letters.render(Paper.objects.get(pk=paper_id))


def copy_file(
    case_id: int, copy_id: int, part: str, *, on: date, now: datetime, tell: bool = True
) -> GivenFile:
    """Hand over one file of a document that goes with the reply: its pages or a clean table.

    Raises LookupError when it is another case's, its reply was not served electronically, or there is no such part.
    """
    case = _own(case_id)
    by = ApplicantActor(case.pk, case.office_id)
    found = hand_over(case, copy_id, part, by=by, on=on, now=now, tell=tell)
    if found is None:
        raise LookupError(copy_id)
    return found


def office_of(case_id: int) -> int:
    """Tell which office has a case. Raises LookupError."""
    return int(_own(case_id).office_id)


def _own(case_id: int) -> Case:
    case = applicant_case(case_id)
    if case is None:
        raise LookupError(case_id)
    return case


def _papers(case: Case) -> list[PaperLine]:
    """List the papers the applicant may read, oldest first, each with the day it was handed over or made."""
    handed = {d.paper_id: d.completed_on or d.sent_on for d in case.all_deliveries()}
    lines = []
    for paper in applicant_papers(case):
        label = phrases.paper_label(paper.kind)
        if label:
            lines.append(PaperLine(paper.pk, label, paper.number_text, handed.get(paper.pk, paper.signed_on)))
    return lines


def _filed(case: Case) -> list[FiledLine]:
    """List what was filed elsewhere for the applicant from this case (条例36(5))."""
    rows = filed_elsewhere(case)
    return [
        FiledLine(row.pk, row.other.office.name, row.other.number, row.linked_on, row.code_shown_on)
        for row in rows
    ]


def _position(case: Case, asked: Asked | None, on: date) -> tuple[str, str]:
    """Say where a case stands and what comes next."""
    state = State(case.state)
    now_text = phrases.NOW[state]
    if state == State.SUBMITTED and case.received_on is None:
        return "机关已经收到您的材料，会尽快与您联系，确认收到申请的日期。", ""
    if case.open_consultations() and state in phrases.IN_WORK:
        return "机关正在征求第三方或者其他机关的意见，征求意见的时间不计入答复期限。", ""
    if asked is not None:
        return now_text, asked.text
    if state not in phrases.IN_WORK or case.due_on is None:
        return now_text, ""
    by = f"最迟{long_day(case.due_on)}答复"
    left = working_days_left(case.due_on, on, case.office_id)
    if left < 0:
        return (
            now_text,
            f"答复期限{long_day(case.due_on)}已过，您可以联系机关，或者依法申请行政复议、提起行政诉讼",
        )
    return now_text, f"{by}，还有 {left} 个工作日" if left else f"{by}，今天是最后一天"


def _timeline(case: Case, asked: Asked | None, on: date) -> list[Line]:
    """Tell what has happened from the journal, newest last, and what is expected."""
    lines = []
    for entry in JournalEntry.objects.filter(subject=case.subject_ref).order_by("seq"):
        told = phrases.told(entry.key, case.channel, entry.data)
        if told:
            title, body = told
            lines.append(Line(entry.on, title, body))
    if lines and case.is_open:
        last = lines.pop()
        lines.append(Line(last.on, last.title, last.body, "wait" if asked else "now"))
        lines += sorted(_ahead(case, asked, on), key=lambda line: line.on or on)
    return lines


def _ahead(case: Case, asked: Asked | None, on: date) -> list[Line]:
    """Tell what is expected: the applicant's own last day, and that of the reply while its term runs."""
    lines = []
    if asked and asked.last_on:
        href = reverse(f"portal:{asked.page}")
        lines.append(
            Line(asked.last_on, "您的期限到这一天为止", asked.otherwise, "future", href, asked.button)
        )
    if case.due_on and case.due_on >= on:
        lines.append(Line(case.due_on, "最迟在这一天答复", "", "future"))
    return lines


SUPPLEMENT_FILES = AttachmentKind.SUPPLEMENT.value
EXPLANATION_FILES = AttachmentKind.EXPLANATION.value


def leave_receipt(case_id: int, paper_id: int, *, on: date, now: datetime) -> None:
    """Leave a receipt that the applicant opened a paper served on the portal, the first time it is opened."""
    case = _own(case_id)
    if any(row.paper_id == paper_id for row in case.unread_deliveries()):
        mark_read(
            case_id=case_id, by=ApplicantActor(case_id, case.office_id), on=on, now=now, paper_id=paper_id
        )

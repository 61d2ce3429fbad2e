"""Papers on their way out: what waits for the post or at the counter, what is on its way, what was posted on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from letters import binder
from letters.models import Paper
from letters.sheet_parts import head, label, table, value
from letters.vocabulary import day as chinese_day
from office.models import Office, User
from office.roles import Role
from workflow.machine import State
from workflow.models import Case, Consultation, Delivery
from workflow.selectors.access import visible_cases
from workflow.selectors.duties import SERVING, unserved
from workflow.selectors.papers import NEEDS_PROOF

SHOWN = 100
#: Where a case may stand while its consulted parties are written to.
CONSULTING = (State.HANDLING, State.REVIEWING, State.SIGNING)
WIDTHS = (6, 18, 26, 16, 40, 10, 20)
HEAD = ("序号", "EMS 邮件号", "内件文书", "收件人", "地址", "邮编", "备注")


@dataclass(frozen=True)
class Out:
    """One paper that waits to be handed over, and what it still lacks."""

    paper: Paper
    case: Case
    reply: bool
    consultation: Consultation | None = None
    which: str = "letter"

    @property
    def came_back_on(self) -> dt.date | None:
        """Return the day on which a consulted party's paper came back, or None."""
        row = self.consultation
        return row and (row.decision_returned_on if self.which == "decision" else row.returned_on)

    @property
    def to(self) -> str:
        """Name who is to receive it."""
        return self.case.applicant_name if self.consultation is None else self.consultation.party_name

    @property
    def unsealed(self) -> bool:
        """Tell whether it waits for its seal first."""
        return self.paper.waits_for_seal


def offices_of(user: User) -> list[Office]:
    """List the offices for which a person hands papers over."""
    held = [office_id for office_id, roles in user.reach().items() if Role.INTAKE in roles]
    return list(Office.objects.filter(pk__in=held).order_by("code"))


def papers_out(user: User, office: Office, channel: str) -> tuple[list[Out], bool]:
    """List the papers of an office that wait to go out by a channel, the most pressing cases first."""
    cases = visible_cases(user).filter(office=office, service=channel)
    cases = cases.filter(Q(state=State.REPLIED) | Q(unserved(), state__in=SERVING))
    held = {case.pk: case for case in cases.order_by("due_on", "pk")[: SHOWN + 1]}
    papers: dict[int, list[Paper]] = {pk: [] for pk in held}
    refs = [f"case:{pk}" for pk in held]
    for paper in Paper.objects.filter(subject_ref__in=refs, voiding=None).order_by("pk"):
        papers[int(paper.subject_ref[5:])].append(paper)
    sent = set(Delivery.objects.filter(case_id__in=list(held)).values_list("paper_id", flat=True))
    found = []
    for case in list(held.values())[:SHOWN]:
        replies = [paper for paper in papers[case.pk] if paper.kind.startswith("reply")]
        if case.state == State.REPLIED and replies:
            found.append(Out(replies[-1], case, True))
        found += [Out(p, case, False) for p in papers[case.pk] if p.kind in NEEDS_PROOF and p.pk not in sent]
    if channel == "post":
        found += _to_consult(user, office)
    return found, len(held) > SHOWN


def _to_consult(user: User, office: Office) -> list[Out]:
    """List the letters and notices to consulted parties that were not sent yet, or came back; the oldest first."""
    cases = visible_cases(user).filter(office=office, state__in=CONSULTING)
    rows = Consultation.objects.filter(case__in=cases, office__isnull=True)
    letter = Q(paper__isnull=False, paper__voiding=None, delivered_on__isnull=True, opinion="") & (
        Q(channel="") | Q(returned_on__isnull=False)
    )
    decision = Q(decision_paper__isnull=False, decision_paper__voiding=None, decision_delivered_on__isnull=True) & (
        Q(decision_posted_on__isnull=True) | Q(decision_returned_on__isnull=False)
    )  # fmt: skip
    held = rows.select_related("paper", "decision_paper", "case__office").order_by("sent_on", "pk")
    found = [Out(row.paper, row.case, False, row) for row in held.filter(letter)[:SHOWN] if row.paper]
    return found + [
        Out(row.decision_paper, row.case, False, row, "decision")
        for row in held.filter(decision)[:SHOWN]
        if row.decision_paper
    ]


@dataclass(frozen=True)
class Way:
    """One posted paper that was neither signed for nor returned: to an applicant, or to a consulted party."""

    key: str
    tracking: str
    paper: Paper
    case: Case
    sent_on: dt.date
    delivery: int | None = None
    consultation: Consultation | None = None
    which: str = "letter"

    @property
    def to(self) -> str:
        """Name the consulted party it went to; an applicant is known by the case."""
        return self.consultation.party_name if self.consultation else ""


def on_its_way(user: User, office: Office) -> list[Way]:
    """List the posted papers that were neither signed for nor returned, the oldest first.

    A consulted party's term for its opinion runs from the day it signed (条例32), so its letters stand here as well.
    """
    rows = _posted(user, office).filter(signed_on__isnull=True, returned_on__isnull=True)
    found = [
        Way(str(row.pk), row.tracking, row.paper, row.case, row.sent_on, row.pk)
        for row in rows.order_by("sent_on", "pk")[:SHOWN]
    ]
    letters, notices = _consulted(user, office)
    letters = letters.filter(delivered_on__isnull=True, returned_on__isnull=True, opinion="")
    notices = notices.filter(decision_delivered_on__isnull=True, decision_returned_on__isnull=True)
    for one in letters.filter(case__state__in=CONSULTING).select_related("paper", "case__office")[:SHOWN]:
        if one.paper:
            found.append(Way(f"c{one.pk}", one.tracking, one.paper, one.case, one.sent_on, None, one))
    for one in notices.filter(case__state__in=CONSULTING).select_related("decision_paper", "case__office")[
        :SHOWN
    ]:
        if one.decision_paper and one.decision_posted_on:
            key, day = f"d{one.pk}", one.decision_posted_on
            found.append(
                Way(key, one.decision_tracking, one.decision_paper, one.case, day, None, one, "decision")
            )
    return sorted(found, key=lambda way: (way.sent_on, way.paper.pk))[:SHOWN]


def posted_on(user: User, office: Office, day: dt.date) -> list[Delivery]:
    """List what was posted to applicants on a day, in the order in which it was entered."""
    return list(_posted(user, office).filter(sent_on=day).order_by("pk"))


@dataclass(frozen=True)
class Sent:
    """One paper that was posted to a consulted party."""

    row: Consultation
    paper: Paper
    tracking: str


def consulted_on(user: User, office: Office, day: dt.date) -> list[Sent]:
    """List the letters and notices that were posted to consulted parties on a day."""
    letters, notices = _consulted(user, office)
    found = [
        Sent(row, row.paper, row.tracking)
        for row in letters.filter(sent_on=day).select_related("paper").order_by("pk")
        if row.paper
    ]
    return found + [
        Sent(row, row.decision_paper, row.decision_tracking)
        for row in notices.filter(decision_posted_on=day).select_related("decision_paper").order_by("pk")
        if row.decision_paper
    ]


def _consulted(user: User, office: Office) -> tuple[QuerySet[Consultation], QuerySet[Consultation]]:
    """Return what was posted to consulted parties: the letters, and the notices of a decision to disclose."""
    rows = Consultation.objects.filter(case__in=visible_cases(user).filter(office=office))
    letters = rows.filter(channel="post", paper__isnull=False).exclude(tracking="")
    return letters, rows.filter(decision_posted_on__isnull=False)


def posting_days(user: User, office: Office) -> list[dict[str, Any]]:
    """List the last days on which something was posted, with how much."""
    rows = Delivery.objects.filter(case__in=visible_cases(user).filter(office=office), channel="post")
    letters, notices = _consulted(user, office)
    counted: Counter[dt.date] = Counter()
    for held, field in ((rows, "sent_on"), (letters, "sent_on"), (notices, "decision_posted_on")):
        for day, count in held.order_by().values_list(field).annotate(Count("pk")).order_by(f"-{field}")[:10]:
            counted[day] += count
    return [{"sent_on": day, "count": counted[day]} for day in sorted(counted, reverse=True)[:10]]


def list_rows(deliveries: list[Delivery], consulted: Sequence[Sent] = ()) -> list[list[Any]]:
    """Return the posting list as rows, its head first; papers with one number lie in one envelope.

    :param consulted: letters to consulted parties, of whom no case and no applicant is named
    """
    rows: list[list[Any]] = [list(HEAD)]
    by_letter: dict[tuple[int, str], list[Delivery]] = {}
    for row in deliveries:
        by_letter.setdefault((row.case_id, row.tracking), []).append(row)
    for number, ((_, tracking), held) in enumerate(by_letter.items(), 1):
        party = next(iter(held[0].case.applicants()), None)
        address = next((row.address.reveal() for row in held if row.address), "")
        if not address and party is not None and party.address:
            address = party.address.reveal()
        again = "再次寄送" if any(row.again_of_id for row in held) else ""
        inside = "、".join(row.paper.number_text for row in held)
        name = party.name if party else held[0].case.applicant_name
        rows.append([number, tracking, inside, name, address, party.postcode if party else "", again])
    for number, sent in enumerate(consulted, len(rows)):
        party = sent.row
        rows.append(
            [number, sent.tracking, sent.paper.number_text, party.party_name, party.party_address, "", ""]
        )
    return rows


def list_pdf(office: Office, day: dt.date, rows: list[list[Any]]) -> bytes:
    """Set the posting list as a sheet that the post's clerk signs."""
    centre = {"align": "center"}
    cells = [[label(text) for text in rows[0]]]
    cells += [
        [value(str(one), **centre) if n in (0, 5) else value(str(one)) for n, one in enumerate(row)]
        for row in rows[1:]
    ]
    lines = (f"交寄日期：{chinese_day(day.isoformat())}", f"共 {len(rows) - 1} 件")
    blocks = [
        *head("交寄清单", {"name": office.name}, *lines),
        table([8, 24, 19, 11, 19, 12, 9], cells, head_rows=1),
    ]
    blocks += [
        {"type": "sheet_line", "left": "　"},
        {"type": "sheet_line", "left": "交寄人：", "right": "邮政企业收寄人（签章）：　　　　　　"},
    ]
    return binder.sheet("交寄清单", blocks, author=office.name, on=day)


def counter_pdf(office: Office, day: dt.date, found: list[Out]) -> bytes:
    """Set the sheet on which applicants sign for papers fetched at the counter."""
    cells = [[label(text) for text in ("序号", "案件", "文书", "领取人签名", "领取日期")]]
    cells += [
        [value(str(n), align="center"), value(f"{out.case.number} {out.case.applicant_name}"),
         value(f"{out.paper.title}（{out.paper.number_text}）"), {"text": "", "rows": 2}, {"text": ""}]
        for n, out in enumerate(found, 1)
    ]  # fmt: skip
    lines = (f"制表日期：{chinese_day(day.isoformat())}", f"共 {len(found)} 份")
    blocks = [
        *head("文书领取签收单", {"name": office.name}, *lines),
        table([9, 24, 35, 18, 14], cells, head_rows=1),
    ]
    return binder.sheet("文书领取签收单", blocks, author=office.name, on=day)


def _posted(user: User, office: Office) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(case__in=visible_cases(user).filter(office=office), channel="post")
    return rows.select_related("paper", "case__office")

"""Everything of one case on one page, read in a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from law.outcomes import Outcome
from office.models import User
from office.web.dates import chinese_date
from workflow.machine import State
from workflow.models import Case, Review
from workflow.print_outs.offered import PrintOut, shown
from workflow.selectors.access import visible_cases
from workflow.selectors.after_reply import AfterReply, after_reply, flagged
from workflow.selectors.case_acts import ASIDE, BACK, ActLine, acts_for
from workflow.selectors.contact import hints_of, may_reach
from workflow.selectors.documents import attachments
from workflow.selectors.holdings import shown_holdings
from workflow.selectors.ledger import Why, why_this_day
from workflow.selectors.papers import papers_of
from workflow.selectors.trail import TrailLine, trail_of
from workflow.selectors.urges import urge_lines


@dataclass(frozen=True)
class PartyLine:
    """One party by name, with identity and contact as hints; whole they are read by an act of their own."""

    part: str
    kind: str
    name: str
    identity: str
    contact: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ItemLine:
    """One item with its outcome and what the letter will say of it."""

    seq: int
    description: str
    outcome: str
    outcome_label: str
    grounds: str
    reason: str
    proposed_on: dt.date | None
    nature: str = ""
    advice: str = ""
    handed: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One sealed paper and how it was served."""

    id: int
    title: str
    number: str
    on: dt.date
    served: str
    needs_service: bool


@dataclass(frozen=True)
class CasePage:
    """One case as a person may see it."""

    case: Case
    state_label: str
    applicant: str
    facts: tuple[tuple[str, Any], ...]
    parties: tuple[PartyLine, ...]
    items: tuple[ItemLine, ...]
    papers: tuple[PaperLine, ...]
    why: Why
    acts: tuple[ActLine, ...]
    trail: tuple[TrailLine, ...]
    searches: tuple[Any, ...]
    consultations: tuple[Any, ...]
    contacts: tuple[Any, ...]
    links: tuple[Any, ...]
    excess: Any
    fee: Any
    drafts: tuple[Any, ...]
    sheet: Any
    deliveries: tuple[Any, ...]
    attachments: tuple[Any, ...]
    after: AfterReply
    shares: tuple[Any, ...] = ()
    can_read_contact: bool = False
    prints: tuple[PrintOut, ...] = ()
    edit: Any = None
    holdings: tuple[Any, ...] = ()
    cards: tuple[Any, ...] = ()
    urges: tuple[Any, ...] = ()

    @property
    def main(self) -> str:
        """Name the act of the page's one main button: the first that may be done."""
        return next((line.name for line in self.acts if line.allowed and line.name not in ASIDE), "")

    @property
    def later(self) -> list[ActLine]:
        """List the acts that belong to another state of the case."""
        return [line for line in self.acts if line.later]

    @property
    def can_propose(self) -> bool:
        """Tell whether this person may propose outcomes now."""
        return self._may("propose")

    @property
    def can_edit_draft(self) -> bool:
        """Tell whether this person may edit the reply in a word processor now."""
        return self._may("import_draft")

    @property
    def sends_back_edited(self) -> str:
        """Name the act by which this person may send the draft back with other words now, or nothing."""
        return next((act for act in BACK if self._may(act)), "")

    @property
    def can_record_delivery(self) -> bool:
        """Tell whether this person may record the service of a paper now."""
        return self._may("record_delivery")

    def _may(self, act: str) -> bool:
        return any(line.name == act and line.allowed for line in self.acts)


def find_case(user: User, case_id: int, *, whole: bool = False) -> Case | None:
    """Read a case this person may see, with its office, unit and handler; None for any other.

    :param whole: say beside it which records it has, for a page that asks for all of them; a page that asks for few is
        answered in half the time without
    """
    seen = visible_cases(user).filter(pk=case_id)
    cases = flagged(seen) if whole else seen
    return cases.select_related("office", "unit", "handler", "handed_by").first()


def case_page(user: User, case_id: int, *, on: dt.date) -> CasePage | None:
    """Read everything of a case for its page, or None when this person may not see it."""
    case = find_case(user, case_id, whole=True)
    if case is None:
        return None
    drafts = tuple(
        case.drafts.select_related("drafter")
        .prefetch_related(Prefetch("reviews", Review.objects.select_related("reviewer")))
        .order_by("-version")
    )
    case.keep_drafts(drafts)
    acts, trail = tuple(acts_for(case, user, on=on)), tuple(trail_of(case))
    seen = {line.key for line in trail}
    return CasePage(
        case=case, state_label=State(case.state).label, applicant=case.applicant_name, facts=_facts(case),
        parties=_parties(case), items=_items(case, seen), papers=_papers(case), why=why_this_day(case, on=on),
        acts=acts, trail=trail,
        searches=tuple(case.search_records()) if "case.record_search" in seen else (),
        consultations=tuple(case.all_consultations()),
        contacts=_contacts(case, seen), links=tuple(case.all_links()),
        excess=case.excess_inquiry(), fee=case.fee_notice(), drafts=drafts, sheet=case.entered_sheet() if "case.enter_signed_sheet" in seen else None,
        deliveries=tuple(case.all_deliveries()),
        attachments=tuple(attachments(case, user)),
        after=after_reply(case, user, on=on),
        shares=tuple(case.all_shares()), can_read_contact=may_reach(case, user),
        prints=shown(case, user),
        edit=case.current_edit() if "case.import_draft" in seen else None,
        holdings=shown_holdings(case, user), cards=tuple(case.all_cards()),
        urges=urge_lines(case, on),
    )  # fmt: skip


def _facts(case: Case) -> tuple[tuple[str, Any], ...]:
    rows: list[tuple[str, Any]] = [
        ("登记编号", case.number), ("受理机关", case.office.name), ("渠道", case.get_channel_display()),
        ("来源编号", case.external_number), ("信件写明的收件人", case.addressed_to),
        ("最先收到的机关", case.handed_by.name if case.handed_by_id else ""),
        ("申请人类别", case.get_applicant_kind_display()), ("获取形式", case.get_wanted_form_display()),
        ("送达方式", case.get_service_display()), ("承办科室", case.unit.name if case.unit else "尚未分办"),
        ("承办人", case.handler.display if case.handler else "尚无"),
        ("保管期限", f"{case.retention_years} 年" if case.retention_years else ""),
    ]  # fmt: skip
    return tuple((label, value) for label, value in rows if value)


def _parties(case: Case) -> tuple[PartyLine, ...]:
    lines = []
    for party in case.all_parties():
        lines.append(
            PartyLine(
                part=party.get_part_display(), kind=party.get_kind_display(), name=party.name,
                identity=f"{party.get_id_kind_display()} {party.id_number.masked()}" if party.id_number else "",
                contact=_contact(party),
            )
        )  # fmt: skip
    return tuple(lines)


def _contact(party: Any) -> tuple[tuple[str, str], ...]:
    plain = [("代理权限", party.scope), ("代理期限至", str(party.until_on or ""))]
    return (*hints_of(party), *((label, value) for label, value in plain if value))


def _nature(case: Case, item: Any, seen: set[str]) -> tuple[str, str, str]:
    """Tell what an item was judged to be, how that is handled and where it went; read only where the trail says so."""
    found = case.nature_of(item)
    handed = case.referral_of(item) if "case.refer" in seen else None
    number = f"，受理编号{handed.number}" if handed and handed.number else ""
    told = f"{handed.handed_on:%Y-%m-%d}移送{handed.to_name}{number}" if handed else ""
    return (found.label, found.advice, told) if found else ("", "", told)


def _items(case: Case, seen: set[str]) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            item.seq, item.description, item.outcome, Outcome(item.outcome).label if item.outcome else "",
            "、".join(item.grounds), item.reason, item.proposed_on, *_nature(case, item, seen),
        )
        for item in case.items_in_order()
    )  # fmt: skip


def _papers(case: Case) -> tuple[PaperLine, ...]:
    served = {delivery.paper_id: delivery for delivery in case.all_deliveries()}
    unserved = {paper.pk for paper in case.unserved_papers()}
    lines = []
    for paper in papers_of(case):
        delivery = served.get(paper.pk)
        how = f"{delivery.get_channel_display()}，{chinese_date(delivery.sent_on)}" if delivery else ""
        lines.append(
            PaperLine(paper.pk, paper.title, paper.number_text, paper.signed_on, how, paper.pk in unserved)
        )
    return tuple(lines)


def _contacts(case: Case, seen: set[str]) -> tuple[Any, ...]:
    if "case.record_contact" not in seen:
        return ()
    return tuple(case.contacts.select_related("tried_by").order_by("tried_on", "id"))

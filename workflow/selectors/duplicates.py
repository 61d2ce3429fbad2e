"""Requests that look like one another: the same applicant, or the same thing asked for, with the reasons in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from letters.models import Paper
from office import keys
from office.models import User
from office.web.dates import chinese_date
from workflow.alike import index
from workflow.alike.compare import Likeness, compare_read
from workflow.alike.wording import read
from workflow.machine import State
from workflow.models import Case, Item, Party
from workflow.models.party import IDENTITY, normal_identity
from workflow.selectors.access import visible_cases
from workflow.selectors.worklists import shown_name

#: How many of an applicant's newest requests are compared.
COMPARED = 40
#: How many like wordings are followed to their cases, and to how many cases each.
WORDINGS, CASES_EACH = 12, 40
#: So many requests for one thing are worth a thought about publishing it (条例44) or answering them together.
MANY = 3
ANSWERED = frozenset({State.REPLIED, State.SERVED, State.ARCHIVED})
NOTHING = Likeness(0.0, ())


@dataclass(frozen=True)
class Similar:
    """An earlier request that may be the same as another, and why it is shown."""

    id: int
    number: str
    title: str
    applicant: str
    state: str
    state_label: str
    arrived_on: dt.date
    same_applicant: bool
    likeness: Likeness
    item: int
    reply: str = ""
    replied_on: dt.date | None = None

    @property
    def alike(self) -> bool:
        """Tell whether both ask for the same, as far as words tell; a person decides (条例36(6))."""
        return self.likeness.same

    @property
    def repeat(self) -> bool:
        """Tell whether this may be a repeated request: the same person, the same thing, already answered."""
        return self.same_applicant and self.alike and bool(self.replied_on)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Say in words why this request is shown."""
        told = ["同一申请人" if self.same_applicant else "其他申请人"]
        if self.alike:
            told.append("相同事项")
        elif self.likeness.worth_showing:
            told.append("相近事项")
        if self.likeness.worth_showing:
            told.append(f"相似度 {self.likeness.score:.2f}")
        told += self.likeness.apart if self.likeness.worth_showing else ()
        if self.replied_on:
            told.append(f"曾于{chinese_date(self.replied_on)}答复（{self.reply}）")
        return tuple(told)


@dataclass(frozen=True)
class Found:
    """What was found beside a request: the rows, and what they call for in one sentence each."""

    rows: tuple[Similar, ...] = ()
    others: int = 0
    applicants: int = 0
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def advice(self) -> tuple[str, ...]:
        """Say what the rows may call for; a person decides."""
        told = []
        if any(row.repeat for row in self.rows):
            told.append("同一申请人就相同事项的申请已经答复，可以告知不予重复处理（条例第三十六条第六项）。")
        elif any(row.same_applicant and row.alike for row in self.rows):
            told.append("同一申请人就相同事项另有申请，还没有答复的不能作重复申请处理。")
        if self.others >= MANY:
            count = f"{self.others}{'件以上' if self.more else '件'}"
            told.append(
                f"另有{count}申请要求公开相同信息，可以公开的，可以纳入主动公开（条例第四十四条）；也可以并案办理。"
            )
        return tuple(told)


def possible_duplicates(
    user: User,
    *,
    office_id: int,
    identity: str = "",
    name: str = "",
    texts: Sequence[str] = (),
    limit: int = 6,
) -> Found:
    """List earlier requests to an office that a new one may repeat; for doors that file new ones.

    ``identity`` is an identity number as typed, found by its keyed hash; ``name`` finds by name alone; ``texts`` are
    the items. Only cases the person may see.
    """
    rule = Q()
    if number := normal_identity(identity):
        rule |= Q(id_hash__in=keys.blind_candidates(IDENTITY, number))
    if name.strip():
        rule |= Q(name=name.strip())
    parties = Party.objects.filter(rule, part="applicant") if rule else Party.objects.none()
    return _found(visible_cases(user).filter(office_id=office_id), parties, texts, office_id, user, limit)


def similar_cases(case: Any, *, user: User, limit: int = 6) -> Found:
    """List other requests to the same office like this one, or of its applicants, among those a person may see."""
    hashes = [party.id_hash for party in case.applicants() if party.id_hash]
    parties = Party.objects.filter(id_hash__in=hashes, part="applicant") if hashes else Party.objects.none()
    texts = [item.description for item in case.items_in_order()]
    cases = visible_cases(user).filter(office_id=case.office_id).exclude(pk=case.pk)
    return _found(cases, parties, texts, case.office_id, user, limit)


def similar_to(user: User, case_id: int, *, limit: int = 20) -> tuple[Case, Found] | None:
    """Read a case and what is like it, or None when the person may not see the case."""
    case = visible_cases(user).filter(pk=case_id).select_related("office").first()
    return (case, similar_cases(case, user=user, limit=limit)) if case else None


def same_matter(case: Any, *, user: User) -> list[int]:
    """Return the ids of the visible cases that ask this office for the same as this one, newest first."""
    texts = [item.description for item in case.items_in_order()]
    found = _by_case(index.find(case.office_id, texts))[0]
    same = [case_id for case_id, (likeness, _) in found.items() if likeness.same and case_id != case.pk]
    cases = visible_cases(user).filter(office_id=case.office_id, pk__in=same)
    return list(cases.order_by("-pk").values_list("pk", flat=True))


def _found(
    cases: QuerySet[Case],
    parties: QuerySet[Party],
    texts: Sequence[str],
    office_id: int,
    user: User,
    limit: int,
) -> Found:
    by_words, more = _by_case(index.find(office_id, texts))
    own = set() if parties.query.is_empty() else set(_own(cases, parties))
    rows = list(cases.filter(pk__in=own | by_words.keys()))
    if unread := [case for case in rows if case.pk in own and case.pk not in by_words]:
        by_words |= _compared(unread, texts)
    same = {case.pk for case in rows if by_words.get(case.pk, (NOTHING, 0))[0].same}
    others = [case for case in rows if case.pk in same and case.pk not in own]
    ranked = sorted(
        rows, key=lambda case: (
            -(case.pk in same and case.pk in own), -(case.pk in same), -(case.pk in own),
            -by_words.get(case.pk, (NOTHING, 0))[0].score, -case.pk,
        ),
    )[:limit]  # fmt: skip
    replies = _replies(ranked)
    return Found(
        tuple(
            Similar(
                case.pk, case.number, case.title, shown_name(case, user), case.state, State(case.state).label,
                case.arrived_on, case.pk in own, *by_words.get(case.pk, (NOTHING, 0)),
                replies.get(case.pk, ""), case.replied_on if case.pk in replies else None,
            )
            for case in ranked
        ),
        others=len(others), applicants=len({case.applicant_name for case in others}), more=more,
    )  # fmt: skip


def _own(cases: QuerySet[Case], parties: QuerySet[Party]) -> list[int]:
    held = parties.values("case_id")
    return list(cases.filter(pk__in=held).order_by("-pk").values_list("pk", flat=True)[:COMPARED])


def _by_case(matches: Sequence[index.Match]) -> tuple[dict[int, tuple[Likeness, int]], bool]:
    """Follow like wordings to their newest cases; also tell whether one wording has more than were followed."""
    by_text = {match.text_id: (match.likeness, match.item) for match in matches[:WORDINGS]}
    found: dict[int, tuple[Likeness, int]] = {}
    seen: dict[int, int] = {}
    for text_id, case_id in index.newest_cases(list(by_text), each=CASES_EACH):
        seen[text_id] = seen.get(text_id, 0) + 1
        if case_id not in found or by_text[text_id][0].score > found[case_id][0].score:
            found[case_id] = by_text[text_id]
    return found, any(count == CASES_EACH for count in seen.values())


def _compared(cases: Sequence[Case], texts: Sequence[str]) -> dict[int, tuple[Likeness, int]]:
    """Compare an applicant's own requests word by word: they are shown however unlike they are."""
    asked = [read(text) for text in texts if text.strip()]
    found: dict[int, tuple[Likeness, int]] = {}
    for case_id, description in Item.objects.filter(case__in=cases).values_list("case_id", "description"):
        for place, one in enumerate(asked, start=1):
            likeness = compare_read(one, read(description))
            held = found.get(case_id, (NOTHING, 0))
            if (likeness.same, likeness.score) > (held[0].same, held[0].score):
                found[case_id] = (likeness, place)
    return found


def _replies(cases: Sequence[Case]) -> dict[int, str]:
    """Read the numbers of the replies; a request that was withdrawn or lapsed has none and was not answered."""
    answered = {case.subject_ref: case.pk for case in cases if State(case.state) in ANSWERED}
    if not answered:
        return {}
    papers = Paper.objects.filter(subject_ref__in=answered, kind__startswith="reply").order_by("pk")
    return {answered[ref]: number for ref, number in papers.values_list("subject_ref", "number_text")}

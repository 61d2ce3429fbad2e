"""What each role must do next: one bounded queryset of cases for each duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from letters.models import Paper
from office.models import User
from office.roles import Role
from workflow.machine import State
from workflow.models import ApprovalSheet, Case, Consultation, Delivery, ReplyDraft, Review
from workflow.scope import handler_units
from workflow.selectors.papers import NEEDS_PROOF

S = State
REVIEWS = {Role.SECRECY: ("secrecy", "保密审查"), Role.REDACTION: ("redaction", "去标识化审查"),
           Role.LEGAL: ("legal", "法制审核")}  # fmt: skip
SERVING = (S.REGISTERED, S.SUPPLEMENTING, S.HANDLING, S.REVIEWING, S.SIGNING, S.LAPSED, S.WITHDRAWN)


@dataclass(frozen=True)
class Duty:
    """One kind of thing to do and the cases that wait for it."""

    label: str
    cases: QuerySet[Case]


Maker = Callable[[User, list[int]], Iterator[Duty]]


def duties_of(user: User, *, on: dt.date) -> Iterator[Duty]:
    """Yield what a person's roles must do next, each as one queryset over indexed columns."""
    by_role: dict[str, list[int]] = {}
    for office_id, roles in user.roles(on=on).items():
        for role in roles:
            by_role.setdefault(str(role), []).append(office_id)
    for role, make in MAKERS.items():
        if offices := by_role.get(str(role)):
            yield from make(user, offices)
    if checked := {office for role in CHECKERS for office in by_role.get(str(role), ())}:
        yield Duty("核对纸质签批", _entered(_in(sorted(checked), S.SIGNING), by=user))


def _in(offices: list[int], *states: State) -> QuerySet[Case]:
    return Case.objects.filter(office_id__in=offices, state__in=states)


def _intake(user: User, offices: list[int]) -> Iterator[Duty]:
    yield Duty("确认收件", _in(offices, S.SUBMITTED).filter(received_on__isnull=True))
    yield Duty("登记", _in(offices, S.SUBMITTED).filter(received_on__isnull=False))
    yield Duty("送达答复", _in(offices, S.REPLIED))
    yield Duty("登记送达", _unserved(_in(offices, *SERVING)))


def _allocator(user: User, offices: list[int]) -> Iterator[Duty]:
    yield Duty("分办", _in(offices, S.REGISTERED))


def _handler(user: User, offices: list[int]) -> Iterator[Duty]:
    units = [unit for office_id in offices for unit in handler_units(user, office_id)]
    waits = Consultation.objects.filter(case_id=OuterRef("pk"), opinion_on__isnull=True)
    mine = _in(offices, S.HANDLING).filter(handler=user)
    yield Duty("办理", mine.filter(~Exists(waits)))
    yield Duty("等第三方意见", mine.filter(Exists(waits)))
    yield Duty("领办", _in(offices, S.HANDLING).filter(handler__isnull=True, unit_id__in=units))
    yield Duty("等申请人补正", _in(offices, S.SUPPLEMENTING).filter(handler=user))


def _reviewer(role: Role) -> Maker:
    kind, label = REVIEWS[role]

    def make(user: User, offices: list[int]) -> Iterator[Duty]:
        pending = Review.objects.filter(case_id=OuterRef("pk"), kind=kind, status="pending")
        yield Duty(label, _in(offices, S.REVIEWING).filter(Exists(pending)))

    return make


def _entered(cases: QuerySet[Case], *, by: User) -> QuerySet[Case]:
    """Keep the cases with a signed sheet that waits for its check by somebody else."""
    sheets = ApprovalSheet.objects.filter(case_id=OuterRef("pk"), status="entered")
    return cases.filter(Exists(sheets.exclude(entered_by=by)))


def _signatory(user: User, offices: list[int]) -> Iterator[Duty]:
    later = ReplyDraft.objects.filter(case_id=OuterRef("case_id"), version__gt=OuterRef("version"))
    own = ReplyDraft.objects.filter(~Exists(later), case_id=OuterRef("pk"), drafter=user)
    entered = ApprovalSheet.objects.filter(case_id=OuterRef("pk"), status="entered")
    yield Duty("签发", _in(offices, S.SIGNING).filter(~Exists(own), ~Exists(entered)))


def _archivist(user: User, offices: list[int]) -> Iterator[Duty]:
    yield Duty("归档", _in(offices, S.SERVED, S.LAPSED, S.WITHDRAWN))


def _unserved(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Keep the cases with a paper whose service is not on record; only open ones are looked through."""
    served = Delivery.objects.filter(paper_id=OuterRef("pk"))
    ref = Concat(Value("case:"), Cast(OuterRef("pk"), CharField()))
    papers = Paper.objects.filter(~Exists(served), subject_ref=ref, kind__in=NEEDS_PROOF)
    return cases.filter(Exists(papers))


MAKERS = {
    Role.INTAKE: _intake,
    Role.ALLOCATOR: _allocator,
    Role.HANDLER: _handler,
    Role.SECRECY: _reviewer(Role.SECRECY),
    Role.REDACTION: _reviewer(Role.REDACTION),
    Role.LEGAL: _reviewer(Role.LEGAL),
    Role.SIGNATORY: _signatory,
    Role.ARCHIVIST: _archivist,
}
#: Who may check a signed sheet that somebody else entered.
CHECKERS = (Role.INTAKE, Role.HEAD, Role.ALLOCATOR)

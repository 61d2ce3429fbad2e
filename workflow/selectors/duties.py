"""What each role must do next: one condition on cases for each duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from letters.models import Paper
from office.models import User
from office.roles import Role
from workflow.machine import State
from workflow.models import ApprovalSheet, Case, Consultation, Delivery, ReplyDraft, Review, Share
from workflow.scope import handler_units, headed_units
from workflow.selectors.papers import NEEDS_PROOF
from workflow.selectors.urges import owed_by
from workflow.states import AT_UNITS, GIVEN_OUT

S = State
REVIEWS = {Role.SECRECY: ("secrecy", "保密审查"), Role.REDACTION: ("redaction", "去标识化审查"),
           Role.LEGAL: ("legal", "法制审核")}  # fmt: skip
SERVING = (
    S.REGISTERED, S.SUPPLEMENTING, S.EXPLAINING, S.AWAITING_FEE, S.HANDLING, S.REVIEWING, S.SIGNING, S.LAPSED,
    S.WITHDRAWN,
)  # fmt: skip
#: States in which the applicant is waited for, and how the lists say it.
AWAITED = {S.SUPPLEMENTING: "等申请人补正", S.EXPLAINING: "等申请人说明理由", S.AWAITING_FEE: "等申请人缴费"}
#: Whom a reminder reaches, and where it may still be answered.
ANSWERERS = (Role.INTAKE, Role.ALLOCATOR, Role.HANDLER, Role.UNIT_HEAD, Role.SIGNATORY)
NOT_FILED = tuple(state for state in S if state is not S.ARCHIVED)
#: Who may check a signed sheet that somebody else entered.
CHECKERS = (Role.INTAKE, Role.HEAD, Role.ALLOCATOR)


@dataclass(frozen=True)
class Duty:
    """One kind of thing to do: in which offices and states, and on which further condition."""

    label: str
    offices: tuple[int, ...]
    states: tuple[str, ...]
    further: Q
    #: Where this holds as well, the duty goes by another name.
    unless: tuple[Q, str] | None = None

    def called(self, label: Callable[[str], str]) -> Duty:
        """Return the same duty with its names changed."""
        return replace(
            self,
            label=label(self.label),
            unless=self.unless and (self.unless[0], label(self.unless[1])),
        )


Maker = Callable[[User, tuple[int, ...]], Iterator[Duty]]


def duties_of(user: User, *, on: dt.date) -> list[Duty]:
    """List what a person's roles must do next, each as a condition over indexed columns."""
    found: list[Duty] = []
    for person in user.hats(on=on):
        duties = _own_duties(person, on=on)
        if person.acting_for:
            whose = f"（代{person.acting_for.display}）"
            duties = [duty.called(lambda label, whose=whose: label + whose) for duty in duties]
        found += duties
    return found


def _own_duties(user: User, *, on: dt.date) -> list[Duty]:
    by_role: dict[str, tuple[int, ...]] = {}
    for office_id, roles in sorted(user.roles(on=on).items()):
        for role in roles:
            by_role[str(role)] = (*by_role.get(str(role), ()), office_id)
    found = [
        duty
        for role, make in MAKERS.items()
        if (offices := by_role.get(str(role)))
        for duty in make(user, offices)
    ]
    if by_role:
        found += list(answers_owed(user, by_role))
    if checked := {office for role in CHECKERS for office in by_role.get(str(role), ())}:
        entered = ApprovalSheet.objects.filter(case_id=OuterRef("pk"), status="entered")
        by_others = Exists(entered.exclude(entered_by__in=user.principals))
        found.append(_duty("核对纸质签批", tuple(sorted(checked)), [S.SIGNING], Q(by_others)))
    return found


def waiting_for(duties: Iterable[Duty]) -> QuerySet[Case]:
    """Return the cases that wait for any of some duties, in one query however many there are.

    Duties that differ in their states alone are asked as one: it takes longer to write a condition than to answer it.
    """
    alike: dict[tuple[tuple[int, ...], Q], set[str]] = {}
    for duty in duties:
        alike.setdefault((duty.offices, duty.further), set()).update(duty.states)
    everywhere = {offices for offices, _ in alike}
    rule = Q(pk__in=[])
    for (offices, further), states in alike.items():
        here = Q(state__in=sorted(states)) & further
        rule |= here if len(everywhere) == 1 else Q(office_id__in=offices) & here
    # The narrow outer condition repeats what every duty says, so that an index can serve it.
    offices = sorted({office for each in everywhere for office in each})
    return Case.objects.filter(
        rule,
        office_id__in=offices,
        state__in=sorted({state for states in alike.values() for state in states}),
    )


def flags_of(duties: Iterable[Duty]) -> dict[str, ExpressionWrapper]:
    """Give, for annotating a page of cases, every condition of some duties once, as ``labels_of`` reads them."""
    return {
        name: ExpressionWrapper(rule, output_field=BooleanField()) for rule, name in _flags(duties).items()
    }


def labels_of(cases: Iterable[Case], duties: list[Duty]) -> dict[int, str]:
    """Name, for a page of cases read with ``flags_of``, the duties for which each waits."""
    flags, found = _flags(duties), {}
    asked = [(one, flags.get(one.further), flags[one.unless[0]] if one.unless else "") for one in duties]
    for case in cases:
        names = (
            duty.unless[1] if duty.unless and getattr(case, other) else duty.label
            for duty, holds, other in asked
            if case.office_id in duty.offices and case.state in duty.states and (not holds or getattr(case, holds))
        )  # fmt: skip
        found[case.pk] = "、".join(dict.fromkeys(names))
    return found


def _flags(duties: Iterable[Duty]) -> dict[Q, str]:
    rules = (rule for duty in duties for rule in (duty.further, *(duty.unless or ())[:1]) if rule)
    return {rule: f"duty_{n}" for n, rule in enumerate(dict.fromkeys(rules))}


def answers_owed(user: User, by_role: dict[str, tuple[int, ...]]) -> Iterator[Duty]:
    """Give the reminders that wait for an answer of a person: of the own units, or at the own desk."""
    offices = tuple(sorted({office for role in ANSWERERS for office in by_role.get(str(role), ())}))
    if offices:
        yield _duty(
            "答复催办", offices, NOT_FILED, Q(Exists(owed_by(user, offices).filter(case_id=OuterRef("pk"))))
        )


def _duty(label: str, offices: tuple[int, ...], states: Iterable[State], further: Q | None = None) -> Duty:
    return Duty(label, offices, tuple(str(state) for state in states), further or Q())


def _intake(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    yield _duty("确认收件", offices, [S.SUBMITTED], Q(received_on__isnull=True))
    yield _duty("登记", offices, [S.SUBMITTED], Q(received_on__isnull=False))
    yield _duty("送达答复", offices, [S.REPLIED])
    for state, label in AWAITED.items():
        yield _duty(label, offices, [state], Q(handler__isnull=True))
    yield _duty("登记送达", offices, SERVING, Q(unserved()))
    yield _duty("再次送达", offices, (*SERVING, S.SERVED), Q(_came_back()))


def _allocator(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    yield _duty("分办", offices, [S.REGISTERED])
    yield _duty("承办人已离岗，请改派", offices, GIVEN_OUT, Q(handler__is_active=False))


def _handler(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    units = [unit for office_id in offices for unit in handler_units(user, office_id)]
    mine = Q(handler_id=user.duty_of.pk)
    waits = Exists(Consultation.objects.filter(case_id=OuterRef("pk"), opinion_on__isnull=True))
    yield replace(_duty("办理", offices, [S.HANDLING], mine), unless=(Q(waits), "等第三方意见"))
    yield _duty("领办", offices, [S.HANDLING], Q(handler__isnull=True, unit_id__in=units))
    yield from _taking_part(user, offices, units)
    for state, label in AWAITED.items():
        yield _duty(label, offices, [state], mine)


def _taking_part(user: User, offices: tuple[int, ...], units: list[int]) -> Iterator[Duty]:
    """Give what the own unit owes to another's case: first to be accepted, then to be answered."""
    parts = Share.objects.filter(case_id=OuterRef("pk"), part=Share.Part.CO, unit_id__in=units)
    given = parts.filter(status=Share.Status.GIVEN)
    mine = parts.filter(Q(handler=user.duty_of) | Q(handler__isnull=True), status=Share.Status.ACCEPTED)
    yield _duty("接收协办", offices, AT_UNITS, Q(Exists(given)))
    yield _duty("答复协办", offices, AT_UNITS, Q(Exists(mine)))


def _unit_head(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    units = [unit for office_id in offices for unit in headed_units(user, office_id)]
    yield _duty("指定承办人", offices, [S.HANDLING], Q(handler__isnull=True, unit_id__in=units))
    yield _duty("承办人已离岗", offices, GIVEN_OUT, Q(handler__is_active=False, unit_id__in=units))


def _reviewer(role: Role) -> Maker:
    kind, label = REVIEWS[role]

    def make(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
        pending = Review.objects.filter(case_id=OuterRef("pk"), kind=kind, status="pending")
        yield _duty(label, offices, [S.REVIEWING], Q(Exists(pending)))

    return make


def _signatory(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    later = ReplyDraft.objects.filter(case_id=OuterRef("case_id"), version__gt=OuterRef("version"))
    own = ReplyDraft.objects.filter(
        ~Exists(later),
        Q(drafter__in=user.principals) | Q(drafter_for__in=user.principals),
        case_id=OuterRef("pk"),
    )
    entered = ApprovalSheet.objects.filter(case_id=OuterRef("pk"), status="entered")
    yield _duty("签发", offices, [S.SIGNING], ~Q(Exists(own)) & ~Q(Exists(entered)))


def _archivist(user: User, offices: tuple[int, ...]) -> Iterator[Duty]:
    yield _duty("归档", offices, [S.SERVED, S.LAPSED, S.WITHDRAWN])


def unserved() -> Exists:
    """Find a paper of the case whose service is not on record; only open cases are looked through."""
    served = Delivery.objects.filter(paper_id=OuterRef("pk"))
    ref = Concat(Value("case:"), Cast(OuterRef("pk"), CharField()))
    return Exists(Paper.objects.filter(~Exists(served), subject_ref=ref, kind__in=NEEDS_PROOF, voiding=None))


def _came_back() -> Exists:
    """Find mail of the case that came back, on paper or by e-mail, and was not sent anew."""
    return Exists(
        Delivery.objects.filter(case_id=OuterRef("pk"), returned_on__isnull=False, again__isnull=True)
    )


MAKERS = {
    Role.INTAKE: _intake,
    Role.ALLOCATOR: _allocator,
    Role.HANDLER: _handler,
    Role.UNIT_HEAD: _unit_head,
    Role.SECRECY: _reviewer(Role.SECRECY),
    Role.REDACTION: _reviewer(Role.REDACTION),
    Role.LEGAL: _reviewer(Role.LEGAL),
    Role.SIGNATORY: _signatory,
    Role.ARCHIVIST: _archivist,
}

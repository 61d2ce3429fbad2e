"""Everyone who might ask for a page, and one case in each state for them to ask about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from office.models import Office, OfficeParameter, Post, User
from office.roles import Role
from tests.review.documents import found as attached
from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    add_person,
    at,
    clear,
    handled,
    make_town,
    registered,
    request_of,
    reviewing,
    searched,
)
from workflow.actions import (
    archive,
    ask_reasons,
    charge_fee,
    enter_signed_sheet,
    lapse,
    request_supplement,
    serve,
    sign,
    submit,
    withdraw,
)  # fmt: skip
from workflow.actors import ApplicantActor
from workflow.machine import State
from workflow.models import Case
from workflow.requests import FileData
from workflow.selectors.papers import papers_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
POSTS = tuple(role for role in Role.values if role not in ("applicant", "system", "consulted"))
FILES = (
    FileData("身份证.txt", "居民身份证影像的说明，正反两面".encode(), "identity"),
    FileData("地图.txt", "采薇村三组地块示意图的说明".encode(), "application"),
)
SCAN = FileData("签批.txt", "呈批单签批扫描件的说明".encode(), "signed_sheet")
LATE = dt.date(2026, 4, 15)
#: An application as its applicant types it at the portal.
FORM = {
    "kind": "natural", "name": "王䶮", "id_kind": "resident_id", "id_number": "11010519491231002x",
    "phone": "13800000000", "email": "wang@applicant.example", "address": "云岫县采薇巷3号", "postcode": "990100",
    "wanted_form": "electronic", "service": "portal", "item_count": "1", "item1-description": "采薇村补偿安置方案",
}  # fmt: skip


def _supplementing(town: Town, **changes: Any) -> Case:
    case = registered(town, **changes)
    return request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="未写明地块", guidance="请写明地块位置"
    )


def _lapsed(town: Town) -> Case:
    case = _supplementing(town, service="post")
    _deliver(town, case)
    return lapse.lapse(
        case_id=case.pk, by=town.intake, on=LATE, now=at(LATE), finding="告知书送达后期限届满，没有联系"
    )


def _deliver(town: Town, case: Case) -> None:
    notice = next(paper for paper in papers_of(case) if paper.kind == "supplement_notice")
    serve.record_delivery(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), paper_id=notice.pk, channel="post", sent_on=DAY,
        tracking="EX990130007CN", signed_on=DAY,
    )  # fmt: skip


def _signing(town: Town, **changes: Any) -> Case:
    case = reviewing(town, **changes)
    for kind in ("secrecy", "redaction", "legal"):
        case = clear(town, case, kind)
    return case


def _replied(town: Town, **changes: Any) -> Case:
    case = _signing(town, **changes)
    sha = case.current_draft().body_sha256
    return sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha)


def _served(town: Town) -> Case:
    case = _replied(town, service="post", files=FILES)
    return serve.serve(seal=SEALED,
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="post", sent_on=DAY, tracking="EX990130007CN",
        proof=FileData("详情单.txt", "邮件详情单的说明".encode(), "proof"),
    )  # fmt: skip


def _archived(town: Town) -> Case:
    """Take the road of paper: the sheet was signed by hand, scanned by one person and confirmed by another."""
    case = _signing(town, service="post", files=FILES)
    enter_signed_sheet.enter_signed_sheet(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), signer_id=town.signatory.pk, signed_on=DAY, scan=SCAN
    )  # fmt: skip
    sign.confirm_signed_sheet(case_id=case.pk, by=town.head, on=DAY, now=at(DAY), matches=True)
    serve.serve(
        seal=SEALED,
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="post",
        sent_on=DAY,
        tracking="EX990130007CN",
    )
    return archive.archive(case_id=case.pk, by=town.archivist, on=DAY, now=at(DAY))


def _withdrawn(town: Town) -> Case:
    case = handled(town, files=FILES)
    me = ApplicantActor(case.pk, town.office.pk)
    return withdraw.withdraw(case_id=case.pk, by=me, on=DAY, now=at(DAY))


def _explaining(town: Town) -> Case:
    case = handled(town, files=FILES)
    return ask_reasons.ask_reasons(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), counted="自2026年1月1日以来共提出申请46件"
    )


def _awaiting_fee(town: Town) -> Case:
    case = handled(town, files=FILES)
    return charge_fee.charge_fee(
        case_id=case.pk,
        by=town.handler,
        on=DAY,
        now=at(DAY),
        basis="pages",
        count=68,
        payment_way="县非税收入收缴系统",
    )


def _later(state: State) -> Callable[[Town], Case]:
    """Put a case where no act leads yet: whoever may see it must be settled before one does."""

    def make(town: Town) -> Case:
        case = handled(town, files=FILES)
        Case.objects.filter(pk=case.pk).update(state=state)
        return Case.objects.get(pk=case.pk)

    return make


def _submitted(town: Town) -> Case:
    me = ApplicantActor(None, town.office.pk)
    return submit.submit(request=request_of(town, files=FILES), by=me, on=DAY, now=at(DAY)).case


MAKERS: dict[State, Callable[[Town], Case]] = {
    State.SUBMITTED: _submitted,
    State.REGISTERED: lambda town: registered(town, files=FILES),
    State.SUPPLEMENTING: lambda town: _supplementing(town, files=FILES),
    State.EXPLAINING: _explaining,
    State.AWAITING_FEE: _awaiting_fee,
    State.HANDLING: lambda town: searched(town, handled(town, files=FILES)),
    State.REVIEWING: lambda town: reviewing(town, files=FILES),
    State.SIGNING: lambda town: _signing(town, files=FILES),
    State.REPLIED: lambda town: _replied(town, service="post", files=FILES),
    State.SERVED: _served,
    State.LAPSED: _lapsed,
    State.WITHDRAWN: _withdrawn,
    State.ARCHIVED: _archived,
    State.REOPENED: _later(State.REOPENED),
}


@dataclass
class World:
    """One department, its sibling beside it and a county elsewhere, and a case in one state."""

    town: Town
    beside: Town
    case: Case
    other: Case
    people: dict[str, User]
    clients: dict[str, Client]
    foreign: dict[str, Client]


def person(name: str, office: Office, *roles: str) -> User:
    """Add a person with roles in an office."""
    user = User.objects.create(username=f"{name}-{office.code}", name=f"{name}者")
    for role in roles:
        Post.objects.create(user=user, office=office, role=role, from_on=dt.date(2020, 1, 1))
    return user


def signed_in(user: User) -> Client:
    """Sign a person in."""
    client = Client()
    client.force_login(user, BACKEND)
    return client


def following(case: Case) -> Client:
    """Give a browser in which an applicant has opened a case."""
    client = Client()
    session = client.session
    session["portal_case"] = {"case": case.pk, "seen": timezone.now().isoformat()}
    session.save()
    return client


def make_department() -> Town:
    """Make a department that keeps all three reviews."""
    town = make_town()
    OfficeParameter.objects.create(
        office=town.office, key="review.legal", value=True, from_on=DAY, reason="本机关设法制审核", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    return town


def make_world(state: State) -> World:
    """Make the offices and people, the case in a state, and another applicant's case."""
    town = make_department()
    beside, elsewhere = make_town(parent=town.government), make_town()
    case, other = MAKERS[state](town), registered(town, items=("另一份申请的内容",))
    attached(town, case, on=DAY, plan="reference")
    below = Office.objects.create(
        code=f"below-{town.office.code}", parent=town.office, name="云岫县自然资源所", doc_code="云所",
        kind="dispatched", level="township", region="云岫县",
    )  # fmt: skip
    people = {f"own {role}": town.people[role] for role in POSTS}
    people["own handler of another unit"] = add_person(town, "handler", unit=town.other_unit)
    for role in ("supervisor", "head", "admin"):
        people[f"above {role}"] = person(f"above-{role}", town.government, role)
    people["below supervisor"] = person("below", below, "supervisor")
    people |= {f"sideways {role}": beside.people[role] for role in POSTS}
    people["no post at all"] = User.objects.create(username=f"idle-{case.pk}", name="无岗")
    clients = {who: signed_in(one) for who, one in people.items()} | {
        "anonymous": Client(), "applicant": following(case), "applicant of another case": following(other),
    }  # fmt: skip
    foreign = {role: signed_in(elsewhere.people[role]) for role in POSTS}
    return World(town, beside, case, other, people, clients, foreign)


__all__ = [
    "DAY", "FILES", "FORM", "LATE", "MAKERS", "POSTS", "World", "following", "make_department", "make_world", "person", "signed_in",
]  # fmt: skip

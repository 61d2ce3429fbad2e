"""A small county with people in every role, and requests to try acts on."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from office.models import Office, Post, Unit, User
from office.roles import Role
from workflow.actions import assign, propose, record_search, register, review, send_to_review, sign, submit
from workflow.actors import ApplicantActor
from workflow.models import Case
from workflow.requests import PartyData, RequestData, SealData

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 3, 2)
_counter = itertools.count(1)


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    """Return an instant of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time(hour), SHANGHAI)


@dataclass
class Town:
    """A county department with its people."""

    government: Office
    office: Office
    unit: Unit
    other_unit: Unit
    people: dict[str, User]

    def __getattr__(self, role: str) -> User:
        try:
            return self.__dict__["people"][role]
        except KeyError as error:
            raise AttributeError(role) from error


#: How a reply is sealed where the test is about something else.
SEALED = SealData(copies=2)


def make_town(**office: Any) -> Town:
    """Create a county government, one department, two units and one person for each role."""
    n = next(_counter)
    government = Office.objects.create(
        code=f"gov{n}", name=f"云岫县{n}人民政府", doc_code=f"云政{n}", kind="government", level="county",
        region="云岫县", basic_court="云岫县人民法院", intermediate_court="澜川市中级人民法院",
    )  # fmt: skip
    values: dict[str, Any] = {
        "code": f"zr{n}", "parent": government, "name": f"云岫县{n}自然资源局", "doc_code": f"云自然资{n}",
        "kind": "department", "level": "county", "region": "云岫县", "disclosure_office": "局办公室",
        "address": "云岫县采薇路1号", "postcode": "990100", "phone": "0990-5550101",
        "email": "gk@zr.example", "office_hours": "工作日9:00至17:00",
        "reconsideration_online": "https://fuyi.yunxiu.example/",
    } | office  # fmt: skip
    department = Office.objects.create(**values)
    main = Unit.objects.create(office=department, name="耕地保护股", code="gb")
    other = Unit.objects.create(office=department, name="办公室", code="bgs", is_disclosure_office=True)
    people = {}
    for role in Role.values:
        if role in ("applicant", "system", "consulted"):
            continue
        person = User.objects.create(username=f"{role}{n}", name=f"{Role(role).label}甲")
        Post.objects.create(
            user=person, office=department, unit=main if role in ("handler", "unit_head") else None, role=role,
            from_on=dt.date(2020, 1, 1),
        )  # fmt: skip
        people[role] = person
    return Town(government, department, main, other, people)


def add_person(town: Town, role: str, *, unit: Unit | None = None) -> User:
    """Add one more person with a role."""
    n = next(_counter)
    person = User.objects.create(username=f"{role}-{n}", name=f"{Role(role).label}乙{n}")
    Post.objects.create(user=person, office=town.office, unit=unit, role=role, from_on=dt.date(2020, 1, 1))
    return person


APPLICANT = PartyData(
    part="applicant", kind="natural", name="王䶮", id_kind="resident_id", id_number="11010519491231002X",
    phone="13800000000", address="云岫县采薇巷3号", postcode="990100",
)  # fmt: skip


def with_mail(town: Town) -> Town:
    """Give everybody of a town an address for mail, named after their role."""
    for role, person in town.people.items():
        User.objects.filter(pk=person.pk).update(email=f"{role}@zr.example")
    return town


def request_of(town: Town, **changes: Any) -> RequestData:
    """Return a request to a town's department."""
    values: dict[str, Any] = {
        "office_id": town.office.pk, "channel": "portal", "arrived_on": DAY, "parties": (APPLICANT,),
        "items": ("2025年度采薇村土地征收补偿安置方案",), "wanted_form": "paper", "service": "portal",
    } | changes  # fmt: skip
    return RequestData(**values)


def file_case(town: Town, **changes: Any) -> Case:
    """File a request through its own door."""
    request = request_of(town, **changes)
    by: Any = ApplicantActor(None, town.office.pk) if request.channel == "portal" else town.intake
    day = request.arrived_on
    return submit.submit(request=request, by=by, on=day, now=at(day), act_id=uuid.uuid4()).case


def registered(town: Town, *, on: dt.date = DAY, **changes: Any) -> Case:
    """File and register."""
    case = file_case(town, **changes)
    return register.register(case_id=case.pk, by=town.intake, on=max(on, case.arrived_on), now=at(on))


def handled(town: Town, *, on: dt.date = DAY, **changes: Any) -> Case:
    """File, register and assign to the handler."""
    case = registered(town, on=on, **changes)
    return assign.assign(
        case_id=case.pk,
        by=town.allocator,
        on=on,
        now=at(on),
        unit_id=town.unit.pk,
        handler_id=town.handler.pk,
    )


DISCLOSE: dict[str, Any] = {
    "outcome": "disclose", "grounds": [], "reason": "", "facts": {"provided": "随本答复书提供纸质复印件1份，共12页"},
}  # fmt: skip
REFUSE: dict[str, Any] = {
    "outcome": "refuse_process", "grounds": ["条例第十六条第二款"],
    "reason": "该会议记录系我局内部讨论形成的过程稿，尚未形成对外决定，仅供内部参考。",
    "facts": {
        "discretion": "公开未定论的讨论意见会影响讨论的坦率，也可能误导公众，权衡后决定不予公开。",
        "inseparable": "全文均为个人发言记录，无法作区分处理。",
    },
}  # fmt: skip
NOT_EXIST: dict[str, Any] = {"outcome": "not_exist", "grounds": [], "reason": "", "facts": {}}


def searched(town: Town, case: Case, *, on: dt.date = DAY) -> Case:
    """Record a search."""
    return record_search.record_search(
        case_id=case.pk, by=town.handler, on=on, now=at(on), systems="局综合档案管理系统、耕地保护股纸质档案",
        keywords="采薇村、补偿安置方案", period="2024年1月至2026年3月", method="关键词检索并逐卷核对",
        result="检索到补偿安置方案1份", found=True,
    )  # fmt: skip


def reviewing(
    town: Town, *, on: dt.date = DAY, proposals: list[dict[str, Any]] | None = None, **changes: Any
) -> Case:
    """Bring a case to review."""
    case = searched(town, handled(town, on=on, **changes), on=on)
    for seq, proposal in enumerate(proposals or [DISCLOSE] * len(case.items_in_order()), start=1):
        propose.propose(case_id=case.pk, by=town.handler, on=on, now=at(on), item_seq=seq, **proposal)
    return send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=on, now=at(on))


def clear(town: Town, case: Case, kind: str, *, on: dt.date = DAY, by: User | None = None) -> Case:
    """Clear one review."""
    sha = case.current_draft().body_sha256
    return review.clear(
        case_id=case.pk,
        kind=kind,
        by=by or town.people[kind],
        on=on,
        now=at(on),
        opinion="同意。",
        seen_sha256=sha,
    )


def signing(town: Town, *, on: dt.date = DAY, **changes: Any) -> Case:
    """Bring a case to signature."""
    case = reviewing(town, on=on, **changes)
    clear(town, case, "secrecy", on=on)
    return clear(town, case, "redaction", on=on)


def replied(town: Town, *, on: dt.date = DAY, **changes: Any) -> Case:
    """Bring a case to its signed reply."""
    case = signing(town, on=on, **changes)
    return sign.sign(
        case_id=case.pk, by=town.signatory, on=on, now=at(on), seen_sha256=case.current_draft().body_sha256
    )

"""The made-up county: its offices, units and people, entered as an installation would enter them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from office.models import Office, Post, Unit, User
from office.roles import Role
from workflow.load.words import COUNTY, GIVEN, SURNAMES

FROM = dt.date(2010, 1, 1)


@dataclass(frozen=True)
class Staff:
    """What a shard must know of one office, in plain values that another process can be sent."""

    office: int
    name: str
    doc_code: str
    share: int
    facts: dict[str, str]
    units: tuple[int, ...]
    handlers: dict[int, tuple[int, ...]]
    roles: dict[str, int]
    names: dict[int, str] = field(default_factory=dict)


def build() -> list[Staff]:
    """Create the county and return its offices; the government stands above all others."""
    made: list[Staff] = []
    government: Office | None = None
    for code, name, doc_code, kind, level, share, units in COUNTY:
        office = Office.objects.create(
            code=f"load-{code}", name=name if kind == "township" else f"云岫县{name}", doc_code=f"云{doc_code}",
            kind=kind, level=level, parent=government, **_address(kind),
        )  # fmt: skip
        government = government or office
        made.append(_people(office, units, share))
    assert government is not None
    _person("load-supervisor", "督甲", government, Role.SUPERVISOR)
    return made


def _address(kind: str) -> dict[str, Any]:
    return {
        "region": "云岫县", "region_code": "990121", "government_name": "云岫县人民政府",
        "superior_department": "澜川市人民政府" if kind in ("government", "township") else "澜川市主管部门",
        "reconsideration_body": "澜川市人民政府" if kind == "government" else "",
        "basic_court": "云岫县人民法院", "intermediate_court": "澜川市中级人民法院", "disclosure_office": "政务公开股",
        "address": "云岫县岫阳镇县前街1号", "postcode": "990100", "phone": "0900-6210001",
        "email": "zwgk@yunxiu.example", "office_hours": "工作日8:30至17:30",
        "reconsideration_online": "https://fuyi.yunxiu.example/apply",
    }  # fmt: skip


def _people(office: Office, units: tuple[str, ...], share: int) -> Staff:
    rows = [
        Unit.objects.create(office=office, code=f"u{place}", name=name, is_disclosure_office=place == 0)
        for place, name in enumerate(units)
    ]
    names: dict[int, str] = {}
    roles: dict[str, int] = {}

    def employ(job: str, *duties: Role, unit: Unit | None = None) -> int:
        place = office.pk * 16 + len(names)
        name = SURNAMES[place % len(SURNAMES)] + GIVEN[place % len(GIVEN)]
        user = _person(f"{office.code}-{job}", name, office, *duties, unit=unit)
        names[user.pk] = name
        roles.update((str(duty), user.pk) for duty in duties)
        return user.pk

    employ("intake", Role.INTAKE, Role.ARCHIVIST)
    employ("head", Role.HEAD, Role.ALLOCATOR)
    employ("secrecy", Role.SECRECY)
    employ("redaction", Role.REDACTION)
    employ("signatory", Role.SIGNATORY)
    handlers = {
        unit.pk: tuple(employ(f"{unit.code}-{n}", Role.HANDLER, unit=unit) for n in (1, 2)) for unit in rows
    }
    return Staff(
        office.pk, office.name, office.doc_code, share, office.facts(), tuple(unit.pk for unit in rows), handlers,
        roles, names,
    )  # fmt: skip


def _person(username: str, name: str, office: Office, *duties: Role, unit: Unit | None = None) -> User:
    user = User(username=username, name=name, email=f"{username}@yunxiu.example")
    user.set_unusable_password()
    user.save()
    for duty in duties:
        Post.objects.create(user=user, office=office, unit=unit, role=duty, from_on=FROM)
    return user

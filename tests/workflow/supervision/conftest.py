"""A county with two departments whose open and closed cases are drawn at random."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

import pytest

from office.models import Office, Post, Unit, User
from tests.workflow.factories import Town, make_town
from tests.workflow.supervision.histories import History, random_history, store
from workflow.models import Case

DAY = dt.date(2026, 7, 8)


@dataclass
class County:
    """Offices, their units, and who watches over them."""

    government: Office
    offices: list[Office]
    units: dict[int, list[Unit]]
    supervisor: User
    head: User
    handler: User
    histories: dict[int, History] = field(default_factory=dict)

    def fill(self, number: int, *, seed: int = 1, on: dt.date = DAY) -> None:
        """Add cases drawn at random, some of them not assigned to a unit yet."""
        rng = random.Random(seed)
        for _ in range(number):
            one, office = random_history(rng, on), rng.choice(self.offices)
            unit = rng.choice([None, *self.units[office.pk]])
            case = store(
                one,
                office=office,
                seq=len(self.histories) + 1,
                unit=unit,
                handler=self.handler if unit else None,
            )
            self.histories[case.pk] = one


def person(username: str, office: Office, role: str, unit: Unit | None = None) -> User:
    user = User.objects.create(username=username, name=f"{username}某", email=f"{username}@qy.example")
    Post.objects.create(user=user, office=office, unit=unit, role=role, from_on=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_county()


def make_county() -> County:
    """Enter the county's offices, units and people."""
    government = Office.objects.create(
        code="qy", name="清源县人民政府", doc_code="清政", kind="government", level="county", region="清源县"
    )
    offices = [
        Office.objects.create(
            code=f"qy-{code}", name=f"清源县{name}", doc_code=f"清{code}", kind="department", level="county",
            parent=government,
        )
        for code, name in (("land", "自然资源局"), ("house", "住房和城乡建设局"))
    ]  # fmt: skip
    units = {
        office.pk: [
            Unit.objects.create(office=office, code=code, name=name)
            for code, name in (("a", "综合股"), ("b", "业务股"))
        ]
        for office in offices
    }
    return County(
        government, offices, units,
        supervisor=person("du", government, "supervisor"),
        head=person("tou", offices[0], "head"),
        handler=person("cheng", offices[0], "handler", units[offices[0].pk][0]),
    )  # fmt: skip


def open_ids() -> set[int]:
    """Return the ids of every case that is open, by its state alone."""
    return set(
        Case.objects.exclude(state__in=["served", "archived", "lapsed", "withdrawn"]).values_list(
            "pk", flat=True
        )
    )


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    """Make a department whose government has a supervisor."""
    monkeypatch.setenv("DEMO_TODAY", "2026-03-10")
    town = make_town()
    town.government.phone = "0990-5550100"
    town.government.save(update_fields=["phone"])
    watcher = User.objects.create(
        username=f"watcher{town.office.pk}", name="县监督员", email="watcher@zr.example"
    )
    Post.objects.create(user=watcher, office=town.government, role="supervisor", from_on=dt.date(2020, 1, 1))
    town.people["watcher"] = watcher
    for role in ("head", "intake"):
        User.objects.filter(pk=town.people[role].pk).update(email=f"{role}@zr.example")
    return town

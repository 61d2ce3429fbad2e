"""A department with its people, a day on which tests take place, and applications filled in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.workflow.factories import DAY, Town, make_town

FILLED = {
    "kind": "natural", "name": "王䶮", "id_kind": "resident_id", "id_number": "11010519491231002x",
    "phone": "13800000000", "email": "", "address": "云岫县采薇巷3号", "postcode": "990100",
    "wanted_form": "electronic", "service": "portal", "item_count": "1",
    "item1-description": "2025年度采薇村土地征收补偿安置方案",
}  # fmt: skip

#: The smallest picture there is.
PNG = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02"
    "fea735819e0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be the day of the factories."""
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db: Any) -> Town:
    """Give a department that serves its replies online."""
    return make_town(reconsideration_online="https://fuyi.example/apply")


def hidden(page: str, name: str) -> str:
    """Read a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return found.group(1)


def text(response: Any) -> str:
    """Read a page."""
    return str(response.content.decode())


def apply(client: Client, town: Town, **changes: str) -> Any:
    """Fill in the form and ask for the check page."""
    address = f"/apply/{town.office.code}/"
    draft = hidden(text(client.get(address)), "draft")
    return client.post(address, FILLED | {"draft": draft, "step": "check"} | changes)


def send(client: Client, town: Town, **changes: str) -> tuple[str, str]:
    """Apply for real; return case number and query code from the receipt."""
    check = apply(client, town, **changes)
    address = f"/apply/{town.office.code}/"
    sent = client.post(address, {"draft": hidden(text(check), "draft"), "step": "send"})
    assert sent.status_code == 302, text(sent)
    page = text(client.get(sent["Location"]))
    number = re.search(r'<dd class="num">([^<]+)</dd>', page)
    code = re.search(r'<dd class="code">([^<]+)</dd>', page)
    assert number
    assert code
    return number.group(1), code.group(1)


def follow(client: Client, code: str, last_four: str = "002X") -> Any:
    """Open a case with its code."""
    return client.post("/follow/", {"code": code, "last_four": last_four})

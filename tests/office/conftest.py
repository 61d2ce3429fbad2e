"""A small county, keys and files of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from office.models import Kind, Level, Office, Post, Unit, User

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def places(settings, tmp_path: Path, monkeypatch) -> Iterator[SimpleNamespace]:
    """Give every test its own keys, files and day."""
    settings.KEY_DIR = tmp_path / "keys"
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_ENCRYPTED = True
    settings.FILE_MAX_BYTES = 2 * 1024 * 1024
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return SimpleNamespace(root=tmp_path, keys=settings.KEY_DIR, files=settings.FILES_DIR)


def make_office(code: str, name: str, **more) -> Office:
    facts = {"doc_code": code, "kind": Kind.DEPARTMENT, "level": Level.COUNTY} | more
    return Office.objects.create(code=code, name=name, **facts)


def make_user(username: str, **more) -> User:
    return User.objects.create(username=username, name=more.pop("name", username), **more)


@pytest.fixture
def county(db) -> SimpleNamespace:
    """A city above a county with a department and a town; nobody in it yet."""
    city = make_office(
        "yunhe",
        "云河市人民政府",
        kind=Kind.GOVERNMENT,
        level=Level.CITY,
        region="云河市",
        intermediate_court="云河市中级人民法院",
        basic_court="云河市城关区人民法院",
    )
    government = make_office(
        "qingyuan",
        "清源县人民政府",
        parent=city,
        kind=Kind.GOVERNMENT,
        region="清源县",
        basic_court="清源县人民法院",
    )
    land = make_office("qy-land", "清源县自然资源局", parent=government, doc_code="清自然资")
    town = make_office(
        "qy-town", "白石镇人民政府", parent=government, kind=Kind.TOWNSHIP, level=Level.TOWNSHIP
    )
    unit = Unit.objects.create(office=land, code="office", name="办公室", is_disclosure_office=True)
    return SimpleNamespace(city=city, government=government, land=land, town=town, unit=unit)


def appoint(user: User, office: Office, role: str, **more) -> Post:
    post = Post.objects.create(user=user, office=office, role=role, **({"from_on": date(2026, 1, 1)} | more))
    user.forget_roles()
    return post


@pytest.fixture
def other_process_env() -> dict[str, str]:
    """Return the surroundings in which another process meets this test's database."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**facts)
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}

"""People signed in at the desk, on a day of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from office.models import User
from tests.workflow.factories import DAY, Town, make_town


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk's today be the day of the factories."""
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db: None) -> Town:
    """A department with one person in every role."""
    return make_town()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """Sign a person in: `as_(town.handler).get("/desk/")`."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in

"""An office with open cases, stored by an earlier release, is carried over by `migrate` and goes on working."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.workflow.old_office import opened

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "data" / "upgrade"
RELEASES = sorted(path.name.removesuffix(".tar.xz") for path in STORED.glob("*.tar.xz"))


class Carried:
    """A stored office unpacked into a place of its own; commands run there as in an installation."""

    def __init__(self, place: Path, url: str) -> None:
        self.facts: dict[str, Any] = json.loads((place / "facts.json").read_text(encoding="utf-8"))
        self.day = dt.date.fromisoformat(self.facts["last_day"]) + dt.timedelta(days=1)
        outside = ("KEY_DIR", "FILES_DIR", "MAIL_DIR", "SECRET_KEY", "HTTPS")
        self.env = {name: value for name, value in os.environ.items() if name not in outside} | {
            "DATA_DIR": str(place),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO_TODAY": self.day.isoformat(),
        }

    def run(self, *command: str) -> str:
        """Run a command in the office; it must end well."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextlib.contextmanager
def _emptied_postgres(url: str) -> Iterator[str]:
    """Make a database beside the one the tests use, and drop it afterwards."""
    import psycopg

    name = f"upgrade_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=RELEASES)
def carried(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Carried]:
    """Unpack a stored office into the kind of database the tests run on."""
    with tarfile.open(STORED / f"{request.param}.tar.xz") as bundle:
        bundle.extractall(tmp_path, filter="data")
    dump = tmp_path / "database.sql"
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        with _emptied_postgres(url) as own:
            office = Carried(tmp_path, own)
            office.run("-m", "tests.workflow.old_office", "load", str(dump))
            yield office
    else:
        opened(dump, str(tmp_path / "db.sqlite3")).close()
        yield Carried(tmp_path, f"sqlite:///{tmp_path / 'db.sqlite3'}")


def test_there_is_a_stored_office() -> None:
    assert RELEASES


@pytest.mark.slow
def test_open_cases_are_carried_over_and_brought_to_their_end(carried: Carried) -> None:
    carried.run("manage.py", "migrate", "--verbosity", "0")
    carried.run("manage.py", "verifyjournal")
    carried.run("manage.py", "recompute", "--check")
    # Number, state, dates, people, papers word for word, files and the end of each chain are as they were.
    assert json.loads(carried.run("-m", "tests.workflow.old_office", "describe")) == carried.facts["cases"]
    # What the old release left in the outbox is sent by this one; everything else goes on from where it stood.
    carried.run("manage.py", "tick")
    came_to = json.loads(carried.run("-m", "tests.workflow.old_office", "carry-on", carried.day.isoformat()))
    last = max(case["number"] for case in carried.facts["cases"])
    assert came_to == {
        "states": ["archived"] * len(carried.facts["cases"]),
        "next_number": f"{last[:5]}{int(last[5:]) + 1:04}",
        "unsendable": [],
    }
    carried.run("manage.py", "verifyjournal")
    carried.run("manage.py", "recompute", "--check")

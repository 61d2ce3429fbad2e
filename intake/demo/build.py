"""Make the demo's own database in its own directory, and load the county into it."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from intake.demo.script import HERE
from office import parameters
from office.models import Office, User

#: One password for every demo account: the server listens on this machine alone, and the data is invented.
PASSWORD = "yunxiu-demo-2026"  # noqa: S105
MARK = "demo-data"
NOTE = "Made by the demo and emptied at its next run; keep nothing here.\n"


class NotOurs(Exception):
    """A directory that the demo did not make and therefore will not empty."""


def empty(directory: Path) -> None:
    """Empty the demo's data directory, or make it; refuse one that holds anybody else's data."""
    if directory.exists() and any(directory.iterdir()) and not (directory / MARK).exists():
        raise NotOurs(f"{directory} 里有别的数据，演示不会清空它；请用 --data 另指一个目录")
    if directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(parents=True, mode=0o700)
    (directory / MARK).write_text(NOTE, encoding="utf-8")


def load_county(*, on: date, now: datetime) -> None:
    """Make the tables, the offices and the people, through the commands a real office uses."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createoffice", file=str(HERE / "county.toml"), verbosity=0)
    first = Path(settings.DATA_DIR) / "passwords-unused.txt"
    call_command("loadpeople", file=str(HERE / "people.csv"), passwords=first, verbosity=0)
    first.unlink()
    User.objects.update(password=make_password(PASSWORD), must_change_password=False)
    _own_settings(on=on, now=now)


#: What one office sets for itself, and why.
SETTINGS = (
    ("review.legal", True, "答复书签发前由政策法规股审核"),
    ("art32.publication_buffer_days", 5, "公开决定告知第三方后，留五个工作日再提供"),
)


def _own_settings(*, on: date, now: datetime) -> None:
    """Let one office set for itself what a story needs, by the two people such a setting takes."""
    office = Office.objects.get(code="yx-zrzy")
    entered, confirmed = (User.objects.get(username=name) for name in ("fuze", "dangan"))
    for key, value, reason in SETTINGS:
        change = parameters.propose(
            key=key,
            value=value,
            office=office,
            from_on=date(on.year, 1, 1),
            reason=reason,
            by=entered,
            now=now,
        )
        # there is no case yet whose term the setting could move
        parameters.confirm(parameter_id=change.pk, by=confirmed, now=now, impact_shown=True)

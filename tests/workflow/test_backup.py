"""An office with open cases is backed up, burns down, comes back whole and goes on working."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from office import files, journal
from tests.data.upgrade.make import describe
from tests.workflow.factories import (
    DAY,
    SEALED,
    at,
    clear,
    file_case,
    handled,
    make_town,
    registered,
    reviewing,
    signing,
)
from workflow.actions import archive, serve, sign
from workflow.models import Attachment, Case, Party
from workflow.requests import FileData

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


@pytest.fixture
def place(settings, tmp_path: Path) -> Path:
    """Give the office keys and files of its own."""
    settings.KEY_DIR, settings.FILES_DIR = tmp_path / "keys", tmp_path / "files"
    return tmp_path


def test_open_cases_come_back_and_go_on(place: Path) -> None:
    town = make_town()
    file_case(town)
    registered(town, files=(FileData("证明.txt", "采薇村三组村民身份证明".encode()),))
    handled(town)
    half = reviewing(town)
    clear(town, half, "secrecy")
    last = signing(town)
    before = [describe(case) for case in Case.objects.order_by("pk")]
    call_command("backup", to=place / "backup", keys_to=place / "safe", verbosity=0)

    shutil.rmtree(place / "keys")
    shutil.rmtree(place / "files")
    Case.objects.update(title="烧毁")
    Party.objects.update(id_number="")
    Attachment.objects.all().delete()
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", source=place / "backup", keys_from=place / "safe")
    call_command("restore", source=place / "backup", keys_from=place / "safe", force=True, verbosity=0)

    assert [describe(case) for case in Case.objects.order_by("pk")] == before
    assert before[0]["parties"] == [["王䶮", "11010519491231002X"]]
    assert files.read(Attachment.objects.get().file).decode() == "采薇村三组村民身份证明"
    assert list(journal.verify()) == []
    day = {"on": DAY, "now": at(DAY)}
    clear(town, Case.objects.get(pk=half.pk), "redaction")
    for case in (half, last):
        sha = Case.objects.get(pk=case.pk).current_draft().body_sha256
        sign.sign(case_id=case.pk, by=town.signatory, seen_sha256=sha, **day)
        serve.serve(seal=SEALED, case_id=case.pk, by=town.intake, channel="portal", sent_on=DAY, **day)
        done = archive.archive(case_id=case.pk, by=town.archivist, **day)
        assert done.state == "archived"
    assert file_case(town).seq == len(before) + 1
    assert list(journal.verify()) == []

"""The keys of an office with open cases are renewed while it works, and the old ones thrown away."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from office import journal, keys
from office.keys.ring import ring
from tests.data.upgrade.make import describe
from tests.workflow.factories import DAY, at, make_town, registered, request_of, signing
from workflow.actions import sign, submit
from workflow.actors import ApplicantActor
from workflow.models import Case, Party
from workflow.models.party import IDENTITY, normal_identity
from workflow.requests import FileData

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_open_cases_live_through_a_rotation(settings, tmp_path: Path) -> None:
    settings.KEY_DIR, settings.FILES_DIR = tmp_path / "keys", tmp_path / "files"
    town = make_town()
    registered(town, files=(FileData("证明.txt", "采薇村三组村民身份证明".encode()),))
    last = signing(town)
    me = ApplicantActor(None, town.office.pk)
    filed = submit.submit(request=request_of(town), by=me, on=DAY, now=at(DAY), act_id=uuid.uuid4())
    before = [describe(case) for case in Case.objects.order_by("pk")]

    call_command("rotatekeys", retire=True, verbosity=0)

    assert (ring("encryption").versions, ring("search").versions) == ((2,), (2,)), (
        "an old key is still in use"
    )
    assert ring("query").versions == (1, 2), "codes already handed out need the old key"
    assert [describe(case) for case in Case.objects.order_by("pk")] == before
    hashes = keys.query_code_hashes(filed.query_code)
    assert Case.objects.get(query_code_hash__in=hashes).pk == filed.case.pk
    same = keys.blind_candidates(IDENTITY, normal_identity("11010519491231002x"))
    assert Party.objects.filter(id_hash__in=same).count() == len(before)
    sha = Case.objects.get(pk=last.pk).current_draft().body_sha256
    done = sign.sign(case_id=last.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha)
    assert done.state == "replied"
    assert list(journal.verify()) == []

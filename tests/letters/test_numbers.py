"""Document numbers: every number once, none missing, whatever dies; kept back, void, on the register."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from letters import samples
from letters.models import NumberSeries, Paper, ReservedNumber
from letters.number_register import check, entries
from letters.numbers import draw_number, draw_numbers
from office.errors import NeverDeleted
from tests.letters.conftest import make_bureau
from tests.workflow.actors_process import ROOT, database_url

ON = samples.ON
PROCESSES = 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.databases
def test_some_hundred_numbers_drawn_while_processes_die(tmp_path, settings) -> None:
    draw_with_deaths(300, tmp_path, settings, least_deaths=12)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.databases
def test_five_thousand_numbers_drawn_by_eight_processes_with_random_kills(tmp_path, settings) -> None:
    draw_with_deaths(5000, tmp_path, settings, least_deaths=200)


def draw_with_deaths(wanted: int, tmp_path, settings, *, least_deaths: int) -> None:
    """Let eight processes seal papers, dying inside their transactions and killed from outside, until enough are there."""
    settings.KEY_DIR = tmp_path / "keys"
    office = make_bureau()
    connection.close()
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "DATA_DIR": str(settings.DATA_DIR), "KEY_DIR": str(settings.KEY_DIR),
        "FILES_DIR": str(settings.FILES_DIR), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.letters.drawing", str(office.pk), str(PROCESSES), str(wanted)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    told = json.loads(ended.stdout)
    assert told["died"] >= least_deaths, told
    assert list(check()) == []
    drawn = 0
    for row in NumberSeries.objects.filter(office=office):
        numbers = Paper.objects.filter(office=office, series=row.series, year=row.year)
        assert sorted(numbers.values_list("number", flat=True)) == list(range(1, row.last + 1))
        drawn += row.last
    assert drawn >= told["done"] >= wanted
    for paper in Paper.objects.order_by("?")[:20]:
        assert paper.number_text in paper.frozen()["text"]


# -- kept back, void, the register ------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.databases
def test_the_check_finds_a_gap_a_double_and_what_lies_beyond(capsys) -> None:
    office = make_bureau()
    with transaction.atomic():
        for _ in range(3):
            draw_number(office, "依函", 2026)
    assert [(one.number, one.says[:2]) for one in check()] == [(1, "缺号"), (2, "缺号"), (3, "缺号")]
    with pytest.raises(CommandError, match="共 3 处不对"):
        call_command("numbers", "check", stderr=io.StringIO())
    for number in (1, 2, 3, 5):
        _paper(office, number)
    assert [(one.number, one.says[:2]) for one in check()] == [(5, "超出")]
    _reserved(office, 2)
    assert [(one.number, one.says[:2]) for one in check(office)] == [(2, "重号"), (5, "超出")]
    _paper(office, 1, series="依补")
    assert [one.says for one in check() if one.series == "依补"] == ["有文号而没有该系列的编号记录"]
    with pytest.raises(CommandError, match="没有编码"):
        call_command("numbers", "check", "--office", "nowhere")


@pytest.mark.django_db
@pytest.mark.databases
def test_numbers_taken_at_once_are_never_drawn_again() -> None:
    office = make_bureau()
    with transaction.atomic():
        assert draw_number(office, "依函", 2026) == 1
        assert list(draw_numbers(office, "依函", 2026, 3)) == [2, 3, 4]
        assert draw_number(office, "依函", 2026) == 5
        with pytest.raises(ValueError, match="0"):
            draw_numbers(office, "依函", 2026, 0)


@pytest.mark.django_db
@pytest.mark.databases
def test_the_register_lists_every_number_and_shows_a_gap_as_one() -> None:
    office = make_bureau()
    NumberSeries.objects.create(office=office, series="依函", year=2026, last=4)
    _paper(office, 1)
    _reserved(office, 2)
    _paper(office, 4)
    found = entries(office, "依函", 2026, first=1, last=4)
    assert [(one.number, one.state) for one in found] == [(1, "已用"), (2, "预留"), (3, "缺号"), (4, "已用")]


@pytest.mark.django_db
@pytest.mark.databases
def test_the_database_refuses_a_number_twice_a_silent_void_and_deletion() -> None:
    office = make_bureau()
    row = _reserved(office, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        _reserved(office, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReservedNumber.objects.filter(pk=row.pk).update(
            stage="voided", settled_on=ON, settled_by=row.reservation.made_by
        )
    with pytest.raises(NeverDeleted):
        row.delete()
    with pytest.raises(NeverDeleted):
        ReservedNumber.objects.all().delete()


def _paper(office, number: int, *, series: str = "依函") -> Paper:
    return Paper.objects.create(
        office=office, subject_ref="case:1", kind="communication", series=series, year=2026, number=number,
        number_text=f"{office.doc_code}{series}〔2026〕{number}号", title="沟通函", text_sealed="", text_sha256="", body_sha256="",
        wording_version="1", signed_on=ON, by_ref="user:1", created_at="2026-11-20T02:00:00Z",
    )  # fmt: skip


def _reserved(office, number: int) -> ReservedNumber:
    from letters.models import NumberReservation
    from office.models import User

    person, _ = User.objects.get_or_create(username="clerk", defaults={"name": "李敏"})
    held = NumberReservation.objects.create(
        office=office, series="依函", year=2026, first=number, count=1, reason="另行制作", made_by=person, made_on=ON,
        created_at="2026-11-20T02:00:00Z",
    )  # fmt: skip
    return ReservedNumber.objects.create(
        reservation=held, office=office, series="依函", year=2026, number=number, number_text=f"{number}号"
    )

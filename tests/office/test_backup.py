"""Backups come back whole, on both databases, and a bad one touches nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from office import files, guard, journal, keys
from office.actors import SystemActor
from office.backup import BackupFault, backup, restore
from office.models import JournalEntry, Office, StoredFile, User

from .conftest import DAY, NOW, make_office, make_user

KEY = journal.register("test.backed_up", "{by}备份了")
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


@pytest.fixture
def filled(places):
    office = make_office("land", "清源县自然资源局")
    make_user("wang", name="王建国")
    stored = files.put(office=office, content="征地补偿安置方案".encode(), name="a.txt", now=NOW)
    token = keys.data_key("case:1").seal("王建国")
    for _ in range(3):
        with transaction.atomic():
            journal.write(
                subject="case:1",
                key=KEY,
                by=SystemActor("test"),
                on=DAY,
                now=NOW,
                office_id=office.pk,
                act_id=uuid4(),
            )
    return stored, token


def test_a_backup_comes_back_whole(filled, places, capsys):
    stored, token = filled
    target = places.root / "backup"
    call_command("backup", to=target)
    assert sorted(p.name for p in target.iterdir()) == ["database", "files", "keys"]
    assert "移到别处" in capsys.readouterr().out
    # The whole place burns down: the keys, the files, and rows change.
    shutil.rmtree(places.keys)
    shutil.rmtree(places.files)
    Office.objects.update(name="别的")
    make_user("late")
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", source=target)
    assert User.objects.filter(username="late").exists()
    call_command("restore", source=target, force=True)
    assert "均已核对" in capsys.readouterr().out
    assert Office.objects.get().name == "清源县自然资源局"
    assert not User.objects.filter(username="late").exists()
    assert files.read(StoredFile.objects.get(pk=stored.pk)).decode() == "征地补偿安置方案"
    assert keys.data_key("case:1").unseal(token) == "王建国"
    assert JournalEntry.objects.count() == 3
    assert guard.missing(connection) == set()
    make_user("after")  # numbers go on where they were


def test_a_backup_of_a_restored_place_comes_back_as_well(filled, places):
    for name in ("one", "two"):
        backup(places.root / name, now=NOW)
        restore(places.root / name, force=True)
    assert User.objects.get().name == "王建国"


def test_keys_can_lie_elsewhere(filled, places):
    stored, _ = filled
    backup(places.root / "b", now=NOW, keys_to=places.root / "safe")
    assert not (places.root / "b" / "keys").exists()
    everything = b"".join(p.read_bytes() for p in (places.root / "b").rglob("*") if p.is_file())
    assert "征地补偿".encode() not in everything
    ring = json.loads((places.root / "safe" / "encryption.json").read_text())
    assert ring["keys"]["1"].encode() not in everything
    with pytest.raises(BackupFault, match="keys"):
        restore(places.root / "b", force=True)
    restore(places.root / "b", keys_from=places.root / "safe", force=True)
    assert files.read(StoredFile.objects.get(pk=stored.pk))


def _flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "harm, words",
    [
        (lambda b: _flip(next((b / "database").glob("db.*"))), "已损坏"),
        (
            lambda b: _flip(next(p for p in (b / "files").rglob("*") if p.is_file() and len(p.name) == 64)),
            "已损坏",
        ),
        (lambda b: (b / "keys" / "encryption.json").unlink(), "缺失"),
        (lambda b: (b / "files" / "more").write_text("x"), "多余"),
        (lambda b: (b / "database" / "manifest.json").write_text("{"), "已损坏"),
        (lambda b: (b / "files" / "manifest.json").unlink(), "不是备份"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(filled, places, harm, words):
    backup(places.root / "b", now=NOW)
    harm(places.root / "b")
    make_user("late")
    with pytest.raises(BackupFault, match=words):
        restore(places.root / "b", force=True)
    assert User.objects.filter(username="late").exists()
    assert files.read(filled[0])


def test_parts_of_two_backups_are_not_mixed(filled, places):
    backup(places.root / "a", now=NOW)
    backup(places.root / "b", now=NOW)
    with pytest.raises(BackupFault, match="同一次"):
        restore(places.root / "a", keys_from=places.root / "b" / "keys", force=True)


def test_a_backup_needs_an_empty_place_and_every_file(filled, places):
    (places.root / "full").mkdir()
    (places.root / "full" / "x").touch()
    with pytest.raises(CommandError, match="空目录"):
        call_command("backup", to=places.root / "full")
    shutil.rmtree(places.files)
    with pytest.raises(BackupFault, match="不完整"):
        backup(places.root / "b", now=NOW)


def test_a_backup_of_another_database_is_refused(filled, places):
    backup(places.root / "b", now=NOW)
    path = places.root / "b" / "database" / "manifest.json"
    body = json.loads(path.read_text())
    path.write_text(json.dumps(body | {"vendor": "oracle"}))
    with pytest.raises(BackupFault, match="oracle"):
        restore(places.root / "b", force=True)
    assert date.fromisoformat(body["made_at"][:10]) == DAY


def test_nightly_backups_lie_beside_each_other_and_the_oldest_go(filled, places, monkeypatch, capsys):
    nights, elsewhere = places.root / "nights", places.root / "keys of nights"
    (nights / "2026-01-01-000000").mkdir(parents=True)  # named like one, but none
    (nights / "other").mkdir()
    for night in range(3):
        moment = NOW + timedelta(days=night)
        monkeypatch.setattr("office.management.commands.backup.now", lambda moment=moment: moment)
        call_command("backup", to=nights, keys_to=elsewhere, keep=2)
    assert sorted(p.name for p in nights.iterdir()) == [
        "2026-01-01-000000", "2026-11-21-103000", "2026-11-22-103000", "other",
    ]  # fmt: skip
    assert sorted(p.name for p in elsewhere.iterdir()) == ["2026-11-21-103000", "2026-11-22-103000"]
    assert "清除 1 份旧备份" in capsys.readouterr().out
    last = "2026-11-22-103000"
    restore(nights / last, keys_from=elsewhere / last, force=True)


def test_none_kept_is_refused(filled, places):
    with pytest.raises(CommandError, match="至少为 1"):
        call_command("backup", to=places.root / "nights", keep=0)
    assert not (places.root / "nights").exists()


def test_a_backup_does_not_lie_where_a_sweep_or_a_restore_would_take_it_away(filled, places):
    good = places.root / "good"
    backup(good, now=NOW)
    for inside in (places.files / "backup", places.keys / "backup"):
        with pytest.raises(BackupFault, match="系统自己的目录"):
            backup(inside, now=NOW)
        with pytest.raises(BackupFault, match="系统自己的目录"):
            backup(places.root / "b", now=NOW, keys_to=inside)
        shutil.copytree(good, inside)
        with pytest.raises(BackupFault, match="系统自己的目录"):
            restore(inside, force=True)
        assert (inside / "database" / "manifest.json").exists()


def test_half_a_backup_is_not_left_behind_and_empty_folders_will_do(filled, places, monkeypatch):
    target, keys_to = places.root / "b", places.root / "mounted"
    target.mkdir()
    keys_to.mkdir()

    def fails(path):
        raise BackupFault("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("office.backup.making._copy_files", fails)
        with pytest.raises(BackupFault, match="disk full"):
            backup(target, now=NOW, keys_to=keys_to)
    assert list(target.iterdir()) == []
    backup(target, now=NOW, keys_to=keys_to)
    restore(target, keys_from=keys_to, force=True)

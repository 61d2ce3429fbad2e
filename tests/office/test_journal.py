"""The journal: chained, append-only on both databases, readable, without personal values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from office import guard, journal
from office.actors import SystemActor
from office.errors import NeverDeleted
from office.models import JournalEntry

from .conftest import DAY, NOW, make_user

KEY = journal.register("test.done", "{by}于{on}办理了{what}")
BY = SystemActor("test")


def line(subject="case:1", data=None, **more):
    with transaction.atomic():
        return journal.write(
            **{
                "subject": subject,
                "key": KEY,
                "by": BY,
                "on": DAY,
                "now": NOW,
                "office_id": 1,
                "act_id": uuid4(),
                "data": {"what": "甲"} if data is None else data,
            }
            | more
        )


def raw(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def forger(db):
    """Somebody with the rights to take the triggers away, who puts them back."""

    def forge(sql: str, *params: object) -> None:
        guard.JOURNAL.remove(connection)
        raw(sql, *params)
        guard.JOURNAL.install(connection)

    return forge


def test_lines_of_a_subject_form_a_chain(db):
    first, second, other = line(), line(data={"what": "乙", "n": [1, None, True]}), line("case:2")
    assert (first.seq, first.prev_hash) == (1, journal.FIRST)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert (other.seq, other.prev_hash) == (1, journal.FIRST)
    assert list(journal.verify()) == []
    assert list(journal.heads()) == [("case:1", 2, second.hash), ("case:2", 1, other.hash)]


def test_the_hash_is_what_it_was(db):
    """Pinned: another canonical form would break every chain there is."""
    assert (
        journal.entry_hash(
            subject="case:1",
            seq=1,
            key="test.done",
            at=datetime(2026, 11, 20, 2, 30, tzinfo=UTC),
            on=date(2026, 11, 20),
            by_ref="user:7",
            office_id=3,
            act_id=UUID(int=5),
            data={"b": 1, "a": "甲"},
            prev_hash=journal.FIRST,
        )
        == "62aa74849836f56d09473b3e15d41e33739fa8ca5e86cc2256cfd5e06fc9e804"
    )


def test_a_zone_or_a_fraction_of_a_second_does_not_change_the_hash(db):
    shanghai = NOW.astimezone(__import__("zoneinfo").ZoneInfo("Asia/Shanghai"))
    line(now=shanghai)
    line(now=NOW + timedelta(microseconds=7))
    line(now=NOW + timedelta(milliseconds=250), office_id=None)
    assert list(journal.verify()) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE office_journalentry SET by_ref = 'user:9'",
        "DELETE FROM office_journalentry",
        "UPDATE office_journalentry SET seq = seq + 1 WHERE subject = 'case:1'",
    ],
)
def test_the_database_refuses_to_change_a_line(db, sql):
    line()
    with pytest.raises(DatabaseError, match="append-only"):
        raw(sql)
    assert JournalEntry.objects.count() == 1


def test_the_database_refuses_to_replace_a_line(db):
    entry = line()
    columns = 'subject, seq, key, at, "on", by_ref, office_id, act_id, data, prev_hash, hash'
    copy = f"SELECT id, {columns.replace('by_ref', repr('user:9'), 1)} FROM office_journalentry"
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO office_journalentry (id, {columns}) {copy}"
    else:
        sql = (
            f"INSERT INTO office_journalentry (id, {columns}) {copy} "
            "ON CONFLICT (id) DO UPDATE SET by_ref = 'user:9'"
        )
    with pytest.raises(DatabaseError, match="append-only"):
        raw(sql)
    assert JournalEntry.objects.get(pk=entry.pk).by_ref == "system:test"


@pytest.mark.pg
def test_postgresql_refuses_to_truncate_the_journal(db):
    line()
    with pytest.raises(DatabaseError, match="append-only"):
        raw("TRUNCATE office_journalentry")


def test_models_refuse_as_well(db):
    entry = line()
    with pytest.raises(NeverDeleted):
        entry.delete()
    with pytest.raises(NeverDeleted):
        JournalEntry.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        JournalEntry.objects.update(by_ref="x")
    entry.by_ref = "user:9"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()


@pytest.mark.parametrize(
    "sql, where, message",
    [
        ("UPDATE office_journalentry SET by_ref = 'user:9' WHERE seq = 2", 2, "改动"),
        ("DELETE FROM office_journalentry WHERE seq = 2", 2, "不连续"),
        ("DELETE FROM office_journalentry WHERE seq = 1 AND subject = 'case:1'", 1, "不连续"),
        ("UPDATE office_journalentry SET hash = prev_hash WHERE seq = 1 AND subject = 'case:1'", 1, "改动"),
        ("UPDATE office_journalentry SET seq = 9 WHERE seq = 3", 3, "不连续"),
        ("UPDATE office_journalentry SET at = '2026-11-20 02:30:01+00' WHERE seq = 3", 3, "改动"),
    ],
)
def test_the_first_broken_link_is_named(forger, capsys, sql, where, message):
    for _ in range(4):
        line()
    line("case:2")
    forger(sql)
    fault = next(iter(journal.verify()))
    assert (fault.subject, fault.seq) == ("case:1", where)
    assert message in fault.message
    assert list(journal.verify("case:2")) == []
    with pytest.raises(CommandError):
        call_command("verifyjournal")
    assert f"case:1 第{where}条" in capsys.readouterr().err


def test_a_rehashed_line_is_betrayed_by_the_next(forger):
    entries = [line() for _ in range(3)]
    forged = journal.entry_hash(
        subject="case:1",
        seq=2,
        key=KEY,
        at=NOW,
        on=DAY,
        by_ref="user:9",
        office_id=1,
        act_id=entries[1].act_id,
        data={"what": "甲"},
        prev_hash=entries[0].hash,
    )
    forger("UPDATE office_journalentry SET by_ref = 'user:9', hash = %s WHERE seq = 2", forged)
    assert [f.seq for f in journal.verify()] == [3]


def test_a_cut_tail_is_found_by_heads_kept_elsewhere(forger, tmp_path, capsys):
    for _ in range(3):
        line()
    heads = tmp_path / "heads"
    call_command("verifyjournal", save_heads=str(heads))
    line()
    call_command("verifyjournal", against=str(heads))
    forger("DELETE FROM office_journalentry WHERE seq >= 3")
    call_command("verifyjournal")  # the chain alone cannot tell
    with pytest.raises(CommandError):
        call_command("verifyjournal", against=str(heads))
    assert "缺失" in capsys.readouterr().err


def test_missing_triggers_are_reported_and_come_back_with_migrate(db):
    guard.JOURNAL.remove(connection)
    assert "触发器" in next(iter(journal.verify())).message
    call_command("migrate", verbosity=0)
    assert list(journal.verify()) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"what": 1.5},
        {"what": object()},
        {"what": "x\x00"},
        {"what": "11010519491231002X"},
        {"what": ["身份证110105194912310021。"]},
        {"what": "13800138000"},
        {"what": {"to": "wang@example.com"}},
        {"what": {1: "a"}},
        {"what": DAY},
    ],
)
def test_what_does_not_belong_is_refused(db, data):
    with pytest.raises(journal.BadEntry) as refused:
        line(data=data)
    for personal in ("11010519491231", "13800138000", "wang@"):
        assert personal not in str(refused.value)
    assert JournalEntry.objects.count() == 0


def test_hashes_and_case_numbers_belong(db):
    line(data={"what": "a" * 30 + "13800138000" + "b" * 23, "number": "QZ-2026-000123"})


def test_unknown_keys_are_refused_and_keys_mean_one_thing(db):
    with pytest.raises(journal.UnknownKey):
        line(key="test.never")
    with pytest.raises(ValueError, match="another sentence"):
        journal.register(KEY, "别的")
    assert journal.register(KEY, journal.keys()[KEY]) == KEY


def test_a_line_reads_as_a_sentence(db, django_assert_num_queries):
    person = make_user("p", name="王建国")
    entry = line(by=person, data={"what": f"user:{person.pk}"})
    with django_assert_num_queries(1):
        names = journal.names_of([person.ref, "system:tick", "applicant:4"])
    assert journal.sentence(entry, names) == "王建国于2026年11月20日办理了王建国"
    assert names["system:tick"] == "系统"
    assert names["applicant:4"] == "申请人"


@pytest.mark.django_db(transaction=True)
def test_a_line_needs_a_transaction_and_goes_with_it():
    arguments = dict(
        subject="case:1", key=KEY, by=BY, on=DAY, now=NOW, office_id=1, act_id=uuid4(), data={"what": "甲"}
    )
    with pytest.raises(journal.OutsideTransaction):
        journal.write(**arguments)
    with transaction.atomic():
        journal.write(**arguments)
        transaction.set_rollback(True)
    assert JournalEntry.objects.count() == 0


def test_two_writers_without_a_lock_cannot_both_have_the_number(db):
    entry = line()
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.bulk_create(
            [
                JournalEntry(
                    subject=entry.subject,
                    seq=1,
                    key=KEY,
                    at=NOW,
                    on=DAY,
                    by_ref="x",
                    office_id=1,
                    act_id=uuid4(),
                    data={},
                    prev_hash="",
                    hash="",
                )
            ]
        )


def make_lines(number: int, subjects: int) -> None:
    batch = []
    for s in range(subjects):
        prev = journal.FIRST
        for seq in range(1, number // subjects + 1):
            fields = dict(
                subject=f"case:{s}",
                seq=seq,
                key=KEY,
                at=NOW + timedelta(microseconds=seq),
                on=DAY,
                by_ref="user:7",
                office_id=3,
                act_id=UUID(int=s * 1000 + seq),
                data={"what": "甲乙丙", "from": "HANDLING", "to": "REVIEWING", "item": seq},
                prev_hash=prev,
            )
            prev = journal.entry_hash(**fields)
            batch.append(JournalEntry(**fields, hash=prev))
    JournalEntry.objects.bulk_create(batch, batch_size=2000)


@pytest.mark.parametrize("lines, chains", [(60, 6), (6_000, 600)])
def test_any_number_of_lines_is_verified_in_one_reading(db, lines, chains, django_assert_max_num_queries):
    """How fast that is, `./dev bench journal` tells."""
    make_lines(lines, chains)
    # A server-side cursor is opened, read in batches of 5,000 until one is empty, and closed.
    most = 7 + lines // 5000 if connection.vendor == "postgresql" else 4
    with django_assert_max_num_queries(most):
        assert list(journal.verify()) == []

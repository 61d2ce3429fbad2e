"""What the upgrade test does inside a carried-over office; run as a module with the office's settings.

`load DUMP` fills an empty PostgreSQL from a stored SQLite database, at the schema it was stored with;
`describe` prints what is there now; `carry-on DAY` brings every case to its end and files a new one.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tests.workflow.factories import Town
    from workflow.models import Case


def opened(dump: Path, path: str) -> sqlite3.Connection:
    """Load a stored dump into an SQLite file, or into memory, and return the connection."""
    database = sqlite3.connect(path)
    database.executescript(dump.read_text(encoding="utf-8"))
    return database


def load(dump: str) -> None:
    """Bring an empty PostgreSQL to the schema of the stored office, and copy its rows."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from tests.migrated import step_by_step

    old = opened(Path(dump), ":memory:")
    last = old.execute("SELECT app, MAX(name) FROM django_migrations GROUP BY app").fetchall()
    executor = MigrationExecutor(connection)
    step_by_step(executor.loader)
    executor.migrate([(app, name) for app, name in last if app in executor.loader.migrated_apps])
    tables = [
        name
        for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows come in any order, past the triggers
        for table in tables:
            _copy(old, cursor, table)
        cursor.execute("SET session_replication_role = DEFAULT")
    old.close()


def _copy(old: sqlite3.Connection, cursor: Any, table: str) -> None:
    rows = old.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in rows.description]
    cursor.execute(f'DELETE FROM "{table}"')
    columns = ", ".join(f'"{name}"' for name in names)
    with cursor.cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([None if value is None else str(value) for value in row])
    if "id" in names:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"'])
        if (sequence := cursor.fetchone()[0]) is not None:
            cursor.execute(f'SELECT setval(%s, COALESCE(MAX(id), 1)) FROM "{table}"', [sequence])


def described() -> list[dict[str, Any]]:
    """Describe every case as the stored office's own facts do."""
    from tests.data.upgrade.make import describe
    from workflow.models import Case

    return [describe(case) for case in Case.objects.order_by("pk")]


def carry_on(day: dt.date) -> dict[str, Any]:
    """Bring every case to its end through the acts and file one more; say where everything came to."""
    from office.models import OutboxMessage
    from tests.workflow.factories import file_case
    from workflow.models import Case

    town = _town()
    for pk in Case.objects.order_by("pk").values_list("pk", flat=True):
        for _ in range(10):
            case = Case.objects.get(pk=pk)
            if case.state == "archived":
                break
            _next(town, case, day)
    return {
        "states": [case.state for case in Case.objects.order_by("pk")],
        "next_number": file_case(town, arrived_on=day).number,
        "unsendable": list(OutboxMessage.objects.exclude(last_error="").values_list("kind", flat=True)),
    }


def _town() -> Town:
    from office.models import Office, Post, Unit
    from tests.workflow.factories import Town

    office = Office.objects.get(kind="department")
    main, other = Unit.objects.order_by("pk")
    people = {post.role: post.user for post in Post.objects.select_related("user")}
    return Town(office.parent, office, main, other, people)


def _next(town: Town, case: Case, day: dt.date) -> None:
    """Do the next thing a case in its state asks for."""
    from tests.workflow.factories import at
    from workflow.actions import archive, assign, receive_supplement, serve

    told = {"case_id": case.pk, "on": day, "now": at(day)}
    if case.state == "submitted":
        _receive(town, case, told)
    elif case.state == "registered":
        assign.assign(by=town.allocator, unit_id=town.unit.pk, handler_id=town.handler.pk, **told)
    elif case.state == "supplementing":
        receive_supplement.receive_supplement(
            by=town.intake, items={1: "采薇村三组地块的补偿安置方案"}, **told
        )
    elif case.state == "handling":
        _handle(town, case, told)
    elif case.state == "reviewing":
        _review(town, case, told)
    elif case.state == "signing":
        _sign(town, case, told)
    elif case.state == "replied":
        from tests.workflow.factories import SEALED

        serve.serve(seal=SEALED, by=town.intake, channel="portal", sent_on=day, **told)
    else:
        archive.archive(by=town.archivist, **told)


def _receive(town: Town, case: Case, told: dict[str, Any]) -> None:
    from workflow.actions import confirm_receipt, register

    if case.received_on is None:
        confirm_receipt.confirm_receipt(by=town.intake, confirmed_on=told["on"], how="电话", **told)
    register.register(by=town.intake, **told)


def _handle(town: Town, case: Case, told: dict[str, Any]) -> None:
    from tests.workflow.factories import DISCLOSE, searched
    from workflow.actions import propose, record_opinion, send_to_review

    for row in case.open_consultations():
        record_opinion.record_opinion(
            by=town.handler, consultation_id=row.pk, opinion="agree", opinion_on=told["on"], **told
        )
    searched(town, case, on=told["on"])
    for item in case.items_in_order():
        propose.propose(by=town.handler, item_seq=item.seq, **DISCLOSE, **told)
    send_to_review.send_to_review(by=town.handler, **told)


def _review(town: Town, case: Case, told: dict[str, Any]) -> None:
    from tests.workflow.factories import clear

    for kind in ("secrecy", "redaction"):
        if case.pending_review(kind):
            clear(town, case, kind, on=told["on"])


def _sign(town: Town, case: Case, told: dict[str, Any]) -> None:
    from workflow.actions import sign
    from workflow.models import ApprovalSheet

    sha = case.current_draft().body_sha256
    sheet = ApprovalSheet.objects.filter(case=case).first()
    if sheet is None:
        sign.sign(by=town.signatory, seen_sha256=sha, **told)
    else:
        sign.confirm_signed_sheet(by=town.head, matches=True, **told)


def main(command: str, *rest: str) -> None:
    """Do one of the three things and print what came of it as JSON."""
    django.setup()
    if command == "load":
        load(*rest)
    elif command == "describe":
        print(json.dumps(described(), ensure_ascii=False))
    else:
        print(json.dumps(carry_on(dt.date.fromisoformat(rest[0])), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])

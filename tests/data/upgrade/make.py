"""Write what this release leaves behind: a database with a case in every state, its keys, files and facts.

`.venv/bin/python -m tests.data.upgrade.make 0.1.0` writes `0.1.0.tar.xz` beside this file: `database.sql`, `keys/`,
`files/` and `facts.json`, what no upgrade may change.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.workflow.factories import Town
    from workflow.models import Case

HERE = Path(__file__).resolve().parent
#: The last day on which anything happened in the stored office; the test goes on the day after.
LAST_DAY = dt.date(2026, 3, 24)
NOTICE_DAY = dt.date(2026, 3, 9)


def main(release: str) -> None:
    """Make the office in a directory of its own and write down what a later release must find."""
    with tempfile.TemporaryDirectory() as place:
        os.environ |= {
            "DATA_DIR": place,
            "DATABASE_URL": f"sqlite:///{place}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO_TODAY": LAST_DAY.isoformat(),
        }
        for name in ("KEY_DIR", "FILES_DIR", "MAIL_DIR", "SECRET_KEY"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        facts = {"release": release, "last_day": LAST_DAY.isoformat(), "cases": _cases()}
        connection.close()
        _write(release, Path(place), facts)


def _cases() -> list[dict[str, Any]]:
    """Bring one case at least into every state an act leads to, and describe each."""
    from tests.workflow.factories import make_town
    from workflow.machine import ACTS
    from workflow.models import Case

    town = make_town()
    _open(town)
    _waiting(town)
    _ended(town)
    cases = list(Case.objects.order_by("pk"))
    reached = {str(state) for act in ACTS.values() for state in (act.target, *act.targets) if state}
    missing = reached - {case.state for case in cases}
    assert not missing, f"no case is in {missing}"
    return [describe(case) for case in cases]


def _open(town: Town) -> None:
    from tests.workflow import factories as f
    from workflow.actions import enter_signed_sheet
    from workflow.requests import FileData

    f.file_case(town)
    f.file_case(town, channel="post_plain", service="post")
    f.registered(town, files=(FileData("证明.txt", "采薇村三组村民身份证明".encode()),))
    f.handled(town)
    f.searched(town, f.handled(town))
    half = f.reviewing(town, items=("补偿安置方案", "内部讨论会议记录"), proposals=[f.DISCLOSE, f.REFUSE])
    f.clear(town, half, "secrecy")
    f.signing(town)
    sheet = f.signing(town)
    enter_signed_sheet.enter_signed_sheet(
        case_id=sheet.pk, by=town.intake, on=f.DAY, now=f.at(f.DAY), signer_id=town.signatory.pk, signed_on=f.DAY,
        scan=FileData("呈批单.pdf", b"%PDF-1.7\n% signed on paper\n%%EOF\n"),
    )  # fmt: skip
    f.replied(town)


def _waiting(town: Town) -> None:
    from tests.workflow import factories as f
    from workflow.actions import communicate, consult, extend, request_supplement

    told = {"on": NOTICE_DAY, "now": f.at(NOTICE_DAY)}
    request_supplement.request_supplement(
        case_id=f.registered(town).pk,
        by=town.intake,
        matters="未写明所指地块",
        guidance="请写明地块位置",
        **told,
    )
    consult.consult(
        case_id=f.handled(town).pk, by=town.handler, party_name="岚泽建材有限公司", subject="附件三", **told
    )
    extend.extend(case_id=f.handled(town).pk, by=town.head, days=20, reason="档案需从库房调取核对", **told)
    communicate.communicate(
        case_id=f.registered(town).pk,
        by=town.intake,
        on=LAST_DAY,
        now=f.at(LAST_DAY),
        matters="请告知地块位置",
    )


def _ended(town: Town) -> None:
    from tests.workflow import factories as f
    from workflow.actions import archive, lapse, request_supplement, serve, withdraw
    from workflow.actors import ApplicantActor

    day = {"on": f.DAY, "now": f.at(f.DAY)}
    for archived in (False, True):
        case = f.replied(town, proposals=[f.REFUSE if archived else f.DISCLOSE])
        serve.serve(seal=f.SEALED, case_id=case.pk, by=town.intake, channel="portal", sent_on=f.DAY, **day)
        if archived:
            archive.archive(case_id=case.pk, by=town.archivist, **day)
    case = f.handled(town)
    withdraw.withdraw(case_id=case.pk, by=ApplicantActor(case.pk, town.office.pk), **day)
    case = f.registered(town)
    request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, matters="不清楚", guidance="请写明", days=15, **day
    )
    lapse.lapse(
        case_id=case.pk, by=town.intake, on=LAST_DAY, now=f.at(LAST_DAY), finding="送达后未补正，无正当理由"
    )


def describe(case: Case) -> dict[str, Any]:
    """Say of a case what no upgrade may change: number, state, dates, papers, people, the end of its chain."""
    from office import files
    from office.models import JournalEntry
    from workflow.selectors.papers import papers_of

    dates = (
        "arrived_on", "confirmed_on", "received_on", "clock_start_on", "original_due_on", "due_on", "replied_on",
        "completed_on", "archived_on",
    )  # fmt: skip
    last = JournalEntry.objects.filter(subject=case.subject_ref).order_by("seq").last()
    assert last is not None
    return {
        "id": case.pk,
        "number": case.number,
        "state": case.state,
        "dates": {name: str(getattr(case, name) or "") for name in dates},
        "parties": [[p.name, p.id_number.reveal()] for p in case.parties.order_by("pk")],
        "items": [[i.description, i.outcome] for i in case.items_in_order()],
        "papers": [[p.number_text, p.text_sha256, p.frozen()["text"][:40]] for p in papers_of(case)],
        "files": [[a.file.sha256, len(files.read(a.file))] for a in case.attachments.order_by("pk")],
        "journal": [last.seq, last.hash],
    }


def _write(release: str, place: Path, facts: dict[str, Any]) -> None:
    with closing(sqlite3.connect(place / "db.sqlite3")) as database:
        text = "\n".join(database.iterdump())
    (place / "database.sql").write_text(text, encoding="utf-8")
    (place / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    (place / "keys" / "django-secret").unlink()
    (place / "files" / ".lock").unlink()
    with tarfile.open(HERE / f"{release}.tar.xz", "w:xz", preset=9) as bundle:
        for name in ("database.sql", "facts.json", "keys", "files"):
            bundle.add(place / name, name, filter=_nobody)


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose machine it was."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(*sys.argv[1:])

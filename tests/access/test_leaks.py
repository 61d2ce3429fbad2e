"""A whole journey with one applicant: what identifies them stands in the case and in their letters, nowhere else."""

from __future__ import annotations

import json
import logging
import re
import traceback
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from office import outbox
from office.models import JournalEntry, OutboxMessage
from office.today import now
from tests.access.world import DAY, FORM, following, make_department, signed_in
from tests.workflow.factories import APPLICANT, DISCLOSE, Town, handled, searched
from workflow.actions import propose
from workflow.machine import State
from workflow.models import Case

pytestmark = pytest.mark.django_db
SECRETS = (
    "王䶮", "11010519491231002X", "11010519491231002x", "13800000000", "云岫县采薇巷3号", "wang@applicant.example",
)  # fmt: skip
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


class Heard:
    """Every address asked for and every address led to, and every page that is not about the applicant."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def __call__(self, answer: Any) -> Any:
        self.addresses += [
            answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"],
            answer.get("Location", ""),
        ]
        if not answer.streaming and "html" in answer.get("Content-Type", ""):
            self.addresses += re.findall(r'(?:href|action|src|hx-[a-z]+)="([^"]*)"', answer.content.decode())
        return answer


CARELESS = "请与王䶮联系：13800000000，云岫县采薇巷3号"


def journey(town: Town, heard: Heard, *, note: str = CARELESS) -> Case:
    """Apply, register, assign, search, propose, review, sign, serve, follow, archive: all by the pages.

    `note` is what clerks write in every free field on the way.
    """
    me = Client()
    address = f"/apply/{town.office.code}/"
    form = dict(HIDDEN.findall(heard(me.get(address)).content.decode()))
    files = {"identity_files": SimpleUploadedFile("王䶮身份证.txt", "王䶮 11010519491231002X".encode())}
    check = heard(me.post(address, FORM | {"draft": form["draft"], "step": "check"} | files))
    sent = heard(
        me.post(address, {"draft": dict(HIDDEN.findall(check.content.decode()))["draft"], "step": "send"})
    )
    code = re.search(r'<dd class="code">([^<]+)</dd>', heard(me.get(sent["Location"])).content.decode())
    assert code
    case = Case.objects.get(office=town.office)
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("intake", "register", {}),
        ("allocator", "assign", {"unit": town.unit.pk, "handler": town.handler.pk, "note": note}),
        ("handler", "record_search", {
            "item_seq": "0", "systems": "局档案系统", "keywords": note, "period": "2025年", "method": "全文检索",
            "found": "yes", "result": note, "searched_on": DAY.isoformat(),
        }),
        ("head", "extend", {"days": "5", "reason": note}),
        ("handler", "propose", {"item_seq": "1", "outcome": "disclose", "provided": "方案1份", "reason": ""}),
        ("handler", "send_to_review", {}),
        ("secrecy", "clear_secrecy", {"opinion": note}),
        ("redaction", "clear_redaction", {"opinion": "同意。"}),
        ("legal", "clear_legal", {"opinion": "同意。"}),
        ("signatory", "sign", {}),
        ("intake", "use_seal", {"seal_kind": "office", "seal_copies": "2", "seal_used_on": DAY.isoformat()}),
    ]  # fmt: skip
    for role, act, data in steps:
        clerk = signed_in(town.people[role])
        for path in ("/desk/", "/desk/unit/", "/desk/watch/", f"/desk/case/{case.pk}/"):
            heard(clerk.get(path))
        heard(clerk.post("/desk/search/", {"text": "11010519491231002X"}))
        here = f"/desk/case/{case.pk}/do/{act}/"
        page = heard(
            clerk.get(here + (f"?item_seq=1&outcome={data['outcome']}" if "outcome" in data else ""))
        )
        held = {
            name: value
            for name, value in HIDDEN.findall(page.content.decode())
            if name != "csrfmiddlewaretoken"
        }
        if act == "use_seal":
            data["papers"] = re.findall(r'name="papers"[^>]* value="(\d+)"', page.content.decode())
        done = heard(clerk.post(here, held | data | {"step": "confirm"}))
        assert done.status_code == 302, (act, re.findall(r"field-error.*?<", done.content.decode()))
    while outbox.deliver(now()).sent:
        continue
    heard(me.post("/follow/", {"code": code.group(1), "last_four": "002X"}))
    shown = heard(me.get("/follow/case/"))
    for link in re.findall(r'href="(/follow/case/papers/\d+/)"', shown.content.decode()):
        assert heard(me.get(link)).status_code == 200
    heard(
        signed_in(town.archivist).post(f"/desk/case/{case.pk}/do/archive/", {"step": "confirm", "years": ""})
    )
    return Case.objects.get(pk=case.pk)


def test_nothing_personal_leaves_the_case(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    town, heard = make_department(), Heard()
    with caplog.at_level(logging.DEBUG):
        case = journey(town, heard)
    assert case.state == State.ARCHIVED
    out, err = capfd.readouterr()
    sources = {
        "addresses": "\n".join(heard.addresses),
        "log": "\n".join(f"{record.getMessage()} {record.args} {record.exc_text or ''}" for record in caplog.records),
        "standard streams": out + err,
        "journal": json.dumps(list(JournalEntry.objects.values("subject", "key", "by_ref", "data")), ensure_ascii=False),
        "outbox": json.dumps(list(OutboxMessage.objects.values("kind", "dedupe_key", "payload", "last_error")), ensure_ascii=False),
        "tasks": json.dumps(list(DBTaskResult.objects.values("args_kwargs")), ensure_ascii=False),
        "mail": "\n".join(f"{one.subject}\n{one.body}\n{one.extra_headers}" for one in mail.outbox),
    }  # fmt: skip
    for source, text in sources.items():
        assert [secret for secret in SECRETS if secret in text] == [], source
    # The search would be worthless if nothing were said at all.
    assert JournalEntry.objects.count() > 10
    assert OutboxMessage.objects.exists()
    assert "wang@applicant.example" in {to for one in mail.outbox for to in one.to}
    assert "/follow/case/papers/" in sources["addresses"]


def test_what_identifies_a_person_lies_sealed(town_with_case: Case) -> None:
    """Number, telephone, mailbox and address are in no column of the database, and in no stored file, in clear."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # a name of the schema itself
            text = "\n".join(str(row) for row in cursor.fetchall())
            found += [(name, secret) for secret in SECRETS[1:] if secret in text]
    assert found == []
    for path in Path(settings.FILES_DIR).rglob("*"):
        if path.is_file():
            assert b"11010519491231002X" not in path.read_bytes()


@pytest.fixture
def town_with_case(db: None) -> Case:
    town = make_department()
    return journey(town, Heard(), note="从速")


def test_a_fault_tells_neither_reader_nor_log_what_was_sent(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that breaks while it holds an applicant's data: a plain page, and a traceback without values."""
    from workflow.selectors import find

    def broken(user: Any, text: str, **rest: Any) -> Any:
        applicant = text
        raise RuntimeError(f"broken in the middle of {len(applicant)} characters")

    monkeypatch.setattr(find, "search", broken)
    town = make_department()
    client = signed_in(town.handler)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/desk/search/", {"text": "王䶮 11010519491231002X 13800000000"})
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "系统出了问题" in page
    assert "Traceback" not in page
    log = "\n".join(
        record.getMessage() + "".join(traceback.format_exception(*record.exc_info) if record.exc_info else ())
        for record in caplog.records
    )
    assert "RuntimeError" in log
    assert [secret for secret in SECRETS if secret in page + log] == []
    assert settings.DEBUG is False
    assert settings.ADMINS == []  # nobody is mailed a report with the form in it


def test_refused_acts_and_error_pages_name_nobody() -> None:
    town = make_department()
    case = searched(town, handled(town))
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=now(), item_seq=1, **DISCLOSE)
    for client, path in (
        (signed_in(town.admin), f"/desk/case/{case.pk}/"),
        (signed_in(town.secrecy), f"/desk/case/{case.pk}/do/clear_secrecy/"),
        (signed_in(town.handler), "/counter/"),
        (following(case), "/follow/case/papers/990000000/"),
    ):
        answer = client.get(path)
        assert answer.status_code in (403, 404)
        assert [
            secret for secret in (*SECRETS, APPLICANT.name, case.title) if secret in answer.content.decode()
        ] == []

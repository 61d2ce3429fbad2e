"""What somebody uploads is never a page of ours: refused, or handed out as a download of a kind we know."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office import files
from office.errors import Refusal
from office.files.kinds import BY_TYPE
from tests.access.world import DAY, FORM, make_department, signed_in
from tests.workflow.factories import Town, at, handled
from workflow.models import Attachment
from workflow.requests import FileData

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.cookie)</script>"
ACTIVE = {
    "page.html": b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>",
    "page.txt": b"\n\n  <HTML><body onload=alert(1)>",
    "bom.txt": b"\xef\xbb\xbf<!doctype html>" + SCRIPT,
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "picture.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "code.xml": b'<?xml version="1.0"?><x/>',
    "flash.swf": b"FWS\x09" + bytes(60),
    "program.exe": b"MZ" + bytes(200),
    "shell.sh": b"\x7fELF" + bytes(200),
}  # fmt: skip
#: Text that a browser could be talked into running, if it were shown to it as what it is not.
TEXTS = {
    "code.js": b"alert(document.cookie)",
    "code.html": b"hello " + SCRIPT,
    "letter.txt": "普通的说明 <b>字</b>".encode(),
    "名字\"; filename=\"x.html": "说明".encode(),
}  # fmt: skip


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_department()


@pytest.mark.parametrize("name", ACTIVE)
def test_what_a_browser_would_run_is_not_taken_in(town: Town, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.put(office=town.office, content=ACTIVE[name], name=name, now=at(DAY))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.value.message)


@pytest.mark.parametrize("name", ACTIVE)
def test_the_portal_says_so_and_keeps_the_form(client: Client, town: Town, name: str) -> None:
    address = f"/apply/{town.office.code}/"
    page = client.get(address).content.decode()
    draft = page.split('name="draft" value="')[1].split('"')[0]
    filled = FORM | {"draft": draft, "step": "check", "files": SimpleUploadedFile(name, ACTIVE[name])}
    sent: Any = client.post(address, filled)
    assert sent.status_code == 200
    assert 'id="error-summary"' in sent.content.decode() or "notice bad" in sent.content.decode()
    assert b"alert(" not in sent.content
    assert "采薇村补偿安置方案" in sent.content.decode()


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_taken_in_comes_back_as_a_download_of_a_known_kind(town: Town, name: str) -> None:
    case = handled(town, files=(FileData(name, TEXTS[name], "application"),))
    row = Attachment.objects.get(case=case)
    answer = signed_in(town.handler).get(f"/desk/case/{case.pk}/file/{row.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    kind = answer["Content-Type"].split(";")[0]
    assert kind in BY_TYPE
    assert "html" not in kind
    assert "script" not in kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in answer["Content-Disposition"]
    assert not answer["Content-Disposition"].split("filename")[1].count('filename="x.html"')


def test_what_is_typed_is_shown_as_text(town: Town) -> None:
    """A name, a request and a note that are markup stay words on every page that shows them."""
    from dataclasses import replace

    from tests.workflow.factories import APPLICANT

    bad = "<img src=x onerror=alert(1)>"
    case = handled(town, items=(f"{bad}采薇村方案",), parties=(replace(APPLICANT, name=f"{bad}某"),))
    for role in ("handler", "intake", "allocator", "supervisor", "head"):
        client = signed_in(town.people[role])
        for path in (
            "/desk/",
            "/desk/unit/",
            f"/desk/case/{case.pk}/",
            f"/desk/case/{case.pk}/trail/",
            "/board/list/",
        ):
            assert bad.encode() not in client.get(path).content, (role, path)
        assert bad.encode() not in client.post("/desk/search/", {"text": bad}).content

"""A table all the way: attached, reviewed, marked, burned, signed and served by the pages, downloaded by its applicant and nobody else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from office.models import JournalEntry, User
from tests.review.at_home import at_home
from tests.review.makers import workbook
from tests.review.rooms import NUMBER
from tests.review.test_table_copies import burned_here
from tests.workflow.desk.test_acts import Desk
from tests.workflow.factories import APPLICANT, DAY, Town, at, make_town, request_of
from workflow.actions import assign, register, submit
from workflow.actors import ApplicantActor
from workflow.machine import State
from workflow.models import Case, Delivery, DisclosedCopy, HoldingVersion
from workflow.notices import paper_mail
from workflow.review import copies, levels
from workflow.review.disclosing import burning
from workflow.review.marking import suggest
from workflow.review.redaction.tables import BLACK
from workflow.selectors.manifest import manifest

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "采薇村征地补偿清单"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch)
    monkeypatch.setattr(burning, "burn_apart", burned_here)
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def table(book: Any) -> None:
    """Fill a register with a formula, a comment, a hidden sheet and a name that all hide the same number."""
    from openpyxl.comments import Comment
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.active
    sheet.title = "补偿清单"
    sheet.delete_rows(1, 2)
    for row in (["户主", "证件号码", "亩数", "备注"], ["张三丰", NUMBER, 2.5, "=HYPERLINK(\"http://x.example\")"], ["李四光", "未登记", 0.8, "+86"]):  # fmt: skip
        sheet.append(row)
    sheet["D3"].data_type = "s"
    sheet["A2"].comment = Comment(f"证号{NUMBER}", "经办人")
    book.create_sheet("底表").append([NUMBER])
    book["底表"].sheet_state = "hidden"
    book.defined_names["证号"] = DefinedName("证号", attr_text=f'"{NUMBER}"')


def filed(town: Town, **changes: Any) -> tuple[Case, str]:
    """File a request, have it assigned, and return it with its query code."""
    request = request_of(town, wanted_form="electronic", **changes)
    sent = submit.submit(request=request, by=ApplicantActor(None, town.office.pk), on=DAY, now=at(DAY))
    register.register(case_id=sent.case.pk, by=town.intake, on=DAY, now=at(DAY))
    case = assign.assign(
        case_id=sent.case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.unit.pk, handler_id=town.handler.pk
    )  # fmt: skip
    return case, sent.query_code


def attached(town: Town, case: Case, as_: Any) -> HoldingVersion:
    """Attach the table at the desk and let its working copy be made."""
    Desk(as_(town.handler), case, "add_holding").done(
        secrecy="none", item_seq="1", title=TITLE, source="made", carrier="electronic", formed_on="2025-06-03",
        from_classified="no", plan="partial", original=SimpleUploadedFile("清单.xlsx", workbook(table), XLSX),
    )  # fmt: skip
    version = HoldingVersion.objects.get()
    assert copies.make(version.pk, now=at(DAY)) == "ready"
    return version


def reviewed(town: Town, case: Case, as_: Any) -> None:
    """Let the handler weigh the document and each level agree, at the desk."""
    ticks = {
        name: value
        for code, _, _ in levels.lines()
        for name, value in ((f"holds_{code}", "no"), (f"basis_{code}", "不涉及，已逐页查看。"))
    }
    ticks |= {"holds_refuse_third_party": "yes", "basis_refuse_third_party": "姓名、证件号码属于个人隐私"}
    said = dict.fromkeys(("content", "timing", "manner", "opinion"), "已逐页查看，去掉个人信息后可以公开。")
    Desk(as_(town.handler), case, "begin_holding_review").done(
        **ticks, **said, term="never", conclusion="partial"
    )
    for role in ("unit_head", "secrecy", "head"):
        Desk(as_(town.people[role]), case, "review_holding").done(decision="agree", opinion="同意。")


def marked_and_burned(town: Town, version: HoldingVersion, as_: Any) -> DisclosedCopy:
    """Mark in the room: what the detectors find by rule, a name wherever it stands; have the copy made."""
    room = reverse("room:room", args=[version.holding.case_id, version.pk])
    client = as_(town.handler)
    client.get(room)
    client.post(room, {"do": "suggest", "page": 1})
    assert suggest.find(version.pk, now=at(DAY)) >= 2
    waiting = re.findall(r'name="rule" value="(\w+)"', client.get(room).content.decode())
    assert "resident_id" in waiting
    for kind in waiting:
        client.post(room, {"rule": kind, "page": 1})
    answer = client.post(
        room, {"do": "everywhere", "text": "张三丰", "ground": "personal:name", "page": 1}, follow=True
    )
    assert "已在1份材料中查找" in answer.content.decode()
    client.post(room, {"do": "copy", "page": 1})
    copy = DisclosedCopy.objects.get()
    assert burning.run(copy.pk, now=at(DAY)) == "passed", DisclosedCopy.objects.get().reason
    return DisclosedCopy.objects.get()


def signed(town: Town, case: Case, as_: Any) -> Case:
    """Propose from the marks, send to review, clear and sign, at the desk."""
    handler = as_(town.handler)
    Desk(handler, case, "record_search").done(
        item_seq="0", systems="局档案系统", keywords="采薇村", period="2025年", method="全文检索", found="yes",
        result="清单1份", searched_on="2026-03-02",
    )  # fmt: skip
    desk = Desk(handler, case, "propose", "?item_seq=1&outcome=partial")
    withheld = re.search(r'name="withheld"[^>]*>\s*([^<]+)', desk.page)
    assert withheld is not None
    assert TITLE in withheld[1]
    desk.done(
        grounds=["条例第十五条"], provided="清单1份", withheld=withheld[1].strip(),
        reason="所涉姓名、证件号码属于个人隐私，公开会损害第三方合法权益。",
    )  # fmt: skip
    Desk(handler, case, "send_to_review").done()
    for kind in ("secrecy", "redaction"):
        Desk(as_(town.people[kind]), case, f"clear_{kind}").done(opinion="同意。")
    return Desk(as_(town.signatory), case, "sign").done()


def served(town: Town, case: Case, as_: Any, channel: str) -> Case:
    """Seal and serve the reply, at the desk."""
    return Desk(as_(town.intake), case, "serve").done(
        channel=channel, sent_on="2026-03-02", seal_kind="office", seal_copies="2"
    )


def the_journey(town: Town, as_: Any, channel: str, **changes: Any) -> tuple[Case, str, DisclosedCopy]:
    """Walk it from the application to the service of the reply."""
    case, code = filed(town, service=channel, **changes)
    version = attached(town, case, as_)
    reviewed(town, case, as_)
    copy = marked_and_burned(town, version, as_)
    case = signed(town, case, as_)
    copy.refresh_from_db()
    assert copy.reply is not None
    return case, code, copy


def opened(code: str) -> Client:
    """Give a browser in which an applicant has opened their case by its code."""
    client = Client()
    answer = client.post("/follow/", {"code": code, "last_four": "002X"})
    assert (answer.status_code, answer["Location"]) == (302, "/follow/case/")
    return client


def file_name(answer: Any) -> str:
    """Return the name a browser saves a download under."""
    told = answer["Content-Disposition"]
    assert told.startswith("attachment")
    return unquote(told.split("filename*=utf-8''")[1])


def test_a_table_from_the_desk_to_its_applicant(town: Town, as_: Callable[[User], Client]) -> None:
    case, code, copy = the_journey(town, as_, "portal")
    pages = reverse("portal:document", args=[copy.pk])
    sheets = {part: reverse("portal:document_table", args=[copy.pk, part]) for part in ("xlsx", "csv-1")}
    applicant = opened(code)
    for address in (pages, *sheets.values()):
        assert applicant.get(address).status_code == 404, "signed, but not served"
    case = served(town, case, as_, "portal")
    assert case.state == State.SERVED
    shown = applicant.get("/follow/case/").content.decode()
    for address in (pages, *sheets.values()):
        assert f'href="{address}"' in shown

    # Asking for the head of a file is not taking it.
    assert applicant.head(sheets["xlsx"]).status_code == 200
    assert not JournalEntry.objects.filter(subject=case.subject_ref, key="case.copy_table_given").exists()

    # The letter, the redacted pages and the table come together.
    letter = applicant.get(reverse("portal:paper", args=[copy.reply_id]))
    assert letter["Content-Type"] == "application/pdf"
    pdf = applicant.get(pages)
    assert (pdf["Content-Type"], file_name(pdf)) == ("application/pdf", f"{TITLE}（公开副本）.pdf")
    assert pdf.content.startswith(b"%PDF-")
    book = applicant.get(sheets["xlsx"])
    assert (book["Content-Type"], file_name(book)) == (XLSX, f"{TITLE}（公开副本）.xlsx")
    text = applicant.get(sheets["csv-1"])
    assert (text["Content-Type"], file_name(text)) == ("text/csv; charset=utf-8", f"{TITLE}（公开副本）.csv")
    for answer in (letter, pdf, book, text):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]

    # The table is clean: values alone, black where the marks were, nothing hidden, nothing that calculates.
    loaded = load_workbook(io.BytesIO(book.content))
    assert loaded.sheetnames == ["补偿清单"]
    rows = [[cell.value for cell in row] for row in loaded["补偿清单"].iter_rows()]
    assert rows[0] == ["户主", "证件号码", "亩数", "备注"]
    assert rows[1][:3] == [BLACK, BLACK, "2.5"]
    assert rows[2][1:] == ["未登记", "0.8", "+86"]
    assert {cell.data_type for row in loaded["补偿清单"].iter_rows() for cell in row if cell.value} == {"s"}
    assert not loaded.defined_names
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in whole
    for secret in (NUMBER, "张三丰"):
        for content in (whole, text.content, pdf.content):
            assert secret.encode() not in content
            assert secret.encode("utf-16-le") not in content
    lines = text.content.decode("utf-8-sig").splitlines()
    assert not [line for line in lines for cell in line.split(",") if cell.startswith("=")]

    # Each file is told once, however often it is taken.
    applicant.get(sheets["xlsx"])
    ref = f"applicant:case:{case.pk}"
    told = JournalEntry.objects.filter(subject=case.subject_ref, by_ref=ref)
    assert told.filter(key="case.copy_given").count() == 1
    files = [line.data["file"] for line in told.filter(key="case.copy_table_given").order_by("seq")]
    assert files == ["表格（xlsx）", "CSV"]
    # Nobody else gets them: not another applicant, not a passer-by, not a part that is none.
    _, foreign = filed(town)
    for address in (pages, *sheets.values()):
        assert opened(foreign).get(address).status_code == 404
        assert Client().get(address)["Location"] == "/follow/"
        assert as_(town.intake).get(address)["Location"] == "/follow/"
    for part in ("csv-2", "pdf2", "zip"):
        assert applicant.get(reverse("portal:document_table", args=[copy.pk, part])).status_code == 404
    # The file of the case names what was found, its review, and what left the house.
    held = {line["title"]: line["sha256"] for line in manifest(Case.objects.get(pk=case.pk))}
    assert held[f"材料1：{TITLE}"] == held["保密审查呈批单（材料1）"] == HoldingVersion.objects.get().sha256
    assert held["公开副本（材料1）"] == copy.sha256
    assert held["公开副本的表格（材料1）"] == copy.table_sha256
    assert held["公开副本见证书（材料1）"] == copy.certificate_sha256


def test_a_reply_by_mail_brings_its_documents_or_says_where_they_wait(
    town: Town, as_: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    parties = (APPLICANT.__class__(**{**APPLICANT.__dict__, "email": "wang@applicant.example"}),)
    case, code, copy = the_journey(town, as_, "email", parties=parties)
    served(town, case, as_, "email")
    told = JournalEntry.objects.filter(subject=case.subject_ref, key="case.copy_mailed")
    delivery = Delivery.objects.get(case=case, channel="email")

    def sent() -> Any:
        paper_mail.email_paper({"delivery": delivery.pk}, at(DAY, 11))
        return mail.outbox[-1]

    monkeypatch.setattr(paper_mail, "MOST_ENCLOSED", 100)
    letter = sent()
    assert letter.to == ["wang@applicant.example"]
    assert [kind for _, _, kind in letter.attachments] == ["application/pdf"]
    assert "共3个文件，较大，没有放进邮件" in letter.body
    assert not told.exists()
    monkeypatch.undo()
    Delivery.objects.filter(pk=delivery.pk).update(mailed_at=None)
    letter = sent()
    names, _, kinds = zip(*letter.attachments, strict=True)
    assert kinds == ("application/pdf", "application/pdf", XLSX, "text/csv")
    assert names[1:3] == (f"{TITLE}（公开副本）.pdf", f"{TITLE}（公开副本）.xlsx")
    assert "共3个文件，一并见附件" in letter.body
    assert TITLE not in letter.body + letter.subject
    assert told.get().data["count"] == 3
    count = len(mail.outbox)
    paper_mail.email_paper({"delivery": delivery.pk}, at(DAY, 12))
    assert len(mail.outbox) == count
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    assert opened(code).get(reverse("portal:document", args=[copy.pk])).status_code == 200

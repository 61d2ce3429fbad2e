"""Handing papers to the post in one batch, their list, their signatures; the counter's sheet."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from office.models import JournalEntry
from tests.workflow.factories import DAY, SEALED, Town, at, handled, make_town, replied
from workflow.actions import (
    communicate,
    use_seal,
)
from workflow.models import BulkLine, Case, Delivery
from workflow.selectors import posting

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}
EMS = "EX99013000{}CN"


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def sealed(town: Town, service: str = "post") -> Case:
    """Bring a case to its sealed reply."""
    case = replied(town, service=service)
    return use_seal.use_seal(case_id=case.pk, by=town.seal, seal=SEALED, **WHEN)


def table(rows: list[list[str]], *, xlsx: bool) -> SimpleUploadedFile:
    """Write a table as the post hands it back."""
    if not xlsx:
        return SimpleUploadedFile("ems.csv", "\n".join(",".join(row) for row in rows).encode("gb18030"))
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("ems.xlsx", out.getvalue())


def out_of(town: Town) -> list[posting.Out]:
    return posting.papers_out(town.intake, town.office, "post")[0]


@pytest.mark.parametrize("xlsx", [True, False])
def test_a_batch_is_posted_from_the_posts_own_table(xlsx: bool) -> None:
    town = make_town()
    cases = [sealed(town), sealed(town)]
    other = handled(town, service="post")
    communicate.communicate(case_id=other.pk, by=town.handler, matters="请说明所需年度", **WHEN)
    waiting = out_of(town)
    assert [one.reply for one in waiting] == [True, True, False]
    desk = as_(town.intake)
    rows = [["文号", "邮件号"], *([one.paper.number_text, EMS.format(n)] for n, one in enumerate(waiting))]
    page = desk.post(
        "/desk/posting/", {"step": "import", "sent_on": "2026-03-02", "file": table(rows, xlsx=xlsx)}
    ).content.decode()
    assert all(EMS.format(n) in page for n in range(3))
    assert not Delivery.objects.filter(channel="post").exists()
    sent = {f"tracking-{one.paper.pk}": EMS.format(n) for n, one in enumerate(waiting)}
    told = desk.post("/desk/posting/", sent | {"step": "confirm", "sent_on": "2026-03-02"}, follow=True)
    assert "全部办成" in told.content.decode()
    assert set(BulkLine.objects.values_list("status", flat=True)) == {"done"}
    posted = Delivery.objects.filter(channel="post").order_by("tracking")
    assert list(posted.values_list("tracking", "completed_on")) == [(EMS.format(n), DAY) for n in range(3)]
    assert {Case.objects.get(pk=case.pk).state for case in cases} == {"served"}
    assert out_of(town) == []


def test_the_batch_says_what_is_wrong_and_posts_nothing() -> None:
    town = make_town()
    one, two = sealed(town), sealed(town)
    unsealed = replied(town, service="post")
    papers = {out.case.pk: out.paper.pk for out in out_of(town)}
    desk = as_(town.intake)

    def send(**numbers: str) -> str:
        return desk.post(
            "/desk/posting/", {"step": "confirm", "sent_on": "2026-03-02", **numbers}
        ).content.decode()

    assert "至少填写一份" in send()
    assert "不是 EMS 邮件号" in send(**{f"tracking-{papers[one.pk]}": "顺丰123"})
    same = {f"tracking-{papers[case.pk]}": EMS.format(1) for case in (one, two)}
    assert "已用于另一件" in send(**same)
    assert "还没有登记用印，不能交寄" in send(**{f"tracking-{papers[unsealed.pk]}": EMS.format(1)})
    bad = desk.post(
        "/desk/posting/", {"step": "import", "sent_on": "2026-03-02", "file": table([["甲"]], xlsx=False)}
    )
    assert "没有找到这些列" in bad.content.decode()
    strange = table([["文号", "邮件号"], ["别的文号", EMS.format(1)]], xlsx=True)
    told = desk.post(
        "/desk/posting/", {"step": "import", "sent_on": "2026-03-02", "file": strange}
    ).content.decode()
    assert "不在待交寄的文书里：别的文号" in told
    assert not Delivery.objects.filter(channel="post").exists()


def test_the_days_list_is_a_sheet_and_a_table_and_leaves_a_line_in_each_case() -> None:
    town = make_town()
    case = sealed(town)
    desk = as_(town.intake)
    number = f"tracking-{out_of(town)[0].paper.pk}"
    desk.post("/desk/posting/", {"step": "confirm", "sent_on": "2026-03-02", number: EMS.format(1)})
    asked = {"day": "2026-03-02", "format": "xlsx"}
    book = load_workbook(io.BytesIO(desk.post("/desk/posting/list/", asked).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]
    assert rows[1] == list(posting.HEAD)
    assert rows[2][1:6] == [
        EMS.format(1),
        Delivery.objects.get().paper.number_text,
        "王䶮",
        "云岫县采薇巷3号",
        "990100",
    ]
    sheet = desk.post("/desk/posting/list/", asked | {"format": "pdf"})
    text = pypdfium2.PdfDocument(sheet.content)[0].get_textpage().get_text_range()
    assert "交寄清单" in text
    assert EMS.format(1) in text
    reads = JournalEntry.objects.filter(subject=case.subject_ref, key="case.read_contact")
    assert reads.count() == 2
    assert "请选择交寄日期" in desk.post("/desk/posting/list/", {"day": "x"}, follow=True).content.decode()
    assert "没有交寄" in desk.post("/desk/posting/list/", {"day": "2026-03-01"}, follow=True).content.decode()


def test_days_of_signature_are_entered_in_one_press(monkeypatch: pytest.MonkeyPatch) -> None:
    town = make_town()
    for n in (1, 2):
        sealed(town)
        paper = out_of(town)[0].paper
        as_(town.intake).post(
            "/desk/posting/",
            {"step": "confirm", "sent_on": "2026-03-02", f"tracking-{paper.pk}": EMS.format(n)},
        )
    monkeypatch.setenv("DEMO_TODAY", "2026-03-05")
    desk = as_(town.intake)
    rows = [
        ["邮件号", "妥投日期", "签收人"],
        [EMS.format(1), "2026-03-04 10:21", "本人"],
        [EMS.format(2), "", ""],
    ]
    page = desk.post(
        "/desk/posting/signed/", {"step": "import", "file": table(rows, xlsx=True)}
    ).content.decode()
    assert 'value="2026-03-04"' in page
    first, second = Delivery.objects.order_by("tracking")
    wrong = desk.post("/desk/posting/signed/", {"step": "confirm", f"signed-{second.pk}": "2026-03-01"})
    assert "交寄日期" in wrong.content.decode()
    sent = {"step": "confirm", f"signed-{first.pk}": "2026-03-04", f"receiver-{first.pk}": "本人"}
    assert "全部办成" in desk.post("/desk/posting/signed/", sent, follow=True).content.decode()
    first.refresh_from_db()
    assert (first.signed_on, first.receiver, first.completed_on) == (
        Delivery.objects.get(pk=first.pk).signed_on,
        "本人",
        DAY,
    )
    assert str(first.signed_on) == "2026-03-04"


def test_the_counters_sheet_lists_what_is_to_be_fetched() -> None:
    town = make_town()
    desk = as_(town.intake)
    assert "没有等待当面领取的文书" in desk.post("/desk/posting/counter/", follow=True).content.decode()
    case = sealed(town, service="counter")
    text = (
        pypdfium2.PdfDocument(desk.post("/desk/posting/counter/").content)[0].get_textpage().get_text_range()
    )
    assert "文书领取签收单" in text
    assert case.number in text


def test_another_office_posts_nothing_of_ours() -> None:
    town, other = make_town(), make_town()
    case = sealed(town)
    for role in ("seal", "handler", "head", "admin"):
        desk = as_(town.people[role])
        assert case.number not in desk.get("/desk/posting/").content.decode(), role
        for address in ("signed/", "list/", "counter/"):
            assert desk.post(f"/desk/posting/{address}").status_code == 403, role
    stranger = as_(other.intake)
    assert case.number not in stranger.get("/desk/posting/").content.decode()
    for address in ("", "signed/"):
        assert stranger.get(f"/desk/posting/{address}?office={town.office.pk}").status_code == 403

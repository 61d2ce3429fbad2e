"""Handing papers to the post in one batch, their list, their signatures; the counter's sheet."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from office import journal
from office.models import JournalEntry
from tests.workflow.factories import DAY, SEALED, Town, at, handled, make_town, replied
from workflow.actions import (
    assess_opinion,
    communicate,
    consult,
    record_opinion,
    serve_consultation,
    use_seal,
)
from workflow.errors import BadRequest, NotNow
from workflow.models import BulkLine, Case, Consultation, Delivery
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


# -- letters to consulted parties -------------------------------------------------------------------
def consulted(town: Town) -> Case:
    """Ask a third party, on the first day."""
    case = handled(town, service="post")
    return consult.consult(
        case_id=case.pk, by=town.handler, party_name="云岫矿业有限公司", party_kind="org", party_address="云岫县工业路8号",
        subject="采矿权出让合同", concern="商业秘密", **WHEN,
    )  # fmt: skip


def letter_out(town: Town) -> posting.Out:
    (out,) = [one for one in out_of(town) if one.consultation is not None]
    return out


def post_it(town: Town, day: dt.date, number: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DEMO_TODAY", day.isoformat())
    sent = {f"tracking-{letter_out(town).paper.pk}": number, "step": "confirm", "sent_on": day.isoformat()}
    return as_(town.intake).post("/desk/posting/", sent, follow=True).content.decode()


def test_a_consultation_letter_goes_in_the_batch_and_its_posting_day_is_its_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    case = consulted(town)
    out, later = letter_out(town), DAY + dt.timedelta(days=2)
    assert (out.to, out.paper.kind) == ("云岫矿业有限公司", "consultation_third_party")
    assert "云岫矿业有限公司" in as_(town.intake).get("/desk/posting/").content.decode()
    assert "全部办成" in post_it(town, later, EMS.format(7), monkeypatch)
    row = Consultation.objects.get(case=case)
    assert (row.sent_on, row.channel, row.tracking, row.delivered_on) == (later, "post", EMS.format(7), None)
    case = Case.objects.get(pk=case.pk)
    (event,) = case.events_of("consultation_sent")
    assert event.on == later
    assert [one for one in out_of(town) if one.consultation] == []
    assert list(journal.verify(case.subject_ref)) == []
    # The opinion comes back on Monday: Thursday, Friday and Monday are not counted, the days before posting are.
    back = DAY + dt.timedelta(days=7)
    record_opinion.record_opinion(
        case_id=case.pk, by=town.handler, on=back, now=at(back), consultation_id=row.pk, delivered_on=later + dt.timedelta(days=1),
        opinion="agree", opinion_on=back,
    )  # fmt: skip
    assert (case.original_due_on, Case.objects.get(pk=case.pk).due_on) == (
        dt.date(2026, 3, 30),
        dt.date(2026, 4, 2),
    )


def test_the_days_list_names_the_consulted_party_and_not_the_applicant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    case = consulted(town)
    post_it(town, DAY, EMS.format(7), monkeypatch)
    desk = as_(town.intake)
    answer = desk.post("/desk/posting/list/", {"day": DAY.isoformat(), "format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]
    paper = Consultation.objects.get().paper
    assert paper is not None
    assert rows[2][:5] == [1, EMS.format(7), paper.number_text, "云岫矿业有限公司", "云岫县工业路8号"]
    assert case.applicant_name not in str(rows)


def test_a_letter_that_came_back_is_posted_again_and_keeps_its_first_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    case = consulted(town)
    post_it(town, DAY, EMS.format(7), monkeypatch)
    row = Consultation.objects.get()
    given = {"case_id": case.pk, "by": town.intake, "consultation_id": row.pk, "channel": "post"}
    with pytest.raises(BadRequest, match="已经登记交寄"):
        serve_consultation.serve_consultation(**given, tracking=EMS.format(8), posted_on=DAY, **WHEN)
    back = DAY + dt.timedelta(days=3)
    serve_consultation.serve_consultation(
        **given, tracking=EMS.format(7), returned_on=back, on=back, now=at(back)
    )
    assert letter_out(town).consultation == row
    assert "全部办成" in post_it(town, back, EMS.format(8), monkeypatch)
    row.refresh_from_db()
    assert (row.sent_on, row.tracking, row.returned_on) == (DAY, EMS.format(8), None)


def sign_all(town: Town, days: dict[str, str]) -> str:
    """Enter signatures on the page of letters on their way, by the keys of its rows."""
    sent = {"step": "confirm"} | {f"signed-{key}": day for key, day in days.items()}
    return as_(town.intake).post("/desk/posting/signed/", sent, follow=True).content.decode()


def test_a_consulted_partys_signature_is_entered_beside_the_applicants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    case = consulted(town)
    post_it(town, DAY, EMS.format(7), monkeypatch)
    row, later = Consultation.objects.get(), DAY + dt.timedelta(days=3)
    monkeypatch.setenv("DEMO_TODAY", later.isoformat())
    (way,) = posting.on_its_way(town.intake, town.office)
    assert (way.key, way.to, way.tracking, way.sent_on) == (
        f"c{row.pk}",
        "云岫矿业有限公司",
        EMS.format(7),
        DAY,
    )
    table_of_post = [["邮件号", "妥投日期", "签收人"], [EMS.format(7), later.isoformat(), "收发室"]]
    page = as_(town.intake).post(
        "/desk/posting/signed/", {"step": "import", "file": table(table_of_post, xlsx=True)}
    ).content.decode()  # fmt: skip
    assert f'value="{later.isoformat()}"' in page
    assert "云岫矿业有限公司" in page
    assert case.applicant_name not in page
    for wrong, says in (("2026-03-01", "交寄日期"), ("2026-03-06", "今天"), ("3月5日", "不是日期")):
        assert says in sign_all(town, {way.key: wrong})
    row.refresh_from_db()
    assert row.delivered_on is None
    assert "全部办成" in sign_all(town, {way.key: later.isoformat()})
    row.refresh_from_db()
    assert (row.delivered_on, row.channel, row.tracking, row.sent_on) == (later, "post", EMS.format(7), DAY)
    # Fifteen working days from the day after it was signed for (条例32).
    assert row.silence_ends_on == dt.date(2026, 3, 26)
    (event,) = Case.objects.get(pk=case.pk).events_of("consultation_sent")
    assert event.data["delivered_on"] == later.isoformat()
    assert posting.on_its_way(town.intake, town.office) == []
    assert list(journal.verify(case.subject_ref)) == []


def test_the_signature_for_a_notice_of_disclosure_is_entered_there_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    decided(town)
    post_it(town, DAY, EMS.format(7), monkeypatch)
    row = Consultation.objects.get()
    (way,) = posting.on_its_way(town.intake, town.office)
    assert (way.key, way.which, way.paper) == (f"d{row.pk}", "decision", row.decision_paper)
    assert "全部办成" in sign_all(town, {way.key: DAY.isoformat()})
    row.refresh_from_db()
    assert (row.decision_delivered_on, row.decision_tracking, row.delivered_on) == (DAY, EMS.format(7), DAY)
    assert posting.on_its_way(town.intake, town.office) == []


def test_what_came_back_or_was_answered_is_no_longer_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    town, other = make_town(), make_town()
    case = consulted(town)
    post_it(town, DAY, EMS.format(7), monkeypatch)
    assert posting.on_its_way(other.intake, town.office) == []
    row = Consultation.objects.get()
    given = {"case_id": case.pk, "by": town.intake, "consultation_id": row.pk, **WHEN}
    serve_consultation.serve_consultation(**given, channel="post", tracking=EMS.format(7), returned_on=DAY)
    assert posting.on_its_way(town.intake, town.office) == []
    post_it(town, DAY, EMS.format(8), monkeypatch)
    assert [way.tracking for way in posting.on_its_way(town.intake, town.office)] == [EMS.format(8)]
    record_opinion.record_opinion(
        **given | {"by": town.handler}, delivered_on=DAY, opinion="agree", opinion_on=DAY
    )
    assert posting.on_its_way(town.intake, town.office) == []


def test_one_envelope_never_holds_letters_to_two_people() -> None:
    town = make_town()
    case = consulted(town)
    communicate.communicate(case_id=case.pk, by=town.handler, matters="请说明所需年度", **WHEN)
    sent = {f"tracking-{one.paper.pk}": EMS.format(7) for one in out_of(town)}
    assert len(sent) > 1
    page = as_(town.intake).post("/desk/posting/", sent | {"step": "confirm", "sent_on": DAY.isoformat()})
    assert "另一人的文书" in page.content.decode()
    assert Consultation.objects.get().tracking == ""


def decided(town: Town) -> Case:
    """Bring a case to the notice that a third party's information will be disclosed although it objects."""
    case = consulted(town)
    row = Consultation.objects.get(case=case)
    given = {"case_id": case.pk, "by": town.handler, "consultation_id": row.pk, **WHEN}
    record_opinion.record_opinion(
        **given, delivered_on=DAY, opinion="disagree", opinion_on=DAY, reason="已经投入", reason_assessed="已经公示", reason_sound=False
    )  # fmt: skip
    return assess_opinion.decide_disclosure(**given, basis="unsound", content="方案", reason="已经公示")


def test_the_notice_of_a_decision_to_disclose_goes_out_in_the_batch_and_again_when_it_came_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town()
    case = decided(town)
    due = Case.objects.get(pk=case.pk).due_on
    out = letter_out(town)
    assert (out.to, out.paper.kind, out.which) == (
        "云岫矿业有限公司",
        "disclosure_decision_notice",
        "decision",
    )
    assert "全部办成" in post_it(town, DAY, EMS.format(7), monkeypatch)
    row = Consultation.objects.get(case=case)
    assert (row.decision_posted_on, row.decision_tracking, row.decision_delivered_on) == (
        DAY,
        EMS.format(7),
        None,
    )
    assert (row.tracking, Case.objects.get(pk=case.pk).due_on) == ("", due)
    assert [one for one in out_of(town) if one.consultation] == []
    (sent,) = posting.consulted_on(town.intake, town.office, DAY)
    assert (sent.paper, sent.tracking) == (row.decision_paper, EMS.format(7))
    assert {"sent_on": DAY, "count": 1} in posting.posting_days(town.intake, town.office)

    given = {
        "case_id": case.pk,
        "by": town.intake,
        "consultation_id": row.pk,
        "which": "decision",
        "channel": "post",
    }
    with pytest.raises(BadRequest, match="已经登记交寄"):
        serve_consultation.serve_consultation(**given, tracking=EMS.format(8), posted_on=DAY, **WHEN)
    back = DAY + dt.timedelta(days=3)
    serve_consultation.serve_consultation(
        **given, tracking=EMS.format(7), returned_on=back, on=back, now=at(back)
    )
    assert letter_out(town).came_back_on == back
    assert "全部办成" in post_it(town, back, EMS.format(8), monkeypatch)
    got = back + dt.timedelta(days=1)
    serve_consultation.serve_consultation(
        **given, tracking=EMS.format(8), delivered_on=got, on=got, now=at(got)
    )
    row.refresh_from_db()
    assert (row.decision_delivered_on, row.decision_returned_on, row.decision_tracking) == (
        got,
        None,
        EMS.format(8),
    )
    with pytest.raises(NotNow, match="没有待登记送达"):
        serve_consultation.serve_consultation(
            **given, tracking=EMS.format(8), posted_on=got, on=got, now=at(got)
        )

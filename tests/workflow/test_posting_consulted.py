"""Letters to consulted parties on their way: posted in the batch, returned, signed for."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from office import journal
from tests.workflow.factories import DAY, Town, at, handled, make_town
from tests.workflow.test_posting import EMS, WHEN, as_, out_of, table, that_day  # noqa: F401 - a fixture
from workflow.actions import assess_opinion, communicate, consult, record_opinion, serve_consultation
from workflow.errors import BadRequest, NotNow
from workflow.models import Case, Consultation
from workflow.selectors import posting

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


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

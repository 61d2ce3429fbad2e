"""Every value an office may set for itself changes what it governs, from its day on and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

import letters
from law.values import table
from office.errors import Refusal
from office.models import Office, OfficeParameter
from tests.workflow.after import served as served_case
from tests.workflow.factories import (
    DAY,
    DISCLOSE,
    REFUSE,
    SEALED,
    Town,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
)  # fmt: skip
from tests.workflow.test_beside import ASKED as CORRECTION
from workflow import rules
from workflow.actions import (
    archive,
    ask_reasons,
    confirm_receipt,
    convert,
    correct_record,
    reassess,
    request_supplement,
    serve,
)
from workflow.actions.serve import completion
from workflow.clock import read_record
from workflow.conditions import waits_for_confirmation
from workflow.impact import readings
from workflow.impact.assess import impact_of
from workflow.impact.change import of_parameter
from workflow.models import Case, Consultation
from workflow.notices import reminders
from workflow.paper_facts import archive_index
from workflow.paper_facts import reply as reply_facts
from workflow.rules import HONOURED
from workflow.selectors import timeliness
from workflow.selectors.fees import items_before

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat
BEFORE, FROM = D("2026-02-27"), D("2026-03-02")


@pytest.fixture
def town() -> Town:
    return make_town()


def own(office: Office | None, key: str, value: Any, *, town: Town, from_on: dt.date = FROM) -> None:
    """Set an office's own value by the two persons it takes."""
    now = at(from_on)
    row = readings.propose(
        key=key, value=value, office=office, from_on=from_on, reason="本市规定", by=town.admin, now=now
    )
    readings.confirm(parameter_id=row.pk, by=add_person(town, "admin"), on=from_on, now=now)


def clock(town: Town, *events: dict[str, Any], channel: str = "counter", arrived: str = "2026-03-02") -> Any:
    """Read a clock by a town's own rules."""
    days = [dt.date.fromisoformat(e["on"]) for e in events] or [D(arrived)]
    return read_record(
        channel, D(arrived), None, events, as_of=max(days), by=rules.of(Office.objects.get(pk=town.office.pk))
    )[0]


NOTICE = {"type": "fee_notice", "on": "2026-03-09"}
PAID = {"type": "fee_paid", "on": "2026-03-16"}
ASKED = {"type": "excess_asked", "on": "2026-03-05"}
EXPLAINED = {"type": "excess_explained", "on": "2026-03-12"}
REPLIED = {"type": "replied", "on": "2026-03-16"}
AGENCY = {"type": "consultation_sent", "id": "a", "party": "agency", "on": "2026-03-09", "delivered_on": "2026-03-11"}  # fmt: skip


def served(channel: str) -> dict[str, Any]:
    return {"type": "served", "channel": channel, "on": "2026-03-27", "signed_on": "2026-03-31"}


#: key → own value, events, field of the reading, by the law, by the own value
CLOCKS: dict[str, tuple[Any, list[dict[str, Any]], str, str, str]] = {
    "art33.agency_opinion_days": (10, [AGENCY], "due_on", "2026-04-23", "2026-04-16"),
    "art35.stops_clock": (True, [ASKED, EXPLAINED], "due_on", "2026-03-30", "2026-04-07"),
    "fees.payment_days": (10, [NOTICE], "fee_due_on", "2026-04-07", "2026-03-23"),
    "fees.clock_restarts": (False, [NOTICE, PAID], "due_on", "2026-04-14", "2026-04-07"),
    "completion.courier": ("sent", [REPLIED, served("courier")], "completed_on", "2026-03-31", "2026-03-27"),
    "completion.email": ("signed", [REPLIED, served("email")], "completed_on", "2026-03-27", "2026-03-31"),
    "rereply.days": (10, [REPLIED, {"type": "ordered_rereply", "on": "2026-03-20"}], "due_on", "2026-04-20", "2026-04-03"),
}  # fmt: skip


@pytest.mark.parametrize("key", CLOCKS)
def test_a_clock_goes_by_the_offices_own_value(town: Town, key: str) -> None:
    value, events, field, by_law, by_own = CLOCKS[key]
    assert str(getattr(clock(town, *events), field)) == by_law
    own(town.office, key, value, town=town)
    assert str(getattr(clock(town, *events), field)) == by_own
    other = make_town()
    assert str(getattr(clock(other, *events), field)) == by_law, "another office goes by the law"


@pytest.mark.parametrize("key", CLOCKS)
def test_a_value_of_a_later_day_leaves_earlier_clocks_alone(town: Town, key: str) -> None:
    value, events, field, by_law, _ = CLOCKS[key]
    own(town.office, key, value, town=town, from_on=D("2026-05-06"))
    assert str(getattr(clock(town, *events), field)) == by_law


@pytest.mark.parametrize("channel,value", [("email", "arrived"), ("pushed", "confirmed")])
def test_receipt_by_the_offices_own_reading(town: Town, channel: str, value: str) -> None:
    changes: dict[str, Any] = {"channel": channel, "service": "post"}
    if channel == "pushed":
        changes["external_number"] = "12345-1"
    before = file_case(town, **changes)
    own(town.office, f"art31.receipt.{channel}", value, town=town)
    after = file_case(make_same(town), **changes)
    assert (before.received_on is None) == (value == "arrived")
    assert (after.received_on is None) == (value == "confirmed")
    reason = waits_for_confirmation(after, town.intake, DAY)
    assert (reason is None) == (value == "confirmed")
    if value == "confirmed":
        done = confirm_receipt.confirm_receipt(
            case_id=after.pk, by=town.intake, on=D("2026-03-04"), now=at(D("2026-03-04")),
            confirmed_on=D("2026-03-04"), how="电话",
        )  # fmt: skip
        assert done.received_on == D("2026-03-04")


def make_same(town: Town) -> Town:
    """Read the office of a town anew."""
    return Town(
        town.government, Office.objects.get(pk=town.office.pk), town.unit, town.other_unit, town.people
    )


def test_the_usual_window_for_a_supplement(town: Town) -> None:
    own(town.office, "art30.supplement_term_days", 10, town=town)
    case = registered(town, service="portal")
    case = request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="所指不明", guidance="请写明文号"
    )
    assert case.events_of("supplement_notice")[-1].data["days"] == 10
    other = make_town()
    case = registered(other, service="portal")
    case = request_supplement.request_supplement(
        case_id=case.pk, by=other.intake, on=DAY, now=at(DAY), matters="所指不明", guidance="请写明文号"
    )
    assert case.events_of("supplement_notice")[-1].data["days"] == 15


def test_service_is_recorded_by_the_offices_own_reading(town: Town) -> None:
    sent, signed = D("2026-03-10"), D("2026-03-12")
    assert completion("email", sent, None, office=town.office) == sent
    own(town.office, "completion.email", "signed", town=town)
    office = Office.objects.get(pk=town.office.pk)
    assert completion("email", sent, signed, office=office) == signed
    assert completion("email", BEFORE, signed, office=office) == BEFORE
    case = replied(make_same(town), service="email", channel="counter")
    with pytest.raises(Refusal, match="签收日期"):
        serve.serve(
            seal=SEALED, case_id=case.pk, by=town.intake, on=sent, now=at(sent), channel="email", sent_on=sent
        )


@pytest.mark.parametrize(
    "outcome,key", [(DISCLOSE, "retention.short_years"), (REFUSE, "retention.long_years")]
)
def test_how_long_a_file_is_kept(town: Town, outcome: Any, key: str) -> None:
    own(town.office, key, 15, town=town)
    case = replied(make_same(town), proposals=[outcome], service="post", channel="counter")
    case = serve.serve(
        seal=SEALED,
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="post",
        sent_on=DAY,
        tracking="EA1",
    )
    case = archive.archive(case_id=case.pk, by=town.archivist, on=DAY, now=at(DAY))
    assert case.retention_years == 15


def test_when_a_file_goes_to_the_archive_room(town: Town) -> None:
    case = handled(town)
    assert "2027年6月30日前移交" in archive_index(case, [], on=DAY)["closing_note"]
    own(town.office, "retention.transfer", "03-31", town=town)
    case = handled(make_same(town))
    assert "2027年3月31日前移交" in archive_index(case, [], on=DAY)["closing_note"]
    assert "2027年6月30日前移交" in archive_index(case, [], on=BEFORE)["closing_note"]


PARTIAL: dict[str, Any] = {
    "outcome": "partial", "grounds": ["条例第十五条"],
    "reason": "名册中的身份证号码和住址属于个人隐私，公开会损害他人合法权益，第三方不同意公开且理由合理。",
    "facts": {"provided": "随本答复书提供方案正文复印件1份", "withheld": "附件名册中的身份证号码和住址"},
}  # fmt: skip
REPEAT: dict[str, Any] = {
    "outcome": "repeat", "grounds": [], "reason": "您曾就同一内容提出申请，本机关已经作出答复。",
    "facts": {"earlier_number": "云自然资依复〔2026〕1号"},
}  # fmt: skip


@pytest.mark.parametrize(
    "key,value,proposal,offers",
    [("remedies.class.partial", "B", PARTIAL, (False, True)), ("remedies.excluded_direct_suit", False, REPEAT, (True, False))],
)  # fmt: skip
def test_a_draft_tells_the_remedy_by_the_offices_own_reading(
    town: Town, key: str, value: Any, proposal: dict[str, Any], offers: tuple[bool, bool]
) -> None:
    told = [letter(reviewing(town, proposals=[proposal]))]
    own(town.office, key, value, town=town)
    told.append(letter(reviewing(make_same(town), proposals=[proposal])))
    assert tuple("6个月内向" in text for text in told) == offers


def test_the_command_line_goes_by_what_holds_for_every_office(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("remedy", "--outcome", "partial", "--office-kind", "department", "--on", "2026-03-02")
    call_command(*asked)
    assert "6个月内" not in capsys.readouterr().out
    own(town.office, "remedies.class.partial", "B", town=town)
    call_command(*asked)
    assert "6个月内" not in capsys.readouterr().out, "one office's reading is not every office's"
    own(None, "remedies.class.partial", "B", town=town)
    call_command(*asked)
    assert "6个月内" in capsys.readouterr().out


def letter(case: Case) -> str:
    kind, facts = reply_facts(Case.objects.get(pk=case.pk), on=DAY)
    return "\n".join(letters.compose(kind, facts, on=DAY).remedies)


def test_lists_and_reminders_go_by_the_offices_own_term_for_an_opinion(town: Town) -> None:
    """A consultation of another organ, received on 11 March: 10 working days end on the 25th, 15 on 1 April."""
    own(town.office, "art33.agency_opinion_days", 10, town=town)
    other = make_town()
    cases = [handled(make_same(town)), handled(other)]
    for case in cases:
        row = Consultation.objects.create(
            case=case, kind="agency", party_name="县档案馆", subject="方案", sent_on=D("2026-03-09"), delivered_on=D("2026-03-11")
        )  # fmt: skip
        data = {"id": str(row.pk), "party": "agency", "delivered_on": "2026-03-11"}
        case.events.create(
            office=case.office,
            type="consultation_sent",
            on=row.sent_on,
            data=data,
            seq=case.events.count() + 1,
        )
    for on, paused in ((D("2026-03-25"), [True, True]), (D("2026-03-26"), [False, True])):
        held = [timeliness.standing(Case.objects.get(pk=case.pk), on=on) for case in cases]
        assert [standing == "paused" for standing in held] == paused
        listed = set(timeliness.standing_at(Case.objects.all(), "paused", on=on).values_list("pk", flat=True))
        assert [case.pk in listed for case in cases] == paused
    silent = {r.case for r in reminders.find(on=D("2026-03-26")) if r.what == "silent"}
    assert silent == {cases[0].pk}


@pytest.mark.parametrize(
    "key", ["art35.stops_clock", "fees.clock_restarts", "art33.agency_opinion_days", "rereply.days"]
)
def test_the_preview_tells_which_dates_move(town: Town, key: str) -> None:
    value, events, *_ = CLOCKS[key]
    case = registered(town, channel="counter", service="post")
    for event in events:
        data = {k: v for k, v in event.items() if k not in ("type", "on")}
        case.events.create(
            office=case.office, type=event["type"], on=event["on"], data=data, seq=case.events.count() + 1
        )
    row = readings.propose(
        key=key, value=value, office=town.office, from_on=FROM, reason="本市规定", by=town.admin, now=at(DAY)
    )
    found = impact_of(of_parameter(row), on=D("2026-03-20"))
    assert [moved.case for moved in found.moved] == [case.pk]


def test_an_offices_own_term_for_reasons(town: Town) -> None:
    own(town.office, "art35.explain_days", 10, town=town)
    case = handled(town)
    case = ask_reasons.ask_reasons(
        case_id=case.pk, by=town.handler, on=D("2026-03-02"), now=at(D("2026-03-02")), counted="46件"
    )
    assert case.excess_inquiry().days == 10


def test_the_month_a_fee_belongs_to(town: Town) -> None:
    """A fax that arrived in March and was confirmed in April, after another request of March."""
    registered(
        town,
        service="post",
        channel="counter",
        items=("甲", "乙", "丙"),
        arrived_on=D("2026-03-20"),
        on=D("2026-03-20"),
    )
    fax = file_case(town, service="post", channel="fax", arrived_on=D("2026-03-31"))
    day = D("2026-04-02")
    fax = confirm_receipt.confirm_receipt(
        case_id=fax.pk, by=town.intake, on=day, now=at(day), confirmed_on=day, how="电话"
    )
    assert items_before(fax) == 0
    own(town.office, "fees.month_by", "arrived", town=town)
    assert items_before(Case.objects.get(pk=fax.pk)) == 3


def test_the_terms_beside_the_cases(town: Town) -> None:
    """Correction, publication after a conversion, and the next look at a refusal; of the law's silence, each."""
    for key, value in (("art41.correction_days", 10), ("art44.conversion_days", 5)):
        own(town.office, key, value, town=town)
    own(town.office, "art18.reassess_months", 6, town=town)
    told = {"office_id": town.office.pk, "on": DAY, "now": at(DAY)}
    row = correct_record.receive_correction(by=town.intake, given=CORRECTION, **told)
    assert row.due_on == D("2026-03-16")
    proposal = convert.propose_conversion(
        by=town.handler, title="征地方案", reason="六人申请过", redaction="不含个人信息", **told
    )
    approved = convert.approve_conversion(
        record_id=proposal.pk, by=town.head, opinion="同意", on=DAY, now=at(DAY)
    )
    assert approved.due_on == D("2026-03-09")
    refused = served_case(make_same(town))
    day = D("2026-09-02")
    rows = reassess.list_reassessments(office_id=town.office.pk, by=town.head, on=day, now=at(day))
    assert [found.case_id for found in rows] == [refused.pk]


def test_no_own_value_before_the_law_has_one(town: Town) -> None:
    for key, value, from_on in (
        ("fees.payment_days", 10, D("2020-12-31")),
        ("remedies.class.partial", "B", D("2023-12-31")),
    ):
        with pytest.raises(Refusal) as refusal:
            readings.propose(
                key=key,
                value=value,
                office=town.office,
                from_on=from_on,
                reason="理由",
                by=town.admin,
                now=at(DAY),
            )
        assert refusal.value.field == "from_on"
    assert not OfficeParameter.objects.exists()


def test_every_value_on_the_screen_is_tried_here() -> None:
    tried = {*CLOCKS, *(f"art31.receipt.{channel}" for channel in ("email", "pushed"))}
    tried |= {"art30.supplement_term_days", "retention.short_years", "retention.long_years"}
    # The wait before release is tried among the consultations.
    tried |= {"fees.month_by", "retention.transfer", "art35.explain_days", "art32.publication_buffer_days"}
    tried |= {"remedies.class.partial", "remedies.excluded_direct_suit"}
    tried |= {"art18.reassess_months", "art41.correction_days", "art44.conversion_days"}
    assert tried == HONOURED == set(rules.overridable())
    assert set(table()) >= HONOURED

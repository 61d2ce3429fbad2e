"""Whole cases through the real actions: state, dates, papers, trail."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from viewflow.workflow.models import Task

from office import journal
from office.models import JournalEntry
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    NOT_EXIST,
    REFUSE,
    SEALED,
    add_person,
    at,
    clear,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    request_of,
    reviewing,
    signing,
)  # fmt: skip
from workflow.actions import (
    archive,
    assign,
    communicate,
    confirm_receipt,
    consult,
    extend,
    lapse,
    propose,
    receive_supplement,
    record_opinion,
    record_search,
    register,
    request_supplement,
    review,
    send_to_review,
    serve,
    sign,
    submit,
    take,
    withdraw,
)  # fmt: skip
from workflow.actors import ApplicantActor
from workflow.clock import reading
from workflow.errors import BadRequest, NotNow, NotSeparated, Stale, WrongState
from workflow.models import Case, CaseProcess
from workflow.selectors.papers import applicant_papers, papers_of, reply_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def trail(case: Case) -> list[str]:
    return list(
        JournalEntry.objects.filter(subject=case.subject_ref).order_by("seq").values_list("key", flat=True)
    )


def open_tasks(case: Case) -> set[str]:
    tasks = Task.objects.filter(process__caseprocess__case=case, status__in=["NEW", "ASSIGNED", "STARTED"])
    return {task.flow_task.name for task in tasks}


def kinds(case: Case) -> list[str]:
    return [paper.kind for paper in papers_of(Case.objects.get(pk=case.pk))]


def test_plain_case_from_portal_to_archive() -> None:
    town = make_town()
    case = replied(town)
    assert (case.state, case.received_on, case.due_on, case.replied_on) == (
        "replied",
        DAY,
        dt.date(2026, 3, 30),
        DAY,
    )
    case = serve.serve(
        seal=SEALED, case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY
    )
    assert (case.state, case.completed_on, case.clock_status) == ("served", DAY, "met")
    assert [p.kind for p in applicant_papers(case)] == ["registration_receipt", "reply_disclose"]
    case = archive.archive(case_id=case.pk, by=town.archivist, on=DAY, now=at(DAY))
    assert case.state == "archived"
    assert len(case.manifest_sha256) == 64
    assert case.retention_years == 10
    assert trail(case) == [
        "case.submit", "case.register", "case.assign", "case.record_search", "case.propose",
        "case.send_to_review", "case.clear_secrecy", "case.clear_redaction", "case.sign", "case.serve",
        "case.archive",
    ]  # fmt: skip
    assert list(journal.verify(case.subject_ref)) == []
    assert not open_tasks(case)
    assert CaseProcess.objects.get(case=case).status == "DONE"


def test_supplement_restarts_the_clock_and_keeps_the_day_of_receipt() -> None:
    town = make_town()
    case = registered(town)
    notice_day, answer_day = dt.date(2026, 3, 9), dt.date(2026, 3, 18)
    case = request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=notice_day, now=at(notice_day), matters="未写明所指地块",
        guidance="请写明地块位置或者项目名称",
    )  # fmt: skip
    assert (case.state, case.due_on, case.clock_status) == ("supplementing", None, "stopped")
    me = ApplicantActor(case.pk, town.office.pk)
    case = receive_supplement.receive_supplement(
        case_id=case.pk, by=me, on=answer_day, now=at(answer_day), items={1: "采薇村三组地块的补偿安置方案"}
    )
    assert (case.state, case.received_on, case.clock_start_on) == ("registered", DAY, answer_day)
    assert case.due_on == dt.date(2026, 4, 16)
    with pytest.raises(NotNow, match="只能一次性告知"):
        request_supplement.request_supplement(
            case_id=case.pk,
            by=town.intake,
            on=answer_day,
            now=at(answer_day),
            matters="再问",
            guidance="再问",
        )


def test_supplement_after_seven_working_days_is_refused_and_a_letter_does_not_stop_the_clock() -> None:
    town = make_town()
    case = registered(town)
    late = dt.date(2026, 3, 12)
    with pytest.raises(NotNow, match="沟通函"):
        request_supplement.request_supplement(
            case_id=case.pk, by=town.intake, on=late, now=at(late), matters="不清楚", guidance="请写明"
        )
    case = communicate.communicate(
        case_id=case.pk, by=town.intake, on=late, now=at(late), matters="请告知地块位置"
    )
    assert case.due_on == dt.date(2026, 3, 30)
    assert case.clock_status == "running"


def test_lapse_needs_the_term_to_be_over() -> None:
    town = make_town()
    case = registered(town)
    case = request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="不清楚", guidance="请写明", days=15
    )
    early, last, after = dt.date(2026, 3, 20), dt.date(2026, 3, 23), dt.date(2026, 3, 24)
    for day in (early, last):
        with pytest.raises(NotNow, match="期满次日"):
            lapse.lapse(case_id=case.pk, by=town.intake, on=day, now=at(day), finding="逾期未补正")
    case = lapse.lapse(
        case_id=case.pk, by=town.intake, on=after, now=at(after), finding="送达后未补正，无正当理由"
    )
    assert case.state == "lapsed"
    assert kinds(case)[-1] == "lapse_notice"
    assert not open_tasks(case)
    case = archive.archive(case_id=case.pk, by=town.archivist, on=after, now=at(after))
    assert case.state == "archived"


def test_plain_letter_waits_for_confirmation() -> None:
    town = make_town()
    case = file_case(town, channel="post_plain", service="post")
    assert (case.received_on, case.due_on, case.state) == (None, None, "submitted")
    with pytest.raises(NotNow, match="确认收件"):
        register.register(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY))
    later = dt.date(2026, 3, 4)
    case = confirm_receipt.confirm_receipt(
        case_id=case.pk, by=town.intake, on=later, now=at(later), confirmed_on=later, how="电话"
    )
    assert (case.received_on, case.risk_received_on, case.due_on) == (later, DAY, dt.date(2026, 4, 1))
    assert case.alert_due_on == dt.date(2026, 3, 30)


def test_extension_by_the_head_once_and_in_time() -> None:
    town = make_town()
    case = handled(town)
    on = dt.date(2026, 3, 30)
    case = extend.extend(
        case_id=case.pk, by=town.head, on=on, now=at(on), days=20, reason="档案需从库房调取核对"
    )
    assert (case.original_due_on, case.due_on) == (dt.date(2026, 3, 30), dt.date(2026, 4, 28))
    with pytest.raises(NotNow, match="不得再次延期"):
        extend.extend(case_id=case.pk, by=town.head, on=on, now=at(on), days=5, reason="再延")
    other = handled(town)
    late = dt.date(2026, 3, 31)
    with pytest.raises(NotNow, match="已过"):
        extend.extend(case_id=other.pk, by=town.head, on=late, now=at(late), days=20, reason="太迟")


def test_consultation_pauses_until_the_opinion_arrives() -> None:
    town = make_town()
    case = handled(town)
    sent, back = dt.date(2026, 3, 9), dt.date(2026, 3, 25)
    case = consult.consult(
        case_id=case.pk, by=town.handler, on=sent, now=at(sent), party_name="岚泽建材有限公司",
        subject="开发利用方案附件三",
    )  # fmt: skip
    assert reading(case, as_of=dt.date(2026, 3, 10)).status == "paused"
    assert kinds(case)[-2:] == ["consultation_third_party", "consultation_applicant_notice"]
    letter = papers_of(case)[-2]
    assert "王䶮" not in str(letter.frozen())
    row = case.open_consultations()[0]
    with pytest.raises(BadRequest, match="评估"):
        record_opinion.record_opinion(
            case_id=case.pk, by=town.handler, on=back, now=at(back), consultation_id=row.pk, opinion="disagree",
            opinion_on=back, reason="不同意",
        )  # fmt: skip
    case = record_opinion.record_opinion(
        case_id=case.pk, by=town.handler, on=back, now=at(back), consultation_id=row.pk, opinion="agree",
        opinion_on=back, delivered_on=dt.date(2026, 3, 11),
    )  # fmt: skip
    assert (case.due_on, case.original_due_on) == (dt.date(2026, 4, 16), dt.date(2026, 3, 30))


def test_silence_of_the_third_party_ends_the_pause() -> None:
    town = make_town()
    case = handled(town)
    sent = dt.date(2026, 3, 9)
    case = consult.consult(
        case_id=case.pk,
        by=town.handler,
        on=sent,
        now=at(sent),
        party_name="岚泽建材有限公司",
        subject="附件三",
    )
    row, day = case.open_consultations()[0], dt.date(2026, 3, 12)
    case = record_opinion.record_opinion(
        case_id=case.pk,
        by=town.handler,
        on=day,
        now=at(day),
        consultation_id=row.pk,
        delivered_on=dt.date(2026, 3, 11),
    )
    assert case.due_on == dt.date(2026, 4, 23)


def test_many_items_one_letter_with_remedies_item_by_item() -> None:
    town = make_town()
    case = signing(town, items=("征收补偿方案", "内部讨论会议记录"), proposals=[DISCLOSE, REFUSE])
    case = sign.sign(
        case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=case.current_draft().body_sha256
    )
    reply = reply_of(case)
    assert reply is not None
    assert reply.kind == "reply_mixed"
    assert reply.number_text.endswith("〔2026〕1号")
    text = str(reply.frozen()["text"])
    refused, rest = text.split("对其余", 1)
    assert "先向" in refused.split("救济途径", 1)[1]
    assert "六个月" not in refused.split("救济途径", 1)[1].replace("6个月", "六个月")
    assert "6个月" in rest


def test_does_not_exist_needs_its_search() -> None:
    town = make_town()
    case = handled(town)
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **NOT_EXIST)
    with pytest.raises(NotNow, match="记录检索"):
        send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    record_search.record_search(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), systems="局综合档案系统", keywords="补偿安置方案",
        period="2020年至2026年", method="关键词检索", result="未检索到", found=False,
    )  # fmt: skip
    case = send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    assert case.state == "reviewing"


def test_send_back_voids_and_the_second_round_joins() -> None:
    town = make_town()
    case = reviewing(town)
    clear(town, case, "secrecy")
    case = review.send_back(case_id=case.pk, by=town.redaction, on=DAY, now=at(DAY), reason="未遮盖联系电话")
    assert (case.state, open_tasks(case)) == ("handling", {"handle"})
    case = send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    assert open_tasks(case) == {"secrecy", "redaction"}
    clear(town, case, "secrecy")
    case = clear(town, case, "redaction")
    assert (case.state, open_tasks(case)) == ("signing", {"sign"})
    case = review.decline(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), reason="补充理由")
    assert (case.state, open_tasks(case)) == ("handling", {"handle"})


def test_separation_of_duties() -> None:
    town = make_town()
    from office.models import Post

    for role in ("secrecy", "redaction", "signatory"):
        Post.objects.create(user=town.handler, office=town.office, role=role, from_on=dt.date(2020, 1, 1))
    case = reviewing(town)
    handler = type(town.handler).objects.get(pk=town.handler.pk)
    with pytest.raises(NotSeparated, match="拟稿人"):
        clear(town, case, "secrecy", by=handler)
    clear(town, case, "secrecy")
    case = clear(town, case, "redaction")
    with pytest.raises((NotNow, NotSeparated), match="拟稿人"):
        sign.sign(
            case_id=case.pk, by=handler, on=DAY, now=at(DAY), seen_sha256=case.current_draft().body_sha256
        )


def test_withdrawal_by_the_applicant_only_of_the_own_case() -> None:
    town = make_town()
    case, other = handled(town), handled(town)
    stranger = ApplicantActor(other.pk, town.office.pk)
    from workflow.errors import NotYourRole

    with pytest.raises(NotYourRole, match="不是您的申请"):
        withdraw.withdraw(case_id=case.pk, by=stranger, on=DAY, now=at(DAY))
    case = withdraw.withdraw(case_id=case.pk, by=ApplicantActor(case.pk, town.office.pk), on=DAY, now=at(DAY))
    assert (case.state, case.clock_status, open_tasks(case)) == ("withdrawn", case.clock_status, set())
    assert kinds(case)[-1] == "withdrawal_confirmation"
    with pytest.raises(WrongState):
        withdraw.withdraw(case_id=case.pk, by=ApplicantActor(case.pk, town.office.pk), on=DAY, now=at(DAY))


def test_a_second_click_changes_nothing_and_a_stale_page_is_told() -> None:
    town = make_town()
    case = signing(town)
    act_id, sha = uuid.uuid4(), case.current_draft().body_sha256
    one = sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha, act_id=act_id)
    two = sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha, act_id=act_id)
    assert one.version == two.version
    assert kinds(case).count("reply_disclose") == 1
    with pytest.raises(Stale, match="刚刚被他人办理"):
        serve.serve(seal=SEALED,
            case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY,
            expected_version=one.version - 1,
        )  # fmt: skip


def test_the_same_form_twice_files_one_case() -> None:
    town = make_town()
    act_id, me = uuid.uuid4(), ApplicantActor(None, town.office.pk)
    filed = [
        submit.submit(request=request_of(town), by=me, on=DAY, now=at(DAY), act_id=act_id) for _ in range(2)
    ]
    assert filed[0].case.pk == filed[1].case.pk
    assert filed[0].query_code == filed[1].query_code
    assert Case.objects.filter(office=town.office).count() == 1
    assert file_case(town).seq == 2


def test_counter_registers_in_one_act_and_a_handler_takes() -> None:
    town = make_town()
    filed = register.register_new(
        request=request_of(town, channel="counter", service="counter"), by=town.intake, on=DAY, now=at(DAY)
    )
    assert filed.case.state == "registered"
    case = assign.assign(case_id=filed.case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.unit.pk)
    second = add_person(town, "handler", unit=town.unit)
    case = take.take(case_id=case.pk, by=second, on=DAY, now=at(DAY))
    assert case.handler_id == second.pk
    elsewhere = add_person(town, "handler", unit=town.other_unit)
    with pytest.raises(NotNow, match="其他科室"):
        take.take(case_id=case.pk, by=elsewhere, on=DAY, now=at(DAY))


def test_what_the_law_asks_of_a_request_is_asked() -> None:
    town = make_town()
    me = ApplicantActor(None, town.office.pk)
    import dataclasses

    for field in ("name", "id_number"):
        bad = dataclasses.replace(APPLICANT, **{field: " "})
        with pytest.raises(BadRequest) as caught:
            submit.submit(request=request_of(town, parties=(bad,)), by=me, on=DAY, now=at(DAY))
        assert caught.value.field == field
    with pytest.raises(BadRequest, match="所需信息"):
        submit.submit(request=request_of(town, items=(" ",)), by=me, on=DAY, now=at(DAY))
    assert not Case.objects.exists()

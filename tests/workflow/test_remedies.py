"""Reconsideration, suits and ordered re-replies through the real actions."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from viewflow.workflow.models import Task

from office import files, journal
from tests.workflow.after import COPY_ON, answered, challenged, ordered, reopened, served
from tests.workflow.factories import (
    DISCLOSE,
    REFUSE,
    SEALED,
    add_person,
    at,
    clear,
    handled,
    make_town,
    replied,
)
from workflow.actions import (
    answer_remedy,
    archive,
    assign,
    propose,
    record_remedy,
    reopen,
    send_to_review,
    serve,
    sign,
)
from workflow.clock import reading
from workflow.errors import BadRequest, NotNow
from workflow.models import Case, CaseProcess, Remedy, SignedFile
from workflow.requests import FileData
from workflow.selectors.papers import papers_of, reply_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
ORDER_ON = dt.date(2026, 5, 20)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("office").get(pk=case.pk)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"procedure": "simple"}, dt.date(2026, 4, 14)),
        ({"procedure": "ordinary"}, dt.date(2026, 4, 21)),
        ({"kind": "suit", "instance": "first", "procedure": ""}, dt.date(2026, 4, 22)),
        # The fifteenth day is a Saturday: the term ends on the Monday.
        ({"kind": "suit", "instance": "first", "procedure": "", "received_on": dt.date(2026, 4, 3)}, dt.date(2026, 4, 20)),
    ],
)  # fmt: skip
def test_the_term_to_answer_runs_from_receipt_of_the_copy(changes: dict, due: dt.date) -> None:
    town = make_town()
    case = challenged(town, served(town), **changes)
    assert case.remedies.get().answer_due_on == due
    assert (case.state, case.due_on) == ("served", dt.date(2026, 3, 30))


def test_direct_suit_and_suit_after_reconsideration_are_kept_apart() -> None:
    town = make_town()
    case = challenged(town, served(town))
    first = case.remedies.get()
    with pytest.raises(BadRequest, match="前一程序尚未登记结果"):
        challenged(town, case, kind="suit", instance="first", after_id=first.pk)
    day = dt.date(2026, 5, 20)
    case = record_remedy.conclude_remedy(
        case_id=case.pk,
        by=town.intake,
        on=day,
        now=at(day),
        remedy_id=first.pk,
        result="upheld",
        decided_on=day,
    )
    suit_on = dt.date(2026, 6, 10)
    case = challenged(
        town, case, on=suit_on, kind="suit", instance="first", after_id=first.pk, body="云岫县人民法院"
    )
    case = challenged(town, case, on=suit_on, kind="suit", instance="first", body="云岫县人民法院")
    roads = list(case.remedies.order_by("seq").values_list("kind", "road", "result"))
    assert roads == [
        ("reconsideration", "reconsideration", "upheld"), ("suit", "after", ""), ("suit", "direct", ""),
    ]  # fmt: skip


def test_an_answer_needs_a_draft_of_another_and_the_evidence() -> None:
    town = make_town()
    case = challenged(town, served(town))
    remedy = case.remedies.get()
    give = {"case_id": case.pk, "on": COPY_ON, "now": at(COPY_ON), "remedy_id": remedy.pk}
    with pytest.raises(NotNow, match="拟复议答复"):
        answer_remedy.answer_remedy(by=town.signatory, plea="请求维持。", **give)
    answer_remedy.draft_answer(by=town.legal, points="过程性信息。", **give)
    with pytest.raises(NotNow, match="编制证据卷"):
        answer_remedy.answer_remedy(by=town.signatory, plea="请求维持。", **give)
    case = answered(town, fresh(case))
    remedy = case.remedies.get()
    assert (remedy.stage, remedy.answered_on, remedy.answer.kind) == (
        "answered", COPY_ON, "remedy_answer_reconsideration",
    )  # fmt: skip
    assert case.state == "served"
    text = remedy.answer.frozen()["text"]
    assert "云岫县人民政府：" in text
    assert "第四十八条" in text
    assert list(journal.verify(case.subject_ref)) == []


def test_the_evidence_is_the_file_as_it_was_at_signature() -> None:
    """What came later is marked apart, and the same record gives the same bytes."""
    town = make_town()
    case = served(town)
    before = SignedFile.objects.get(case=case)
    case = answered(town, challenged(town, case))
    remedy = case.remedies.get()
    content = files.read(remedy.evidence)
    with pikepdf.open(io.BytesIO(content)) as bound:
        with bound.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[0].endswith("政府信息公开申请登记内容")
        assert any("答复期限逐日计算单" in title for title in titles)
        assert any("检索记录" in title for title in titles)
        assert any("审查意见" in title for title in titles)
        assert any("答复书" in title for title in titles)
        assert titles[-1].endswith("送达情况")
        pages = len(bound.pages)
    index = remedy.evidence_index.frozen()["text"]
    assert remedy.evidence.sha256 in index
    last = index.splitlines()[-2].split(" | ")
    assert last[1] == "送达情况"
    assert int(last[4]) == pages
    answer_remedy.compile_evidence(
        case_id=case.pk, by=town.legal, on=COPY_ON, now=at(COPY_ON, 15), remedy_id=remedy.pk
    )
    assert Remedy.objects.get(pk=remedy.pk).evidence.sha256 == remedy.evidence.sha256
    assert SignedFile.objects.get(case=case).facts_sha256 == before.facts_sha256


def test_what_came_after_the_signature_is_marked_apart() -> None:
    """Later papers and material handed in later stand in a group of their own, also when bound again."""
    town = make_town()
    case = challenged(town, served(town))
    remedy = case.remedies.get()
    give = {"case_id": case.pk, "by": town.legal, "on": COPY_ON, "remedy_id": remedy.pk}
    added = FileData("情况说明.txt", "答复以后形成的情况说明".encode(), "later_evidence")
    answer_remedy.compile_evidence(now=at(COPY_ON), added=added, **give)
    first = Remedy.objects.get(pk=remedy.pk)
    rows = first.evidence_index.frozen()["text"].splitlines()
    border = next(n for n, row in enumerate(rows) if "签发答复之后，不作为证明答复合法的证据" in row)
    assert [row.split(" | ")[1] for row in rows[border + 1 : -1]] == ["补充材料：情况说明.txt"]
    assert not any("补充材料" in row for row in rows[:border])
    with (
        pikepdf.open(io.BytesIO(files.read(first.evidence))) as bound,
        bound.open_outline() as outline,
    ):
        assert outline.root[-1].title == "签发后形成的材料"
        assert len(outline.root[-1].children) == 1
    answer_remedy.compile_evidence(now=at(COPY_ON, 15), **give)
    assert Remedy.objects.get(pk=remedy.pk).evidence.sha256 == first.evidence.sha256


def test_an_ordered_rereply_runs_on_its_own_clock_to_a_second_letter() -> None:
    town = make_town()
    case = reopened(town, days=10)
    # Ten working days from 20 May 2026.
    assert (case.state, case.clock_start_on, case.due_on) == ("reopened", ORDER_ON, dt.date(2026, 6, 3))
    assert (case.received_on, case.replied_on, case.completed_on) == (dt.date(2026, 3, 2), None, None)
    assert CaseProcess.objects.filter(case=case, open=True).count() == 1
    assert CaseProcess.objects.filter(case=case).count() == 2
    before = case.reopenings.get().before
    assert before["items"] == [{"seq": 1, "outcome": "refuse_process", "grounds": ["条例第十六条第二款"]}]
    assert before["clock_status"] == "met"
    old = reply_of(case)
    on = dt.date(2026, 5, 28)
    give = {"case_id": case.pk, "on": on, "now": at(on)}
    assign.assign(by=town.allocator, unit_id=town.unit.pk, handler_id=town.handler.pk, **give)
    with pytest.raises(NotNow, match="还没有拟定答复意见"):
        send_to_review.send_to_review(by=town.handler, **give)
    propose.propose(by=town.handler, item_seq=1, **DISCLOSE, **give)
    send_to_review.send_to_review(by=town.handler, **give)
    for kind in ("secrecy", "redaction"):
        clear(town, fresh(case), kind, on=on)
    case = sign.sign(by=town.signatory, seen_sha256=fresh(case).current_draft().body_sha256, **give)
    reply = reply_of(case)
    assert reply.corrects == old
    text = reply.frozen()["text"]
    assert f"本机关曾于2026年3月2日作出《政府信息公开申请答复书》（{old.number_text}）" in text
    assert "收到云岫县人民政府行政复议决定（云政复决〔2026〕7号），被责令重新作出答复" in text
    assert "现重新答复如下" in text
    assert case.reopenings.get().answered_by == reply
    case = serve.serve(
        seal=SEALED, by=town.intake, channel="post", sent_on=on, tracking="9876543210123", **give
    )
    assert (case.state, case.completed_on, case.clock_status) == ("served", on, "met")
    case = archive.archive(by=town.archivist, **give)
    assert case.state == "archived"
    assert case.retention_years == 30
    assert not Task.objects.filter(process__caseprocess__case=case, status__in=["NEW", "ASSIGNED", "STARTED"])
    assert list(journal.verify(case.subject_ref)) == []


def test_an_order_without_a_term_gives_twenty_working_days() -> None:
    case = reopened(make_town())
    assert case.due_on == dt.date(2026, 6, 17)


def test_an_archived_case_opens_again_by_order_alone() -> None:
    town = make_town()
    case = archive.archive(case_id=served(town).pk, by=town.archivist, on=COPY_ON, now=at(COPY_ON))
    with pytest.raises(NotNow, match="没有尚未执行"):
        reopen.reopen(case_id=case.pk, by=town.head, on=COPY_ON, now=at(COPY_ON))
    case = ordered(town, challenged(town, case))
    case = reopen.reopen(case_id=case.pk, by=town.head, on=ORDER_ON, now=at(ORDER_ON))
    assert (case.state, case.archived_on) == ("reopened", None)
    case = assign.assign(
        case_id=case.pk, by=town.allocator, on=ORDER_ON, now=at(ORDER_ON), unit_id=town.unit.pk
    )
    with pytest.raises(NotNow, match="没有尚未执行"):
        reopen.restart_term(case_id=case.pk, by=town.head, on=ORDER_ON, now=at(ORDER_ON))


def test_a_file_does_not_close_while_a_proceeding_runs() -> None:
    town = make_town()
    case = challenged(town, served(town))
    with pytest.raises(NotNow, match="尚未审结"):
        archive.archive(case_id=case.pk, by=town.archivist, on=COPY_ON, now=at(COPY_ON))
    case = ordered(town, case)
    with pytest.raises(NotNow, match="重新办理"):
        archive.archive(case_id=case.pk, by=town.archivist, on=ORDER_ON, now=at(ORDER_ON))


def test_a_suit_over_inaction_and_an_order_to_reply_in_time() -> None:
    """A late case that is ordered to be answered gets the stated term; that it was late stays on record."""
    town = make_town()
    case = handled(town)
    late = dt.date(2026, 4, 10)
    case = challenged(
        town,
        case,
        on=late,
        kind="suit",
        about="inaction",
        instance="first",
        procedure="",
        body="云岫县人民法院",
    )
    remedy = case.remedies.get()
    assert (remedy.paper, remedy.road) == (None, "direct")
    case = ordered(town, case, order="perform", days=15)
    case = reopen.restart_term(case_id=case.pk, by=town.head, on=ORDER_ON, now=at(ORDER_ON))
    assert (case.state, case.due_on) == ("handling", dt.date(2026, 6, 10))
    assert case.reopenings.get().before["clock_status"] == "late"
    assert reading(case, as_of=ORDER_ON).earlier_breach


def test_a_court_may_find_a_reply_late() -> None:
    town = make_town()
    case = challenged(town, served(town), kind="suit", about="late", instance="first", procedure="")
    case = answered(town, case)
    text = case.remedies.get().answer.frozen()["text"]
    assert "认为本机关对其政府信息公开申请" in text
    assert "贵院" in text


def test_a_reconsideration_opinion_is_reported_on_in_sixty_days() -> None:
    town = make_town()
    case = challenged(town, served(town))
    remedy = case.remedies.get()
    give = {"case_id": case.pk, "on": ORDER_ON, "now": at(ORDER_ON), "remedy_id": remedy.pk}
    case = answer_remedy.record_advice(by=town.intake, received_on=ORDER_ON, **give)
    # 19 July 2026 is a Sunday.
    assert case.remedies.get().opinion_due_on == dt.date(2026, 7, 20)
    case = answer_remedy.report_advice(
        by=town.head, opinion_number="云政复意〔2026〕1号", measures="组织学习。\n增加核对。", **give
    )
    assert case.remedies.get().opinion_reported_on == ORDER_ON
    assert papers_of(case)[-1].kind == "opinion_report"


def test_the_third_party_may_attack_a_disclosure() -> None:
    town = make_town()
    case = replied(town)
    on = case.replied_on
    with pytest.raises(BadRequest, match="姓名或者名称"):
        challenged(town, case, on=on, claimant="third")
    case = challenged(town, case, on=on, claimant="third", claimant_name="云岫置业有限公司")
    assert case.remedies.get().claimant_name == "云岫置业有限公司"


def test_bad_proceedings_are_told_apart() -> None:
    town = make_town()
    case = served(town)
    for changes, message in (
        ({"kind": "appeal"}, "请选择行政复议或者行政诉讼"), ({"procedure": ""}, "简易程序或者普通程序"),
        ({"kind": "suit", "instance": ""}, "审级"), ({"kind": "suit", "instance": "second"}, "前一程序"),
        ({"body": " "}, "名称"), ({"about": "lapse"}, "没有这样的文书"),
        ({"received_on": dt.date(2026, 4, 8)}, "之间"),
    ):  # fmt: skip
        with pytest.raises(BadRequest, match=message):
            challenged(town, case, **changes)
    challenged(town, case)
    remedy = Remedy.objects.get()
    give = {"case_id": case.pk, "by": town.intake, "on": COPY_ON, "now": at(COPY_ON), "remedy_id": remedy.pk}
    with pytest.raises(BadRequest, match="结果应为"):
        record_remedy.conclude_remedy(result="upheld", decided_on=COPY_ON, order="rereply", **give)
    with pytest.raises(BadRequest, match="不填期限"):
        record_remedy.conclude_remedy(result="corrected", decided_on=COPY_ON, order_days=10, **give)
    with pytest.raises(BadRequest, match="收到副本之日"):
        record_remedy.conclude_remedy(result="upheld", decided_on=dt.date(2026, 4, 1), **give)


def test_a_legal_reviewer_sees_the_case_under_reconsideration() -> None:
    from workflow.selectors.access import visible_cases

    town = make_town()
    case = served(town)
    counsel = add_person(town, "legal")
    assert not visible_cases(counsel).filter(pk=case.pk).exists()
    challenged(town, case)
    assert visible_cases(counsel).filter(pk=case.pk).exists()
    assert REFUSE["outcome"] == case.items_in_order()[0].outcome


def test_the_term_to_answer_is_reminded_of_until_it_is_answered() -> None:
    from workflow.notices import reminders

    town = make_town()
    case = challenged(town, served(town))

    def told(day: dt.date) -> set[tuple[str, int]]:
        found = reminders.find(on=day)
        return {(one.what, one.user) for one in found if one.what in ("remedy_late", "remedy_due")}

    people = {town.head.pk, town.legal.pk}
    assert told(dt.date(2026, 4, 15)) == set()
    # Three working days before 21 April, on the day itself, and after it.
    assert told(dt.date(2026, 4, 16)) == {("remedy_due", user) for user in people}
    assert told(dt.date(2026, 4, 21)) == {("remedy_due", user) for user in people}
    assert told(dt.date(2026, 4, 22)) == {("remedy_late", user) for user in people}
    answered(town, case, on=dt.date(2026, 4, 20))
    assert told(dt.date(2026, 4, 22)) == set()

"""A made-up database is a valid one: chains, clocks, numbers, papers, desks; and it can be worked on."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from viewflow.workflow.models import Task

import letters
from letters.models import NumberSeries, Paper
from office import journal, keys
from office.models import JournalEntry, User
from tests.workflow.factories import SEALED, at
from workflow import drafting, paper_facts
from workflow.actions import assign, propose, record_search, register, review, send_to_review, serve, sign
from workflow.alike import index
from workflow.flow import CaseFlow
from workflow.frozen_facts import load_facts
from workflow.load import tables
from workflow.load.plan import plan
from workflow.models import Case, CaseProcess, CaseSeries, Item, Party, TextBand
from workflow.selectors import duplicates
from workflow.selectors.timeliness import open_cases

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DAY = dt.date(2026, 11, 20)
CASES = 400


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    _load()


def _load(**changes: int) -> str:
    out = StringIO()
    options = {"cases": CASES, "years": 2, "seed": 7, "processes": 1} | changes
    call_command("makeload", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def _one(state: str, **more: object) -> Case:
    return Case.objects.filter(state=state, **more).select_related("office").first() or pytest.fail(
        f"no {state}"
    )


def _role(case: Case, role: str) -> User:
    return User.objects.filter(posts__office=case.office, posts__role=role).first() or pytest.fail(role)


def _gapless(numbers: list[int]) -> bool:
    return numbers == list(range(1, len(numbers) + 1))


def test_every_chain_clock_and_series_is_whole(loaded: None) -> None:
    assert Case.objects.count() == CASES
    assert list(journal.verify()) == []
    out = StringIO()
    call_command("recompute", "--check", stdout=out)
    assert f"核对 {CASES} 件，差异 0 处" in out.getvalue()
    by_series = defaultdict(list)
    for case in Case.objects.order_by("office_id", "year", "seq"):
        by_series[case.office_id, case.year].append(case)
    for (office, year), cases in by_series.items():
        assert _gapless([case.seq for case in cases])
        assert all(a.arrived_on <= b.arrived_on for a, b in pairwise(cases))
        assert CaseSeries.objects.get(office=office, year=year).last == len(cases)
    by_paper = defaultdict(list)
    for paper in Paper.objects.order_by("office_id", "series", "year", "number"):
        by_paper[paper.office_id, paper.series, paper.year].append(paper)
    for (office, series, year), papers in by_paper.items():
        assert _gapless([paper.number for paper in papers])
        assert all(a.signed_on <= b.signed_on for a, b in pairwise(papers))
        assert NumberSeries.objects.get(office=office, series=series, year=year).last == len(papers)
        assert f"〔{year}〕1号" in papers[0].number_text


def test_about_two_in_a_hundred_are_open_and_every_state_occurs(loaded: None) -> None:
    assert 0.01 <= open_cases(Case.objects.all()).count() / CASES <= 0.05
    assert {"archived", "handling"} <= set(Case.objects.values_list("state", flat=True))
    assert {"natural", "commercial"} <= set(Case.objects.values_list("applicant_kind", flat=True))


def test_papers_are_frozen_under_their_own_keys_and_can_be_set(loaded: None) -> None:
    kinds = set(Paper.objects.values_list("kind", flat=True))
    assert {"registration_receipt", "reply_disclose", "archive_index"} <= kinds
    for kind in kinds:
        paper = Paper.objects.filter(kind=kind).first()
        assert paper is not None
        frozen = paper.frozen()
        assert frozen["number_text"] == paper.number_text
        assert frozen["body_sha256"] == paper.body_sha256
        assert not any("\ue000" <= character <= "\uf8ff" for character in frozen["text"])
        assert "1901" not in frozen["text"]
        assert letters.render(paper).startswith(b"%PDF")


def test_a_whole_paper_is_what_composing_it_would_give(loaded: None) -> None:
    seen = 0
    for case in open_cases(Case.objects.filter(received_on__isnull=False)):
        receipt = Paper.objects.filter(subject_ref=case.subject_ref, kind="registration_receipt").first()
        if receipt is not None:
            facts = paper_facts.receipt(case, on=receipt.signed_on)
            composed = letters.compose("registration_receipt", facts, on=receipt.signed_on)
            assert composed.body_sha256 == receipt.body_sha256
            seen += 1
        draft = case.current_draft()
        if draft is not None:
            kind, facts = paper_facts.reply(case, on=draft.drafted_on)
            assert kind == draft.kind
            assert load_facts(keys.data_key(case.subject_ref).unseal(draft.facts_sealed)) == facts
            assert letters.compose(kind, facts, on=draft.drafted_on).body_sha256 == draft.body_sha256
    assert seen


def test_identities_are_sealed_and_found_by_their_hash(loaded: None) -> None:
    party = Party.objects.filter(kind="natural").first()
    assert party is not None
    number = party.id_number.reveal()
    assert len(number) == 18
    assert Party.objects.filter(id_hash__in=keys.blind_candidates("identity", number), pk=party.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workflow_party WHERE id_number LIKE %s", ["%990121%"])
        assert cursor.fetchone()[0] == 0


def test_every_case_at_work_has_the_tasks_of_its_state(loaded: None) -> None:
    wanted = {
        "submitted": {"register"}, "registered": {"assign"}, "supplementing": {"handle"}, "handling": {"handle"},
        "signing": {"sign"}, "replied": {"deliver"}, "served": {"archive"},
    }  # fmt: skip
    for case in Case.objects.exclude(state__in=["archived", "lapsed", "withdrawn"]):
        process = CaseProcess.objects.get(case=case, open=True)
        assert process.flow_class is CaseFlow
        names = {task.flow_task.name for task in Task.objects.filter(process=process, status="NEW")}
        if case.state == "reviewing":
            assert "redaction" in names
        else:
            assert names == wanted[case.state]


@pytest.mark.slow
def test_a_case_is_carried_on_by_the_real_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    _load(cases=1500, seed=8)
    now = at(DAY, 18)
    case = _one("submitted", received_on__isnull=False)
    case = register.register(case_id=case.pk, by=_role(case, "intake"), on=DAY, now=now)
    unit = case.office.units.first()
    case = assign.assign(case_id=case.pk, by=_role(case, "allocator"), on=DAY, now=now, unit_id=unit.pk)
    assert case.state == "handling"
    # One made-up person may have been told otherwise about the same words before, which the lint stops.
    signing = next(one for one in Case.objects.filter(state="signing").order_by("pk") if not _stopped(one))
    sha = signing.current_draft().body_sha256
    signed = sign.sign(case_id=signing.pk, by=_role(signing, "signatory"), on=DAY, now=now, seen_sha256=sha)
    assert signed.state == "replied"
    served = serve.serve(
        seal=SEALED,
        case_id=signed.pk,
        by=_role(signed, "intake"),
        on=DAY,
        now=now,
        channel="counter",
        sent_on=DAY,
        signed_on=DAY,
    )
    assert served.state == "served"
    for pending in ("secrecy", "redaction"):
        reviewed = (
            Case.objects.filter(state="reviewing", reviews__kind=pending, reviews__status="pending")
            .select_related("office")
            .first()
        )
        assert reviewed is not None
        review.clear(
            case_id=reviewed.pk, kind=pending, by=_role(reviewed, pending), on=DAY, now=now, opinion="同意。",
            seen_sha256=reviewed.current_draft().body_sha256,
        )  # fmt: skip
    handled = _one("handling", items__outcome="", due_on__gte=DAY, handler__isnull=False)
    handler = handled.handler
    record_search.record_search(
        case_id=handled.pk, by=handler, on=DAY, now=now, systems="综合档案管理系统", keywords="采薇村", period="2020年以来",
        method="关键词检索", result="检索到1份", found=True,
    )  # fmt: skip
    for item in Item.objects.filter(case=handled):
        propose.propose(
            case_id=handled.pk, by=handler, on=DAY, now=now, item_seq=item.seq, outcome="disclose", grounds=[], reason="",
            facts={"provided": "随本答复书提供复印件1份，共3页"},
        )  # fmt: skip
    assert send_to_review.send_to_review(case_id=handled.pk, by=handler, on=DAY, now=now).state == "reviewing"
    assert list(journal.verify()) == []


def test_the_same_seed_plans_the_same_cases() -> None:
    first, second, other = (
        plan(random.Random(seed), 50, dt.date(2025, 11, 20), DAY) for seed in ("7/1", "7/1", "8/1")
    )
    assert first == second
    assert first != other


def test_a_database_in_use_is_refused(loaded: None) -> None:
    with pytest.raises(CommandError, match="空库"):
        _load()


@pytest.mark.parametrize(
    "left_out, more, empty",
    [
        (("proposed_on",), (), ()),
        (("reason",), (), ("reason",)),
        (("seq",), (), None),
        ((), ("colour",), None),
    ],
)
def test_columns_are_checked_against_the_models(
    monkeypatch: pytest.MonkeyPatch, left_out: tuple[str], more: tuple[str], empty: tuple[str] | None
) -> None:
    label, columns = tables.COLUMNS["item"]
    always_empty = tables.table("item")[2]
    kept = tuple(column for column in columns if column not in left_out) + more
    monkeypatch.setitem(tables.COLUMNS, "item", (label, kept))
    if empty is None:
        with pytest.raises(tables.ColumnsChanged, match=(left_out + more)[0]):
            tables.table("item")
    else:
        written, left = tables.table("item")[1:]
        assert (written, set(left)) == (kept, {*empty, *always_empty})


def test_the_index_of_like_requests_is_filled_as_the_acts_fill_it(loaded: None) -> None:
    assert not Item.objects.filter(text=None).exists()
    for item in Item.objects.select_related("case").order_by("-pk")[:20]:
        bands = set(TextBand.objects.filter(text_id=item.text_id).values_list("number", flat=True))
        with transaction.atomic():
            assert index.enter(item.case.office_id, [item.description]) == [item.text_id]
        assert set(TextBand.objects.filter(text_id=item.text_id).values_list("number", flat=True)) == bands
    assert index.catch_up() == 0
    case = _one("handling")
    found = duplicates.similar_cases(case, user=_role(case, "allocator"))
    words = {item.description for item in case.items_in_order()}
    same = Case.objects.filter(office=case.office, items__description__in=words).exclude(pk=case.pk)
    assert {row.id for row in found.rows if row.likeness.score == 1} <= set(same.values_list("pk", flat=True))
    assert found.others + sum(row.same_applicant for row in found.rows) >= min(1, same.count())


def test_recompute_puts_wrong_dates_and_outcomes_right_and_says_so(loaded: None) -> None:
    case = _one("archived", due_on__isnull=False)
    right = case.due_on
    Case.objects.filter(pk=case.pk).update(due_on=dt.date(2020, 1, 1), outcomes="not_exist,disclose")
    out = StringIO()
    with pytest.raises(CommandError, match="不符"):
        call_command("recompute", "--check", stdout=out)
    assert f"case:{case.pk} {case.number} due_on: 2020-01-01 → {right}" in out.getvalue()
    assert f"outcomes: not_exist,disclose → {case.outcomes}" in out.getvalue()
    call_command("recompute", stdout=StringIO())
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.due_on, fresh.outcomes) == (right, case.outcomes)
    entry = JournalEntry.objects.filter(subject=case.subject_ref).latest("seq")
    assert (entry.key, entry.data) == ("case.recomputed", {"changed": 2, "columns": ["due_on", "outcomes"]})
    assert list(journal.verify(case.subject_ref)) == []
    call_command("recompute", "--check", stdout=StringIO())


def _stopped(case: Case) -> bool:
    """Say whether the lint stops the letter that waits for signature."""
    return any(finding.blocks for finding in drafting.reply_of(case.current_draft(), on=DAY).findings(case))

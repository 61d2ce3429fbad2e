"""Acting for somebody who is away: in the window only, named in the trail, separation holding for both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from office import delegations
from office.errors import Refusal
from office.models import Delegation, JournalEntry, Post, User
from office.roles import Role
from tests.workflow.factories import (
    DAY,
    Town,
    add_person,
    at,
    clear,
    handled,
    make_town,
    registered,
    reviewing,
    signing,
)  # fmt: skip
from workflow.actions import assign, extend, record_search, reply_at_once, sign
from workflow.errors import NotNow, NotSeparated, NotYourRole
from workflow.models import Case
from workflow.selectors.access import visible_cases
from workflow.selectors.case_acts import actor_for
from workflow.selectors.trail import trail_of
from workflow.selectors.worklists import my_work

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LAST = DAY + dt.timedelta(days=4)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town() -> Town:
    return make_town()


def lend(town: Town, delegator: User, delegate: User, **more: Any) -> Delegation:
    given = {
        "from_on": DAY,
        "to_on": LAST,
        "reason": "年休假",
        "by": delegator,
        "on": DAY,
        "now": at(DAY),
    } | more
    return delegations.grant(
        office_id=town.office.pk, delegator_id=delegator.pk, delegate_id=delegate.pk, **given
    )


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def deputy(person: User) -> User:
    """The person in the one role lent to them."""
    (found,) = fresh(person).stand_ins()
    return found


def work(person: User) -> dict[int, str]:
    return {row.id: row.todo for row in my_work(fresh(person), on=DAY).rows}


def test_the_delegate_sees_and_does_the_delegators_work_and_the_trail_names_both(town: Town) -> None:
    case = handled(town)
    other = add_person(town, "archivist")
    assert not visible_cases(fresh(other)).filter(handler=town.handler).exclude(pk=case.pk).exists()
    lend(town, town.handler, other)
    assert work(other) == {case.pk: "办理（代承办人甲）"}
    actor, refusal = actor_for(case, "record_search", fresh(other), on=DAY)
    assert refusal is None
    record_search.record_search(
        case_id=case.pk, by=actor, on=DAY, now=at(DAY), systems="档案", keywords="采薇村", period="2025年",
        method="全文", result="一份", found=True,
    )  # fmt: skip
    entry = JournalEntry.objects.filter(subject=case.subject_ref).latest("seq")
    assert (entry.by_ref, entry.data["acting_for"]) == (other.ref, town.handler.ref)
    assert trail_of(case)[-1].title == f"{other.name}（代承办人甲）记录检索"
    assert case.handler_id == Case.objects.get(pk=case.pk).handler_id == town.handler.pk


def test_only_from_the_first_day_to_the_last(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = handled(town)
    other = add_person(town, "intake")
    first = DAY + dt.timedelta(days=2)
    lend(town, town.allocator, other, from_on=first, to_on=LAST)
    for day, may in ((DAY, False), (first, True), (LAST, True), (LAST + dt.timedelta(days=1), False)):
        monkeypatch.setenv("DEMO_TODAY", day.isoformat())
        _, refusal = actor_for(case, "reassign", fresh(other), on=day)
        assert (refusal is None) == may, day
        assert bool(fresh(other).stand_ins()) == may
    # An actor kept over the end of the window is nobody any more.
    monkeypatch.setenv("DEMO_TODAY", LAST.isoformat())
    kept = deputy(other)
    monkeypatch.setenv("DEMO_TODAY", (LAST + dt.timedelta(days=1)).isoformat())
    with pytest.raises(NotYourRole):
        assign.reassign(
            case_id=case.pk, by=kept, on=LAST, now=at(LAST), unit_id=town.other_unit.pk, note="过期代理"
        )


def test_an_early_end_counts_at_once(town: Town) -> None:
    other = add_person(town, "archivist")
    row = lend(town, town.handler, other)
    delegations.end(delegation_id=row.pk, by=town.handler, on=DAY, now=at(DAY))
    assert fresh(other).stand_ins() == []
    with pytest.raises(Refusal, match="已经结束"):
        delegations.end(delegation_id=row.pk, by=town.handler, on=DAY, now=at(DAY))


@pytest.mark.parametrize("drafter", ["delegator", "delegate"])
def test_who_drafted_does_not_sign_whichever_of_the_two_it_was(town: Town, drafter: str) -> None:
    """The signatory lends the signature to the drafter; or the drafter is the signatory who lends it away."""
    signatory, handler = town.signatory, town.handler
    if drafter == "delegator":
        from office.models import Post

        Post.objects.create(
            user=handler, office=town.office, role=Role.SIGNATORY, from_on=dt.date(2020, 1, 1)
        )
        lend(town, handler, other := add_person(town, "archivist"))
        actor = deputy(other)
    else:
        lend(town, signatory, handler)
        actor = deputy(handler)
    case = signing(town)
    with pytest.raises(NotNow, match="拟稿人不能签发"):
        sign.sign(
            case_id=case.pk, by=actor, on=DAY, now=at(DAY), seen_sha256=case.current_draft().body_sha256
        )


def test_what_was_reviewed_in_ones_name_bars_both_from_signing(town: Town) -> None:
    from office.models import Post

    Post.objects.create(
        user=town.secrecy, office=town.office, role=Role.SIGNATORY, from_on=dt.date(2020, 1, 1)
    )
    other = add_person(town, "archivist")
    Post.objects.create(user=other, office=town.office, role=Role.SIGNATORY, from_on=dt.date(2020, 1, 1))
    lend(town, town.secrecy, other)
    case = reviewing(town)
    clear(town, case, "secrecy", by=deputy(other))
    clear(town, case, "redaction")
    sha = case.current_draft().body_sha256
    for person in (fresh(town.secrecy), fresh(other), deputy(other)):
        with pytest.raises(NotSeparated, match="审查人"):
            sign.sign(case_id=case.pk, by=person, on=DAY, now=at(DAY), seen_sha256=sha)
    assert (
        sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha).state == "replied"
    )


def test_a_handler_does_not_approve_the_own_extension_as_the_heads_delegate(town: Town) -> None:
    case = handled(town)
    lend(town, town.head, town.handler)
    with pytest.raises(NotSeparated, match="承办人不能批准"):
        extend.extend(case_id=case.pk, by=deputy(town.handler), on=DAY, now=at(DAY), days=10, reason="材料多")


def test_a_delegate_of_a_handler_who_took_the_case_is_the_handler_too(town: Town) -> None:
    """What a delegate takes in another's name is the other's: nothing is left behind when the leave ends."""
    from workflow.actions import release, take

    case = handled(town)
    release.release(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), reason="休假")
    other = add_person(town, "archivist")
    lend(town, town.handler, other)
    assert take.take(case_id=case.pk, by=deputy(other), on=DAY, now=at(DAY)).handler_id == town.handler.pk


def test_administration_is_not_lent_and_nothing_is_lent_on(town: Town) -> None:
    second, third = add_person(town, "archivist"), add_person(town, "archivist")
    lend(town, town.admin, second)
    assert deputy(second).roles_in(town.office.pk) == frozenset()
    lend(town, town.handler, third)
    lend(town, third, add_person(town, "legal"))
    last = User.objects.latest("pk")
    assert deputy(last).roles_in(town.office.pk) == {"archivist"}


def test_a_leaver_lends_nothing(town: Town) -> None:
    other = add_person(town, "archivist")
    lend(town, town.handler, other)
    kept = deputy(other)
    User.objects.filter(pk=town.handler.pk).update(is_active=False)
    assert fresh(other).stand_ins() == []
    assert kept.roles_in(town.office.pk) == frozenset()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "请写明事由"),
        ({"from_on": DAY - dt.timedelta(days=1)}, "不能早于今天"),
        ({"to_on": DAY - dt.timedelta(days=1)}, "截止日不能早于起始日"),
        ({"by": "legal"}, "只能由本人"),
        ({"to": "self"}, "本人以外"),
        ({"to": "outsider"}, "代理人在本机关没有岗位"),
    ],
)
def test_what_cannot_be_lent(town: Town, change: dict[str, Any], words: str) -> None:
    more = dict(change)
    to = {"self": town.handler, "outsider": make_town().handler}.get(more.pop("to", ""), town.legal)
    if more.get("by") == "legal":
        more["by"] = town.legal
    with pytest.raises(Refusal, match=words):
        lend(town, town.handler, to, **more)
    assert not Delegation.objects.exists()


def test_two_at_once_are_refused_and_the_head_may_enter_one_for_somebody_away(town: Town) -> None:
    lend(town, town.handler, town.legal, by=town.head)
    with pytest.raises(Refusal, match="已由法制审核甲代理"):
        lend(town, town.handler, town.archivist, from_on=LAST, to_on=LAST + dt.timedelta(days=9))
    lend(
        town,
        town.handler,
        town.archivist,
        from_on=LAST + dt.timedelta(days=1),
        to_on=LAST + dt.timedelta(days=9),
    )
    lines = JournalEntry.objects.filter(subject=town.office.ref, key="delegation.granted")
    assert lines.count() == 2


def test_nobody_signs_on_the_spot_what_was_proposed_by_whom_they_act_for(town: Town) -> None:
    """The registrar of a small town is also its head; who stands in for both did not propose, but signs for who did."""
    Post.objects.create(user=town.intake, office=town.office, role="head", from_on=dt.date(2020, 1, 1))
    helper = add_person(town, "archivist")
    lend(town, fresh(town.intake), helper)
    case = registered(town, channel="counter", service="counter")
    who = {"case_id": case.pk, "on": DAY, "now": at(DAY)}
    reply_at_once.propose_at_once(
        **who,
        by=town.intake,
        item_seq=1,
        outcome="already_public",
        grounds=[],
        reason="",
        facts={"where": "县政府网站“征地信息”栏目"},
    )
    with pytest.raises(NotNow, match="拟稿人不能签发自己拟的答复"):
        reply_at_once.reply_at_once(**who, by=deputy(helper))
    assert reply_at_once.reply_at_once(**who, by=town.head).state == "replied"

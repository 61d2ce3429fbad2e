"""Notices to rectify and criticism where every letter is sealed by hand: nothing goes out before its seal is entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail

from letters.models import SealUse
from letters.sealing import SETTING
from office import journal, outbox
from office.models import OfficeParameter, OutboxMessage, Post, User
from tests.letters.test_seal_image import keep, seal_png
from tests.workflow.factories import DAY, SEALED, Town, at
from tests.workflow.supervision.test_supervision_acts import LATER, client_of, criticised, give, issued
from workflow.actions import rectify
from workflow.actions.rectify import CAME
from workflow.errors import BadRequest, NotYourRole, WrongState
from workflow.models import Rectification
from workflow.requests import SealData
from workflow.selectors import beside, bulletin_figures, own_days, seals

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def practise(town: Town, **how: Any) -> None:
    """Let the supervising office seal every letter, and give it somebody for it."""
    OfficeParameter.objects.create(
        office=town.government, key=SETTING, value={"for": "letters", **how}, from_on=DAY, reason="用印规定",
        entered_by=town.admin, entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    for role in ("seal", "intake", "admin"):
        user = User.objects.create(username=f"gov-{role}-{town.office.pk}", name=f"县{role}")
        Post.objects.create(user=user, office=town.government, role=role, from_on=dt.date(2020, 1, 1))
        town.people[f"gov_{role}"] = user


def told() -> int:
    return OutboxMessage.objects.filter(kind=CAME).count()


@pytest.mark.parametrize(("make", "kind"), [(issued, "rectification"), (criticised, "criticism")])
def test_an_unsealed_notice_is_with_nobody_it_is_addressed_to(town: Town, make: Any, kind: str) -> None:
    practise(town)
    row = make(town)
    assert row.waits_for_seal
    assert told() == 0
    outbox.deliver(at(DAY))
    assert mail.outbox == []
    for person in (town.head, town.intake, town.signatory, town.supervisor):
        assert beside.sheet(person, kind, row.pk) is None
    assert client_of(town.head).get(f"/desk/beside/{kind}/{row.pk}/paper.pdf").status_code == 404
    assert own_days.days_of(town.head, on=DAY) == []
    assert own_days.summary(town.head, on=DAY).is_empty
    counted = bulletin_figures.count(town.government, 2026, 3, on=LATER)["total"]
    assert (counted["rectify"], counted["criticise"]) == (0, 0)
    with pytest.raises(BadRequest, match="还没有登记用印"):
        rectify.receive_rectification(record_id=row.pk, by=town.head, **give())
    (line,) = beside.listing(town.watcher, kind, on=DAY)
    assert (line.stage, line.due_on) == ("待用印", None)
    assert beside.sheet(town.watcher, kind, row.pk).steps == ()
    assert [step.name for step in beside.sheet(town.people["gov_intake"], kind, row.pk).steps] == [
        "seal_notice"
    ]


def test_the_seal_is_entered_once_by_whom_keeps_it(town: Town) -> None:
    practise(town, keeper=True)
    row, keeper = issued(town), town.people["gov_seal"]

    def seal(by: User, how: SealData = SEALED) -> Rectification:
        return rectify.seal_notice(record_id=row.pk, by=by, seal=how, **give())

    for person in (town.watcher, town.head, town.intake, town.seal, town.supervisor):
        with pytest.raises(NotYourRole):
            seal(person)
    with pytest.raises(BadRequest, match="由印章管理员保管"):
        seal(town.people["gov_intake"])
    for how, says in (
        (replace(SEALED, copies=0), "用印份数"), (replace(SEALED, copies=201), "用印份数"), (replace(SEALED, kind="wax"), "请选择印章"),
        (replace(SEALED, used_on=DAY - dt.timedelta(days=1)), "用印日期"), (replace(SEALED, used_on=LATER), "用印日期"),
    ):  # fmt: skip
        with pytest.raises(BadRequest, match=says):
            seal(keeper, how)
    assert (SealUse.objects.count(), told()) == (0, 0)
    row = seal(keeper, replace(SEALED, copies=2, used_on=DAY))
    use = SealUse.objects.get()
    assert (use.paper, use.office, use.approver, use.sealed_by) == (
        row.paper,
        town.government,
        town.watcher,
        keeper,
    )
    assert (row.stage, row.waits_for_seal, told()) == ("issued", False, 1)
    with pytest.raises(BadRequest, match="已经用印"):
        seal(keeper)
    assert [step.name for step in beside.sheet(town.head, "rectification", row.pk).steps] == [
        "receive_rectification"
    ]
    rectify.receive_rectification(record_id=row.pk, by=town.head, **give())
    with pytest.raises(WrongState):
        seal(keeper)
    assert (SealUse.objects.count(), told()) == (1, 1)
    assert list(journal.verify(row.subject_ref)) == []
    assert bulletin_figures.count(town.government, 2026, 3, on=LATER)["total"]["rectify"] == 1


def test_the_seal_is_entered_on_the_page_to_which_the_list_of_waiting_papers_leads(town: Town) -> None:
    practise(town)
    row, keeper = criticised(town), town.people["gov_seal"]
    desk, where = client_of(keeper), f"/desk/beside/criticism/{row.pk}/"
    assert seals.waiting_count(keeper, 99) == 1
    assert seals.waiting_count(town.seal, 99) == 0
    page = desk.get("/desk/seals/").content.decode()
    assert row.paper.number_text in page
    assert f"{where}seal_notice/" in page
    assert desk.get(f"/desk/seals/paper/{row.paper_id}.pdf").content.startswith(b"%PDF-")
    form = desk.get(f"{where}seal_notice/").content.decode()
    assert 'name="seal_copies" value="2"' in form
    assert f'value="{LATER}"' in form, "the day of use begins with today"
    sent = {"seal_kind": "disclosure", "seal_copies": "0", "seal_used_on": LATER.isoformat()}
    assert "error" in desk.post(f"{where}seal_notice/", sent).content.decode()
    answer = desk.post(f"{where}seal_notice/", sent | {"seal_copies": "3"}, follow=True)
    assert "待签收" in answer.content.decode()
    assert SealUse.objects.get().copies == 3
    assert "没有等待用印的文书" in desk.get("/desk/seals/").content.decode()
    assert row.paper.number_text in desk.get("/desk/seals/register/").content.decode()
    assert client_of(town.head).get(where).status_code == 200


def test_who_seals_sees_no_notice_that_needed_no_seal(town: Town) -> None:
    earlier = issued(town)
    practise(town)
    assert not earlier.waits_for_seal
    assert told() == 1
    for role in ("gov_seal", "gov_intake"):
        assert not beside.visible(town.people[role], "rectification").exists()


def test_what_the_system_seals_goes_out_at_once(town: Town) -> None:
    practise(town, electronic=True)
    Post.objects.create(user=town.admin, office=town.government, role="admin", from_on=dt.date(2020, 1, 1))
    keep(
        office=town.government,
        kind="office",
        from_on=DAY,
        by=town.people["gov_admin"],
        content=seal_png(),
        now=at(DAY, 1),
    )
    row = issued(town)
    assert (row.paper.needs_seal, row.paper.sealed_on, told()) == (True, DAY, 1)
    assert SealUse.objects.get().way == "electronic"
    assert beside.sheet(town.head, "rectification", row.pk) is not None

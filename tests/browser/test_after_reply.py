"""What comes after the reply, in Chromium: forms, previews, lists and records beside the cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from letters.sealing import SETTING
from office.models import OfficeParameter, Post, User
from tests.browser.stage import Login, NewPage, Stage, fill, judged, looks_at, opened, press, send
from tests.workflow.after import COPY_ON, answered, challenged, drafted, ordered, served
from tests.workflow.factories import DAY, SEALED, at, make_town
from tests.workflow.supervision.test_complaint_papers import decided
from tests.workflow.test_beside import proposed, received
from workflow.actions import change_reply, complain, follow_mail
from workflow.models import Case, Delivery

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", COPY_ON.isoformat())
    with judged(make_town(), request.function) as stage:
        yield stage


def act(case: Case, name: str) -> str:
    return f"/desk/case/{case.pk}/do/{name}/"


@looks_at("desk:act", "desk:case", "desk:remedies")
def test_remedies_from_the_copy_to_the_order(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    case = served(town)
    intake = login(opened(new_page), town.intake.username)
    stage.visit(intake, act(case, "record_remedy"))
    stage.visit(intake, act(case, "record_remedy"), send)
    challenged(town, case)
    legal = login(opened(new_page), town.legal.username)
    stage.visit(legal, f"/desk/case/{case.pk}/")
    stage.visit(legal, act(case, "draft_answer"))
    stage.visit(legal, act(case, "compile_evidence"), press("看一看会发生什么"))
    drafted(town, Case.objects.get(pk=case.pk))
    signer = login(opened(new_page), town.signatory.username)
    stage.visit(signer, act(case, "answer_remedy"), press("看一看会发生什么"))
    answered(town, Case.objects.get(pk=case.pk))
    stage.visit(intake, act(case, "conclude_remedy"), send)
    stage.visit(intake, act(case, "record_advice"))
    stage.visit(legal, "/desk/remedies/")
    ordered(town, Case.objects.get(pk=case.pk), on=COPY_ON)
    head = login(opened(new_page), town.head.username)
    stage.visit(head, act(case, "reopen"))
    stage.visit(head, f"/desk/case/{case.pk}/")


def test_self_correction_and_returned_mail(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    case = served(town)
    handler = login(opened(new_page), town.handler.username)
    stage.visit(handler, act(case, "propose_change"), send)
    change_reply.propose_change(
        case_id=case.pk,
        by=town.handler,
        on=COPY_ON,
        now=at(COPY_ON),
        form="withdraw",
        reason="遗漏了电子档案",
    )
    signer = login(opened(new_page), town.signatory.username)
    stage.visit(signer, act(case, "withdraw_reply"), press("看一看会发生什么"))
    stage.visit(signer, act(case, "drop_change"))
    intake = login(opened(new_page), town.intake.username)
    stage.visit(intake, act(case, "record_signature"))
    stage.visit(intake, act(case, "record_return"), send)
    follow_mail.record_return(
        case_id=case.pk, by=town.intake, on=COPY_ON, now=at(COPY_ON), returned_on=COPY_ON, reason="moved",
        delivery_id=Delivery.objects.get(case=case, channel="post").pk,
    )  # fmt: skip
    stage.visit(intake, act(case, "serve_again"), send)
    stage.visit(intake, f"/desk/case/{case.pk}/")


@looks_at("desk:beside", "desk:beside_begin", "desk:beside_record", "desk:beside_step")
def test_the_records_beside_the_cases(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    row, conversion = received(town), proposed(town)
    intake = login(opened(new_page), town.intake.username)
    for kind in ("correction", "conversion", "reassessment", "handover"):
        stage.visit(intake, f"/desk/beside/{kind}/")
    stage.visit(intake, "/desk/beside/correction/new/", send)
    handler = login(opened(new_page), town.handler.username)
    stage.visit(handler, f"/desk/beside/correction/{row.pk}/")
    stage.visit(handler, f"/desk/beside/correction/{row.pk}/examine_correction/", send)
    head = login(opened(new_page), town.head.username)
    stage.visit(head, f"/desk/beside/conversion/{conversion.pk}/approve_conversion/", fill(opinion="同意"))


def test_a_complaint_in_the_house_above(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    for role, name in (("supervisor", "watcher"), ("intake", "clerk")):
        town.people[name] = User.objects.create(username=f"above-{role}", name=f"县{name}")
        Post.objects.create(
            user=town.people[name], office=town.government, role=role, from_on=dt.date(2020, 1, 1)
        )
    OfficeParameter.objects.create(
        office=town.government, key=SETTING, value={"for": "letters"}, from_on=DAY, reason="用印规定", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    town.government.phone = "0990-5550100"
    town.government.save(update_fields=["phone"])
    row = decided(town)
    clerk, where = login(opened(new_page), town.clerk.username), f"/desk/beside/complaint/{row.pk}/"
    stage.visit(clerk, "/desk/seals/")
    stage.visit(clerk, where)
    stage.visit(clerk, f"{where}seal_complaint/", fill(seal_copies="0"))
    complain.seal_complaint(record_id=row.pk, by=town.clerk, seal=SEALED, on=COPY_ON, now=at(COPY_ON))
    stage.visit(clerk, f"{where}serve_complaint/", send)
    stage.visit(clerk, "/desk/beside/complaint/")
    watcher = login(opened(new_page), town.watcher.username)
    stage.visit(watcher, f"/desk/case/{row.case_id}/")

"""Short roads that pass every act of the machine once at least: for counting what each costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from office.actors import Actor, SystemActor
from office.models import Post
from tests.workflow.after import served
from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
)
from tests.workflow.model.driver import Chance, arguments, function_of
from workflow.actions import consult_office, serve
from workflow.actions.record_remedy import RemedyData
from workflow.actors import ApplicantActor
from workflow.answering import consulted
from workflow.machine import ACTS
from workflow.models import Case
from workflow.numbering import draw_case_number
from workflow.permissions import why_not

Given = Callable[[Town, Case, dt.date], dict[str, Any]]
#: An act, an act with arguments of its own, or days that pass.
Step = str | tuple[str, Given] | int | Callable[[Town, Case], None]
Road = tuple[Callable[[Town], Case], tuple[Step, ...]]
REFER = {"asks_information": "no", "complains": "yes"}


def big_town() -> Town:
    """Make a town that has people for every act, and all three reviews."""
    town = make_town()
    town.government.phone = "0990-5550100"
    town.government.save(update_fields=["phone"])
    town.people["other_handler"] = add_person(town, "handler", unit=town.other_unit)
    town.people["colleague"] = add_person(town, "handler", unit=town.unit)
    town.people["second_signatory"] = add_person(town, "signatory")
    watcher = add_person(town, "supervisor")
    Post.objects.create(user=watcher, office=town.government, role="supervisor", from_on=dt.date(2020, 1, 1))
    town.people["watcher"] = watcher
    return town


def given(**fixed: Any) -> Given:
    """Give an act arguments that do not depend on the case."""
    return lambda town, case, day: fixed


def on_the_day(*names: str, **fixed: Any) -> Given:
    """Give an act the day it is done on under some names."""
    return lambda town, case, day: dict.fromkeys(names, day) | fixed


def newest(*names: str, **fixed: Any) -> Given:
    """Name the newest consultation of a third party, and the day under some names."""
    return lambda town, case, day: {"consultation_id": case.consultations.filter(kind="third").latest("pk").pk} | dict.fromkeys(
        names, day
    ) | fixed  # fmt: skip


def other_unit(town: Town, case: Case, day: dt.date) -> dict[str, Any]:
    """Name another unit and a handler of it."""
    return {"unit_id": town.other_unit.pk, "handler_id": town.other_handler.pk}


def of_this_office(town: Town, case: Case, day: dt.date) -> dict[str, Any]:
    """Name another case of the office as the lead."""
    return {"lead_id": Case.objects.filter(office=town.office).exclude(pk=case.pk).latest("pk").pk}


def unread(town: Town, case: Case, day: dt.date) -> dict[str, Any]:
    """Name a paper the applicant has not read."""
    return {"paper_id": case.deliveries.filter(read_at__isnull=True).latest("pk").paper_id}


def copy_elsewhere(town: Town) -> Case:
    """File what the same applicant asked another office for, then the case itself."""
    other = make_town()
    file_case(other, channel="post_plain", service="post")
    return file_case(town, channel="post_plain", service="post")


def silence(town: Town, case: Case, day: dt.date) -> dict[str, Any]:
    """Complain of a reply that has not come."""
    return {
        "remedy": RemedyData(
            "reconsideration", "inaction", "云岫县人民政府", day, applied_on=day, procedure="ordinary"
        )
    }


def asks_another_office(town: Town, case: Case) -> None:
    """Ask an office of the platform, whose registrar answers letters."""
    other = make_town()
    consult_office.ask_assistance(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), office_id=other.office.pk, subject="方案附件三"
    )
    town.people["asked"] = consulted(other.intake, case.consultations.latest("pk").pk)  # type: ignore[assignment]


def the_letter(**fixed: Any) -> Given:
    """Name the newest letter."""
    return lambda town, case, day: {"consultation_id": case.consultations.latest("pk").pk} | fixed


def not_the_first_there(town: Town, case: Case) -> None:
    """Let the responsible office have had a request this year: its first opens its series of numbers."""
    with transaction.atomic():
        draw_case_number(town.government.pk, DAY.year)


def leaves(town: Town, case: Case) -> None:
    """Let the handler leave the office."""
    Post.objects.filter(user=case.handler).update(to_on=dt.date(2021, 1, 1))


def mailed(town: Town) -> Case:
    """Serve a reply by e-mail."""
    case = replied(town, service="email")
    return serve.serve(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="email", sent_on=DAY, seal=SEALED
    )


def legal_review(town: Town, case: Case) -> None:
    """Let the office ask for a legal review besides the other two."""
    from office.models import OfficeParameter

    OfficeParameter.objects.create(
        office=town.office, key="review.legal", value=True, from_on=DAY, reason="办理需要", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.signatory, confirmed_at=at(DAY),
    )  # fmt: skip


SERVE_NOTICE: Step = (
    "record_delivery",
    on_the_day("sent_on", "signed_on", channel="counter", receiver="本人"),
)
DISAGREES = newest(
    opinion="disagree", reason="涉及经营安排", reason_assessed="", reason_sound=None, delivered_on=None
)
CORRECTED = given(form="correct", wrong="内部讨论形成的过程稿", right="内部讨论形成的过程性记录")
SUPPLEMENT: Step = ("request_supplement", given(lacks=["content"]))
DRAFT: tuple[Step, ...] = ("record_search", "propose", "send_to_review")
REMEDY: tuple[Step, ...] = (35, "record_remedy")
ORDERED: Step = (
    "conclude_remedy",
    on_the_day("decided_on", result="corrected", order="rereply", order_days=None),
)

ROADS: dict[str, Road] = {
    "a letter": (copy_elsewhere, (
        "record_contact", ("confirm_receipt", on_the_day("confirmed_on")), "register", "link_copy", ("judge_nature", given(answers=REFER)),
        ("refer", given(number="")), "note_referral", "split_item", ("urge", given(answer_due_on=DAY + dt.timedelta(days=9))), "answer_urge",
    )),
    "spoken": (lambda town: file_case(town, channel="oral", service="counter"), (
        "confirm_oral", "register", "propose_at_once", "reply_at_once",
    )),
    "supplemented": (lambda town: registered(town, service="post"), (
        SUPPLEMENT, SERVE_NOTICE, "receive_supplement", "communicate", "void_paper", "extend", "withdraw",
    )),
    "not supplemented": (registered, (SUPPLEMENT, 60, "lapse")),
    "too many": (handled, ("ask_reasons", "receive_reasons", ("assess_reasons", given(finding="reasonable")), "delay_reply")),
    "too many, silent": (handled, ("ask_reasons", 40, "note_silence")),
    "paid": (handled, ("charge_fee", ("record_payment", on_the_day("paid_on")))),
    "not paid": (handled, ("charge_fee", 60, "lapse_fee")),
    "from hand to hand": (registered, (
        "assign", "accept", "ask_units", "accept_share", "answer_share", "ask_units", "return_share", "ask_units", "cancel_share",
        "release", "take", "take_over", "name_handler", ("reassign", other_unit), leaves, "hand_over", "return_assignment",
    )),
    "bundled": (lambda town: (handled(town), handled(town))[1], (("join_bundle", of_this_office), "leave_bundle")),
    "others asked": (handled, (
        "consult", "consult_list", "consult_joint", "ask_assistance",
        ("serve_consultation", newest("delivered_on", channel="counter", returned_on=None, posted_on=None)), ("record_opinion", DISAGREES),
        ("assess_opinion", newest(sound=False)), ("decide_disclosure", newest(basis="unsound")),
    )),
    "another office asked": (handled, (
        asks_another_office, ("sign_for_letter", the_letter()), ("answer_letter", the_letter(opinion="agree", files=())),
    )),
    "reviewed": (handled, (
        legal_review, *DRAFT, "send_back", "send_to_review", "clear_secrecy", "clear_redaction", "clear_legal", "decline",
        "send_to_review", "clear_secrecy", "clear_redaction", "clear_legal", "enter_signed_sheet", "confirm_signed_sheet",
    )),
    "documents": (handled, (
        "add_holding", "replace_holding", "settle_mark", "begin_holding_review", "review_holding", "refer_holding",
        "record_determination", "review_holding", "review_holding", "report_mark", "settle_quarantine", "register_card",
        "conclude_card",
    )),
    "edited": (handled, ("record_search", "propose", "import_draft", "drop_edit", "import_draft", "send_to_review")),
    "elsewhere": (handled, (
        ("propose", given(outcome="not_ours", grounds=[], reason="该信息由县水利局制作并保存。", facts={"other_office": "云岫县水利局，电话0990-5550102"})),
        not_the_first_there, "file_elsewhere",
    )),
    "sealed": (lambda town: replied(town, service="post"), ("use_seal", "return_sealed_copy", "void_seal_use")),
    "read": (replied, (("mark_read", unread), "invite_to_read")),
    "by mail": (served, (
        5, ("record_return", on_the_day("returned_on", reason="moved")),
        ("serve_again", on_the_day("sent_on", channel="post", signed_on=None, address="云岫县东篱路9号")), ("record_signature", on_the_day("signed_on")),
    )),
    "by e-mail": (mailed, (
        "record_bounce", ("serve_again", on_the_day("sent_on", "signed_on", channel="counter")), "hand_out",
    )),
    "by e-mail, arrived": (mailed, ("record_report",)),
    "changed": (served, ("propose_change", "drop_change", ("propose_change", CORRECTED), "correct_reply")),
    "withdrawn": (served, (*REMEDY, ("propose_change", given(form="withdraw")), "withdraw_reply")),
    "before the court": (served, (
        *REMEDY, "draft_answer", "compile_evidence", "answer_remedy", "record_advice", "report_advice", ORDERED, "reopen",
    )),
    "told to answer": (handled, (("record_remedy", silence), ORDERED, "restart_term")),
    "complained of": (served, (
        "record_complaint", "decide_complaint", "report_rectification", "archive",
    )),
}  # fmt: skip


def walk(town: Town, road: str) -> Iterator[tuple[str, Callable[[], Case]]]:
    """Yield the acts of a road in order, each as its name and what does it; the doer and the arguments are ready."""
    begin, steps = ROADS[road]
    first, day = begin(town), DAY
    if first.state in ("served",):
        day = dt.date(2026, 3, 4)
    for step in steps:
        case = Case.objects.select_related("office", "handler").get(pk=first.pk)
        if isinstance(step, int):
            day += dt.timedelta(days=step)
        elif callable(step):
            step(town, case)
        else:
            act, own = (step, given()) if isinstance(step, str) else step
            yield act, _ready(act, town, case, day, own)


def _ready(act: str, town: Town, case: Case, day: dt.date, own: Given) -> Callable[[], Case]:
    people: list[Actor] = [
        *town.people.values(),
        ApplicantActor(case.pk, case.office_id),
        SystemActor("test"),
    ]
    whys = [why_not(case, act, by=one, on=day) for one in people]
    able = [one for one, why in zip(people, whys, strict=True) if why is None]
    if not able:
        said = sorted({why.message for why in whys if why is not None and why.code != "not_your_role"})
        raise AssertionError(f"nobody may {act}: {said}")
    function, fixed = function_of(act)
    taken = arguments(act, town, case, on=day, chance=Chance(0, careless=False)) | own(town, case, day)
    return lambda: function(case_id=case.pk, by=able[0], on=day, now=at(day), **fixed, **taken)


def missed() -> set[str]:
    """Name the acts that no road passes."""
    passed = {step if isinstance(step, str) else step[0] for _, steps in ROADS.values() for step in steps
              if isinstance(step, str | tuple)}  # fmt: skip
    return set(ACTS) - passed

"""The letters an act would send, composed from what was filled in, before anything is numbered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import letters
from workflow import paper_facts
from workflow.models import Consultation

Facts = Callable[[Any, Mapping[str, Any], dt.date], dict[str, Any]]


def _consultation(case: Any, data: Mapping[str, Any], on: dt.date) -> Consultation:
    return Consultation(
        case=case, kind=Consultation.Kind.THIRD, party_name=data["party_name"], subject=data["subject"],
        party_kind=data["party_kind"], concern=data["concern"], party_address=data["party_address"], sent_on=on,
    )  # fmt: skip


#: The facts of each act's letters, in the order in which the act seals them.
LETTERS: dict[str, tuple[tuple[str, Facts], ...]] = {
    "register": (("registration_receipt", lambda case, data, on: paper_facts.receipt(case, on=on)),),
    "request_supplement": ((
        "supplement_notice",
        lambda case, data, on: paper_facts.supplement(
            case, on=on, matters=data["matters"], guidance=data["guidance"], days=data["days"]
        ),
    ),),
    "communicate": (
        ("communication", lambda case, data, on: paper_facts.communication(case, on=on, matters=data["matters"])),
    ),
    "extend": ((
        "extension_notice",
        lambda case, data, on: paper_facts.extension(case, on=on, days=data["days"], reason=data["reason"]),
    ),),
    "lapse": (("lapse_notice", lambda case, data, on: paper_facts.lapse(case, on=on, finding=data["finding"])),),
    "withdraw": (("withdrawal_confirmation", lambda case, data, on: paper_facts.withdrawal(case, on=on)),),
    "consult": (
        (
            "consultation_third_party",
            lambda case, data, on: paper_facts.consultation(case, _consultation(case, data, on), on=on),
        ),
        (
            "consultation_applicant_notice",
            lambda case, data, on: paper_facts.consultation_notice(case, _consultation(case, data, on), on=on),
        ),
    ),
}  # fmt: skip


def letters_ahead(case: Any, act: str, data: Mapping[str, Any], *, on: dt.date) -> list[tuple[str, str]]:
    """Compose the letters of an act as (title, text), without number and date.

    Raises Refusal naming what a letter lacks.
    """
    made = [
        letters.compose(kind, facts(case, data, on), on=on).as_draft() for kind, facts in LETTERS.get(act, ())
    ]
    return [(composed.title, composed.text) for composed in made]

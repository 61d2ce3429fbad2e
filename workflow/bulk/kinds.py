"""What may be done to many cases at once, and which act each case then goes through."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from workflow.actions import archive, assign, extend, serve, urge, use_seal
from workflow.actions.follow_mail import record_signature
from workflow.actions.leaver import hand_over_case
from workflow.actions.serve_consultation import serve_consultation
from workflow.models import Bulk
from workflow.requests import SealData

#: Does one case: gets what every action takes and what the decision was.
Do = Callable[[dict[str, Any], Mapping[str, Any]], object]


def _assign(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return assign.assign(
        **given, unit_id=decided["unit"], handler_id=decided.get("handler"), days=decided.get("days"),
        note=decided.get("note", ""),
    )  # fmt: skip


def _urge(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    day = decided.get("answer_due_on")
    until = dt.date.fromisoformat(day) if day else None
    return urge.urge(**given, words=decided["words"], answer_due_on=until)


def _extend(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return extend.extend(**given, days=decided["days"], reason=decided["reason"])


def _hand_over(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return hand_over_case(**given, leaver_id=decided["leaver"], to_id=decided.get("to"))


def _use_seal(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    seal = SealData(decided["kind"], decided["copies"], dt.date.fromisoformat(decided["used_on"]))
    return use_seal.use_seal(**given, seal=seal, paper_ids=decided["papers"])


def _post(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    sent_on, done = dt.date.fromisoformat(decided["sent_on"]), None
    for line in decided["lines"][str(given["case_id"])]:
        one = given | {"act_id": uuid.uuid5(given["act_id"], str(line["paper"]))}
        if line.get("consultation"):
            told = {"channel": "post", "posted_on": sent_on, "tracking": line["tracking"]}
            told["which"] = line.get("which", "letter")
            done = serve_consultation(**one, **told, consultation_id=line["consultation"])
            continue
        told = {"channel": "post", "sent_on": sent_on, "tracking": line["tracking"]}
        done = (
            serve.serve(**one, **told)
            if line["reply"]
            else serve.record_delivery(**one, **told, paper_id=line["paper"])
        )
    return done


def _mail_signed(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    done = None
    for line in decided["lines"][str(given["case_id"])]:
        day = dt.date.fromisoformat(line["signed_on"])
        if line.get("consultation"):
            one = given | {"act_id": uuid.uuid5(given["act_id"], f"{line['consultation']}:{line['which']}")}
            told = {
                "channel": "post",
                "tracking": line["tracking"],
                "which": line["which"],
                "delivered_on": day,
            }
            done = serve_consultation(**one, **told, consultation_id=line["consultation"])
            continue
        one = given | {"act_id": uuid.uuid5(given["act_id"], str(line["delivery"]))}
        done = record_signature(**one, delivery_id=line["delivery"], signed_on=day, receiver=line["receiver"])
    return done


DOING: dict[str, Do] = {
    Bulk.Kind.ASSIGN: _assign,
    Bulk.Kind.URGE: _urge,
    Bulk.Kind.EXTEND: _extend,
    Bulk.Kind.ARCHIVE: lambda given, decided: archive.archive(**given),
    Bulk.Kind.HAND_OVER: _hand_over,
    Bulk.Kind.USE_SEAL: _use_seal,
    Bulk.Kind.POST: _post,
    Bulk.Kind.MAIL_SIGNED: _mail_signed,
}
#: The act of the machine behind each kind; who may do it and when, the machine says.
ACT_OF = {kind: str(kind) for kind in DOING} | {
    Bulk.Kind.POST: "serve",
    Bulk.Kind.MAIL_SIGNED: "record_signature",
}
#: How many cases one decision covers at most.
MOST = 500

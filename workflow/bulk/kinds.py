"""What may be done to many cases at once, and which act each case then goes through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from workflow.actions import archive, assign, extend, urge, use_seal
from workflow.actions.leaver import hand_over_case
from workflow.models import Bulk
from workflow.requests import SealData

#: Does one case: gets what every action takes and what the decision was.
Do = Callable[[dict[str, Any], Mapping[str, Any]], object]


def _assign(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return assign.assign(
        **given, unit_id=decided["unit"], handler_id=decided.get("handler"), days=decided.get("days"),
        note=decided.get("note", ""),
    )  # fmt: skip


def _extend(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return extend.extend(**given, days=decided["days"], reason=decided["reason"])


def _hand_over(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    return hand_over_case(**given, leaver_id=decided["leaver"], to_id=decided.get("to"))


def _use_seal(given: dict[str, Any], decided: Mapping[str, Any]) -> object:
    seal = SealData(decided["kind"], decided["copies"], dt.date.fromisoformat(decided["used_on"]))
    return use_seal.use_seal(**given, seal=seal, paper_ids=decided["papers"])


DOING: dict[str, Do] = {
    Bulk.Kind.ASSIGN: _assign,
    Bulk.Kind.URGE: lambda given, decided: urge.urge(**given, words=decided["words"]),
    Bulk.Kind.EXTEND: _extend,
    Bulk.Kind.ARCHIVE: lambda given, decided: archive.archive(**given),
    Bulk.Kind.HAND_OVER: _hand_over,
    Bulk.Kind.USE_SEAL: _use_seal,
}
#: The act of the machine behind each kind; who may do it and when, the machine says.
ACT_OF = {kind: str(kind) for kind in DOING}
#: How many cases one decision covers at most.
MOST = 500

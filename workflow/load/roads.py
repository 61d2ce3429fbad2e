"""The roads a made-up case takes: acts in order, each so many working days after its clock started."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Step:
    """One act: on which working day of the case, by whom, into which state, with which papers and event."""

    act: str
    day: int
    by: str
    state: str
    papers: tuple[str, ...] = ()
    event: str = ""
    serves: bool = False
    data: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


# Which procedural papers go out with an act.
SUPPLEMENT, EXTENSION = ("supplement_notice",), ("extension_notice",)
CONSULTATION = ("consultation_third_party", "consultation_applicant_notice")
DAYS = 15


@lru_cache(maxsize=4096)
def road(
    path: str, pace: int, lag: int, portal: bool, waits: bool, items: int, rest: int
) -> tuple[Step, ...]:
    """Lay out a whole road from submission to archive.

    ``pace`` is the working day of signature since the (last) start of the clock, ``lag`` the days from there to
    service, ``rest`` those to the archive. ``waits``: receipt is confirmed with the applicant first.
    """
    steps = [Step("submit", -1 if waits else 0, "submitter", "submitted")]
    if waits:
        steps.append(Step("confirm_receipt", 0, "intake", "submitted"))
    first = 1 if portal or waits else 0
    steps.append(Step("register", first, "intake", "registered", ("registration_receipt",), serves=True))
    steps.append(Step("assign", 1, "allocator", "handling"))
    state, base = "handling", 1
    if path in ("supplement", "lapsed"):
        steps.append(
            Step("request_supplement", 4, "handler", "supplementing", SUPPLEMENT, "supplement_notice", True)
        )
        if not portal:
            steps.append(Step("record_delivery", 5, "intake", "supplementing", data={"of": 0}))
        if path == "lapsed":
            steps.append(Step("lapse", 22, "handler", "lapsed", ("lapse_notice",), "replied", True))
            if not portal:
                steps.append(Step("record_delivery", 23, "intake", "lapsed", data={"of": 1}))
            return (*steps, Step("archive", 24 + rest, "archivist", "archived", ("archive_index",)))
        back = 5 + pace // 3
        steps.append(Step("receive_supplement", back, "intake", state, (), "supplement_received"))
        base, pace = back + 1, back + pace
    if path == "withdrawn":
        day = max(2, min(pace, 12))
        by = "submitter" if portal else "intake"
        steps.append(Step("withdraw", day, by, "withdrawn", ("withdrawal_confirmation",), "withdrawn", True))
        if not portal:
            steps.append(Step("record_delivery", day + 1, "intake", "withdrawn", data={"of": 0}))
        return (*steps, Step("archive", day + 2 + rest, "archivist", "archived", ("archive_index",)))
    if path == "consulted":
        steps.append(Step("consult", 4, "handler", state, CONSULTATION, "consultation_sent", True))
        if not portal:
            steps.append(Step("record_delivery", 5, "intake", state, data={"of": 0}))
        steps.append(Step("record_opinion", 6, "handler", state, data={"delivered": True}))
        steps.append(Step("record_opinion", 14, "handler", state, (), "opinion_received"))
        base, pace = 15, pace + 10
    if path == "extended":
        steps.append(Step("extend", 17, "head", state, EXTENSION, "extension", True))
        if not portal:
            steps.append(Step("record_delivery", 18, "intake", state, data={"of": 0}))
        base, pace = 19, pace + DAYS
    return (*steps, *_reply(base, max(pace, base), lag, items, rest, portal))


def _reply(base: int, sign: int, lag: int, items: int, rest: int, portal: bool) -> list[Step]:
    def before(days: int) -> int:
        return max(base, sign - days)

    steps = [Step("record_search", before(4), "handler", "handling")]
    steps += [
        Step("propose", before(3), "handler", "handling", data={"item": n}) for n in range(1, items + 1)
    ]
    steps.append(Step("send_to_review", before(2), "handler", "reviewing"))
    steps.append(Step("clear_secrecy", before(1), "secrecy", "reviewing"))
    steps.append(Step("clear_redaction", before(1), "redaction", "signing"))
    steps.append(Step("sign", sign, "signatory", "replied", ("reply",), "replied"))
    steps.append(Step("serve", sign + lag, "system" if portal else "intake", "served", (), "served"))
    steps.append(Step("archive", sign + lag + rest, "archivist", "archived", ("archive_index",)))
    return steps

"""Findings of the lint as a person sees them on a case: each with the act that mends it, if this person may do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from letters.lint import Finding
from workflow.selectors.case_acts import act_line

#: The acts that the lint can keep from being done.
STOPPED = frozenset({"send_to_review", "sign", "confirm_signed_sheet", "reply_at_once"})
#: By which acts a draft under review or before signature goes back to whoever wrote it.
BACK = ("decline", "send_back")
#: Fields of an item that the choice of the outcome decides before there is a form.
CHOSEN = frozenset({"outcome", "description"})


@dataclass(frozen=True)
class Step:
    """One finding with the step that mends it.

    `act` names the act whose page is opened, with `query` and the `field` to begin at; `here` is the field where it
    is on this very page. Without either, `label` says in words what is to be done, and `by` by whom.
    """

    blocks: bool
    message: str
    reason: str
    article: str
    label: str
    act: str = ""
    query: str = ""
    field: str = ""
    here: str = ""
    by: str = ""


def steps(
    case: Any, user: Any, findings: Sequence[Finding], *, on: dt.date, fields: Collection[str] = ()
) -> tuple[Step, ...]:
    """Turn findings into steps for a person.

    :param fields: the fields of the form on the page
    """
    allowed: dict[str, bool] = {}

    def may(act: str) -> bool:
        if act not in allowed:
            allowed[act] = act_line(case, act, user, on=on).allowed
        return allowed[act]

    return tuple(_step(case, finding, may, fields) for finding in findings)


def blocking(found: Sequence[Step]) -> int:
    """Count the findings that stop a signature."""
    return sum(step.blocks for step in found)


def _step(case: Any, finding: Finding, may: Any, fields: Collection[str]) -> Step:
    said: dict[str, Any] = {
        "blocks": finding.blocks, "message": finding.message, "reason": finding.reason, "article": finding.article,
        "label": finding.mend.label,
    }  # fmt: skip
    field = finding.mend.field
    if finding.mend.item is None and field in fields:
        return Step(**said, here=field)
    act, query = _act(case, finding)
    if act and may(act):
        return Step(**said, act=act, query=query, field="" if field in CHOSEN else field)
    if finding.mend.action == "office":
        return Step(**said, by="由机关管理员改正")
    back = next((name for name in BACK if may(name)), "")
    if back:
        said["label"] = f"退回承办人：{finding.mend.label}"
        return Step(**said, act=back)
    return Step(**said, by="由承办人改正" if act else "")


def _act(case: Any, finding: Finding) -> tuple[str, str]:
    """Return the act that mends a finding, and what its page is to begin with."""
    mend = finding.mend
    if mend.target.startswith("register.consultations."):
        return "assess_opinion", urlencode({"consultation": mend.target.split(".")[2]})
    if mend.target == "edited_copy":
        return "import_draft", ""
    if mend.item is None:
        return "", ""
    if mend.field == "searches":
        return "record_search", urlencode({"item_seq": mend.item})
    outcome = next((item.outcome for item in case.items_in_order() if item.seq == mend.item), "")
    if mend.field in CHOSEN or not outcome:
        return "propose", urlencode({"item_seq": mend.item})
    return "propose", urlencode({"item_seq": mend.item, "outcome": outcome})

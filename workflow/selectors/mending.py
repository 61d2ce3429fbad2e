"""Findings of the lint as a person sees them on a case: each with the act that mends it, if this person may do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from letters.lint import Finding
from office.parameters import administers
from workflow.selectors.case_acts import BACK, act_line

#: The acts that the lint can keep from being done.
STOPPED = frozenset({"send_to_review", "sign", "confirm_signed_sheet", "reply_at_once"})
#: Fields of an item that the choice of the outcome decides before there is a form.
CHOSEN = frozenset({"outcome", "description"})
#: Fields of the acts' forms that bring a fact of another name into a letter.
ASKED = {"new_due_on": "days", "original_due_on": "days", "content": "content", "total": "count"}
#: Acts that are the other way where a rule says there is one.
INSTEAD = {"late_supplement": "communicate", "second_supplement": "communicate"}
#: The pages on which an administrator mends what a letter takes from the office's data.
OFFICE_PAGES = {"seal": ("admin_room:seals", "机关印章"), "": ("admin_room:office", "机关资料")}


@dataclass(frozen=True)
class Step:
    """One finding with the step that mends it.

    `act` names the act whose page is opened, with `query` and the `field` to begin at; `here` is the field where it
    is on this very page; `page` is an administrators' page, also with `query` and `field`. Without any of them, `label`
    says in words what is to be done, and `by` by whom.
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
    page: str = ""
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

    return tuple(_step(case, user, finding, may, fields) for finding in findings)


def blocking(found: Sequence[Step]) -> int:
    """Count the findings that stop a signature."""
    return sum(step.blocks for step in found)


def _step(case: Any, user: Any, finding: Finding, may: Any, fields: Collection[str]) -> Step:
    said: dict[str, Any] = {
        "blocks": finding.blocks, "message": finding.message, "reason": finding.reason, "article": finding.article,
        "label": finding.mend.label,
    }  # fmt: skip
    field = finding.mend.field
    if finding.mend.target.startswith("office."):
        return _office_step(case, user, field, said)
    here = next((name for name in (field, ASKED.get(field, "")) if name in fields), "")
    if finding.mend.item is None and here:
        return Step(**said, here=here)
    act, query = _act(case, finding)
    if act and may(act):
        return Step(**said, act=act, query=query, field="" if field in CHOSEN else field)
    back = next((name for name in BACK if may(name)), "")
    if back:
        said["label"] = f"退回承办人：{finding.mend.label}"
        return Step(**said, act=back)
    return Step(**said, by="由承办人改正" if act else "")


def _office_step(case: Any, user: Any, field: str, said: dict[str, Any]) -> Step:
    """Lead an administrator to the office's data or its seals, and tell everybody else who mends them where."""
    page, name = OFFICE_PAGES.get(field, OFFICE_PAGES[""])
    if administers(user, case.office):
        query = urlencode({"office": case.office_id})
        return Step(**said, page=page, query=query, field="" if field == "seal" else field)
    return Step(**said, by=f"由机关管理员在「{name}」页面改正")


def _act(case: Any, finding: Finding) -> tuple[str, str]:
    """Return the act that mends a finding, and what its page is to begin with."""
    mend = finding.mend
    if mend.target.startswith("register.consultations."):
        return "assess_opinion", urlencode({"consultation": mend.target.split(".")[2]})
    if mend.target == "edited_copy":
        return "import_draft", ""
    if finding.rule in INSTEAD:
        return INSTEAD[finding.rule], ""
    if mend.item is None:
        # What the system itself writes is right; words that are not come from an edited copy.
        return ("import_draft" if case.current_edit() is not None else ""), ""
    if mend.field == "searches":
        return "record_search", urlencode({"item_seq": mend.item})
    outcome = next((item.outcome for item in case.items_in_order() if item.seq == mend.item), "")
    if mend.field in CHOSEN or not outcome:
        return "propose", urlencode({"item_seq": mend.item})
    return "propose", urlencode({"item_seq": mend.item, "outcome": outcome})

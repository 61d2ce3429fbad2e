"""Transfer: assign, reassign, take."""

from __future__ import annotations

from typing import Any

from workflow.actions import assign, take
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice
from workflow.selectors import choices


class AssignForm(ActForm):
    """To which unit, and to whom if that is known."""

    unit = choice("承办科室")
    handler = choice("承办人", "不指定的，由科室承办人自行领办", required=False)
    note = area("分办意见", required=False, rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the office's units and handlers."""
        self.fields["unit"].choices = [("", "请选择"), *choices.units(case)]
        self.fields["handler"].choices = [("", "由科室领办"), *choices.handlers(case, on=self.doing.on)]
        if case.unit_id:
            self.fields["unit"].initial = case.unit_id
            self.fields["handler"].initial = case.handler_id


class ReassignForm(AssignForm):
    """To whom else, and why."""

    note = area("改派的原因", rows=2)


def _to(data: dict[str, Any]) -> dict[str, Any]:
    handler = data.get("handler")
    return {
        "unit_id": int(data["unit"]), "handler_id": int(handler) if handler else None, "note": text(data, "note")
    }  # fmt: skip


def _assign(doing: Doing, data: dict[str, Any]) -> object:
    return assign.assign(**doing.given(), **_to(data))


def _reassign(doing: Doing, data: dict[str, Any]) -> object:
    return assign.reassign(**doing.given(), **_to(data))


PAGES = (
    ActPage("assign", _assign, AssignForm, verb="分办"),
    ActPage("reassign", _reassign, ReassignForm, verb="改派"),
    ActPage("take", lambda doing, data: take.take(**doing.given()), verb="领办"),
)

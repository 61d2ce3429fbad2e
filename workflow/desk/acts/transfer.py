"""Transfer: assign, reassign, name_handler, take, take_over, accept, release, return_assignment."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks
from workflow import house_terms
from workflow.actions import accept, assign, leaver, release, return_assignment, take
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice
from workflow.handing import Asked
from workflow.selectors import choices


def term(label: str, help_text: str = "") -> forms.IntegerField:
    """Make a field for an internal term of working days."""
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=1, max_value=60, required=False,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip


class AssignForm(ActForm):
    """Which unit leads, which others take part, and by when the house wants it."""

    unit = choice("牵头科室")
    handler = choice("承办人", "不指定的，由科室承办人自行领办", required=False)
    days = term("牵头科室的内部期限（工作日）", "只用于内部催办，不改变答复期限")
    co_units = forms.MultipleChoiceField(
        label="协办科室", help_text="需要其他科室提供情况的才选", required=False, widget=Checks()
    )
    matter = area("请协办科室做什么", required=False, rows=2)
    co_days = term("协办科室的内部期限（工作日）")
    note = area("分办意见", required=False, rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the office's units and handlers, and begin with the house's terms."""
        _units_and_handlers(self, case)
        self.fields["days"].initial = house_terms.days(
            "transfer.lead_days", office=case.office, on=self.doing.on
        )
        self.fields["co_days"].initial = house_terms.days(
            "transfer.co_days", office=case.office, on=self.doing.on
        )
        self.fields["co_units"].choices = choices.units(case)

    def clean(self) -> dict[str, Any]:
        """Want to know what a unit is asked for."""
        data = super().clean()
        if data.get("co_units") and not text(data, "matter"):
            self.add_error("matter", "请写明请协办科室做什么")
        return data


class ReassignForm(ActForm):
    """To whom else, and why."""

    unit = choice("牵头科室")
    handler = choice("承办人", "不指定的，由科室承办人自行领办", required=False)
    days = term("内部期限（工作日）", "不填的，换科室按本机关的规定，换人沿用原来的")
    note = area("改派的原因", rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the office's units and handlers."""
        _units_and_handlers(self, case)


class NameForm(ActForm):
    """Which handler of the own unit."""

    handler = choice("承办人")
    note = area("交办意见", required=False, rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the unit's handlers."""
        self.fields["handler"].choices = [
            ("", "请选择"), *choices.handlers_of(case, case.unit_id, on=self.doing.on)
        ]  # fmt: skip


class ReasonForm(ActForm):
    """Why."""

    reason = area("原因", "记入经过，交接的人都看得到", rows=2)


class ReturnForm(ActForm):
    """Why it is not of this unit, and whose it is."""

    reason = area("退回的理由", "为什么不属于本科室，您认为应当由谁承办", rows=3)


class HandOverForm(ActForm):
    """Who takes over what lies with somebody who has left."""

    to = choice("接手人", "不指定的、不是该科室承办人的，放回科室等待领办", required=False)

    def prepare(self, case: Any) -> None:
        """Offer the office's handlers."""
        self.fields["to"].choices = [("", "不指定，放回科室"), *choices.handlers(case, on=self.doing.on)]


def _units_and_handlers(form: Any, case: Any) -> None:
    form.fields["unit"].choices = [("", "请选择"), *choices.units(case)]
    form.fields["handler"].choices = [("", "由科室领办"), *choices.handlers(case, on=form.doing.on)]
    if case.unit_id:
        form.fields["unit"].initial = case.unit_id
        form.fields["handler"].initial = case.handler_id


def _number(value: Any) -> int | None:
    return int(value) if value else None


def _to(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit_id": int(data["unit"]), "handler_id": _number(data.get("handler")), "days": data.get("days"),
        "note": text(data, "note"),
    }  # fmt: skip


def _hand_over(doing: Doing, data: dict[str, Any]) -> object:
    given = doing.given()
    given.pop("expected_version")
    return leaver.hand_over_case(
        **given, leaver_id=choices.leavers(doing.case)[0], to_id=_number(data.get("to"))
    )


def _assign(doing: Doing, data: dict[str, Any]) -> object:
    co = [Asked(int(unit), matter=text(data, "matter"), days=data["co_days"]) for unit in data["co_units"]]
    return assign.assign(**doing.given(), **_to(data), co=co)


def _reassign(doing: Doing, data: dict[str, Any]) -> object:
    return assign.reassign(**doing.given(), **_to(data))


def _name(doing: Doing, data: dict[str, Any]) -> object:
    return assign.name_handler(**doing.given(), handler_id=int(data["handler"]), note=text(data, "note"))


PAGES = (
    ActPage("assign", _assign, AssignForm, verb="分办"),
    ActPage("reassign", _reassign, ReassignForm, verb="改派"),
    ActPage("name_handler", _name, NameForm, verb="指定承办人"),
    ActPage("take", lambda doing, data: take.take(**doing.given()), verb="领办"),
    ActPage(
        "take_over", lambda doing, data: take.take_over(**doing.given(), reason=data["reason"]), ReasonForm,
        verb="接办",
    ),
    ActPage("accept", lambda doing, data: accept.accept(**doing.given()), verb="接收"),
    ActPage(
        "release", lambda doing, data: release.release(**doing.given(), reason=data["reason"]), ReasonForm,
        verb="放回科室",
    ),
    ActPage(
        "return_assignment",
        lambda doing, data: return_assignment.return_assignment(**doing.given(), reason=data["reason"]),
        ReturnForm, verb="退回分办",
    ),
    ActPage("hand_over", _hand_over, HandOverForm, verb="移交"),
)  # fmt: skip

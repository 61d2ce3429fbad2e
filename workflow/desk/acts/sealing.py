"""The seal: use_seal, return_sealed_copy, void_seal_use."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Checks, Radios
from workflow.actions import use_seal
from workflow.actions.use_seal import MOST_COPIES
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day
from workflow.desk.uploads import FileField, file_data
from workflow.requests import SealData
from workflow.selectors import choices_after as choices
from workflow.selectors.papers import reply_of


def copies() -> forms.IntegerField:
    """Make the field for the number of sealed copies."""
    return forms.IntegerField(
        label="用印份数", min_value=1, max_value=MOST_COPIES, initial=2, help_text="送达一份、存卷一份的，填 2",
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip


def reply_waits(case: Any) -> bool:
    """Tell whether the reply of a case waits for its seal."""
    reply = reply_of(case)
    return reply is not None and reply.waits_for_seal


class SealForm(ActForm):
    """Which papers, which seal, how many copies."""

    papers = forms.MultipleChoiceField(label="文书", widget=Checks())
    seal_kind = forms.ChoiceField(label="印章", choices=choices.SEAL_KINDS, initial="office", widget=Radios())
    seal_copies = copies()
    seal_used_on = day("用印日期")
    scan = FileField(label="盖章件扫描件", required=False, help_text="没有的，以后用「登记盖章件存卷」补登")

    def prepare(self, case: Any) -> None:
        """Offer what waits, all of it ticked."""
        self.fields["papers"].choices = choices.to_seal(case)
        self.fields["papers"].initial = [pk for pk, _ in choices.to_seal(case)]


class CopyForm(ActForm):
    """What became of the sealed copy."""

    use = choice("哪一次用印")
    returned_on = day("存卷日期")
    scan = FileField(label="盖章件扫描件", required=False, help_text="纸质件退回存卷的不用上传")

    def prepare(self, case: Any) -> None:
        """Offer the uses on record."""
        self.fields["use"].choices = choices.seal_uses(case)


class VoidUseForm(ActForm):
    """Which use, and why."""

    use = choice("哪一次用印")
    reason = area("作废的理由", "写进用印登记簿", rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the uses on record."""
        self.fields["use"].choices = choices.seal_uses(case)


def _use(doing: Doing, data: dict[str, Any]) -> object:
    scan = file_data(data.get("scan"), kind="sealed")
    seal = SealData(data["seal_kind"], data["seal_copies"], data["seal_used_on"], scan)
    return use_seal.use_seal(**doing.given(), seal=seal, paper_ids=[int(pk) for pk in data["papers"]])


def _copy(doing: Doing, data: dict[str, Any]) -> object:
    scan = file_data(data.get("scan"), kind="sealed")
    given = {"use_id": int(data["use"]), "returned_on": data["returned_on"]}
    return use_seal.return_sealed_copy(**doing.given(), **given, scan=scan)


PAGES = (
    ActPage("use_seal", _use, SealForm, verb="登记用印"),
    ActPage("return_sealed_copy", _copy, CopyForm, verb="登记存卷"),
    ActPage(
        "void_seal_use",
        lambda doing, data: use_seal.void_seal_use(**doing.given(), use_id=int(data["use"]), reason=text(data, "reason")),
        VoidUseForm, verb="作废用印登记",
    ),
)  # fmt: skip

"""Review and signature: clear_*, send_back, sign, decline, and the signed sheet on paper."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Radios
from workflow.actions import enter_signed_sheet, review, sign
from workflow.desk.acts.base import ActPage, Do, Doing
from workflow.desk.forms import ActForm, area, choice, day
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import choices

MATCHES = [("yes", "与扫描件相符"), ("no", "不相符")]


class SeenForm(ActForm):
    """An act on a draft that has been read: it carries the hash of the very text on the page."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput)

    def prepare(self, case: Any) -> None:
        """Begin with the hash of the draft shown."""
        draft = case.current_draft()
        self.fields["seen_sha256"].initial = draft.body_sha256 if draft else ""


class SignForm(SeenForm):
    """Sign what has been read."""


class OpinionForm(SeenForm):
    """A reviewer's opinion."""

    opinion = area("审查意见", rows=3)

    def prepare(self, case: Any) -> None:
        """Offer the usual words; the reviewer makes them fit."""
        super().prepare(case)
        self.fields["opinion"].initial = "经审查，文稿不含不得公开的内容，同意。"


class SecrecyForm(OpinionForm):
    """The secrecy reviewer's opinion."""

    def prepare(self, case: Any) -> None:
        """Offer the usual words."""
        super().prepare(case)
        self.fields["opinion"].initial = "经保密审查，文稿及拟公开内容不涉及国家秘密，同意。"


class RedactionForm(OpinionForm):
    """The redaction reviewer's opinion."""

    def prepare(self, case: Any) -> None:
        """Offer the usual words."""
        super().prepare(case)
        self.fields["opinion"].initial = "经审查，涉及的个人信息已作去标识化处理，同意。"


class LegalForm(OpinionForm):
    """The legal reviewer's opinion."""

    def prepare(self, case: Any) -> None:
        """Offer the usual words."""
        super().prepare(case)
        self.fields["opinion"].initial = "经审核，依据正确、理由充分、救济告知无误，同意。"


class ReasonForm(ActForm):
    """Why the draft goes back."""

    reason = area("退回的理由", "写给承办人看：哪里要改、为什么")
    edited_copy = FileField(
        label="改好的工作稿（docx）", required=False,
        help_text="直接改了文字的，附上从案件页“下载工作稿”得到、改好的文件；承办人对照后用它重新送审，签发的仍是系统排版的文书",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip


class SheetForm(ActForm):
    """Who signed on paper, on which day, and the scan."""

    signer = choice("签批人")
    signed_on = day("手写签批日期", "以呈批单上手写的日期为准，它将是答复书的成文日期")
    scan = FileField(label="呈批单扫描件", help_text="PDF 或者图片，应当看得清签名和日期")

    def prepare(self, case: Any) -> None:
        """Offer the office's signatories."""
        self.fields["signer"].choices = [("", "请选择"), *choices.signatories(case, on=self.doing.on)]


class SheetCheckForm(ActForm):
    """Whether what was entered is what the scan shows."""

    matches = forms.ChoiceField(
        label="签批人、日期、意见和所批文稿", choices=MATCHES, widget=Radios(),
        help_text="请打开扫描件逐项核对；不相符的不要确认",
    )  # fmt: skip


def _clear(kind: str) -> Do:
    def do(doing: Doing, data: dict[str, Any]) -> object:
        return review.clear(
            **doing.given(), kind=kind, opinion=data["opinion"], seen_sha256=data["seen_sha256"]
        )

    return do


def _back(data: dict[str, Any]) -> dict[str, Any]:
    return {"reason": data["reason"], "edited_copy": file_data(data.get("edited_copy"), kind="other")}


def _enter(doing: Doing, data: dict[str, Any]) -> object:
    scan = file_data(data["scan"], kind="signed_sheet")
    assert scan is not None  # the field is required
    return enter_signed_sheet.enter_signed_sheet(
        **doing.given(), signer_id=int(data["signer"]), signed_on=data["signed_on"], scan=scan
    )


def _check(doing: Doing, data: dict[str, Any]) -> object:
    return sign.confirm_signed_sheet(**doing.given(), matches=data["matches"] == "yes")


PAGES = (
    ActPage(
        "clear_secrecy", _clear("secrecy"), SecrecyForm, verb="保密审查通过", one_page=True, shows="draft", instead="send_back"
    ),
    ActPage(
        "clear_redaction", _clear("redaction"), RedactionForm, verb="去标识化审查通过", one_page=True, shows="draft", instead="send_back"
    ),
    ActPage("clear_legal", _clear("legal"), LegalForm, verb="法制审核通过", one_page=True, shows="draft", instead="send_back"),
    ActPage(
        "send_back", lambda doing, data: review.send_back(**doing.given(), **_back(data)), ReasonForm, verb="退回承办人",
    ),
    ActPage(
        "decline", lambda doing, data: review.decline(**doing.given(), **_back(data)), ReasonForm, verb="退回修改",
    ),
    ActPage(
        "sign", lambda doing, data: sign.sign(**doing.given(), seen_sha256=data["seen_sha256"]), SignForm,
        verb="签发并编号", one_page=True, shows="draft", instead="decline",
    ),
    ActPage("enter_signed_sheet", _enter, SheetForm, verb="录入签批", shows="sheet"),
    ActPage("confirm_signed_sheet", _check, SheetCheckForm, verb="核对无误，签发并编号", one_page=True, shows="draft"),
)  # fmt: skip

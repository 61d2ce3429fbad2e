"""Nature and kin: judge_nature, split_item, refer, link_copy, file_elsewhere, and the answer on the spot."""

from __future__ import annotations

from typing import Any

from django import forms

from law import nature
from law.errors import BadFacts
from office.web.forms import Radios
from workflow.actions import file_elsewhere, judge_nature, refer, reply_at_once, split_item
from workflow.conditions_before import ON_THE_SPOT
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.acts.propose import ChooseForm, ProposeForm, outcome_choices
from workflow.desk.forms import ActForm, area, choice, line
from workflow.desk.uploads import FileField, file_data
from workflow.kinds import ForeignDesk
from workflow.selectors import choices

NAMES = {"petition": "信访局", "hotline": "12345政务服务便民热线", "other": ""}


class NatureForm(ActForm):
    """The tree, one question after another; each page shows what was answered and asks the next."""

    item_seq = choice("哪一项")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self, case: Any) -> None:
        """Ask as far as the answers lead, and show the finding at the end."""
        self.fields["item_seq"].choices = choices.items(case)
        source = self.data if self.is_bound else self.initial
        given = {code: str(source.get(f"q_{code}") or "") for code in nature.tree().questions}
        try:
            self.way = nature.walk(given)
        except BadFacts as wrong:
            self.way = nature.walk({code: "" if code == wrong.field else a for code, a in given.items()})
        asked = [step.question for step in self.way.steps]
        for question in [*asked, *([self.way.question] if self.way.question else [])]:
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=question.text, choices=[(a.code, a.text) for a in question.answers], widget=Radios(),
                help_text="　".join(filter(None, (question.help, f"依据：{question.article}"))),
            )  # fmt: skip
        if self.way.finding:
            self._show(self.way.finding)

    def _show(self, found: nature.Finding) -> None:
        search = "仍应检索本机关自己保存的信息。" if found.search else ""
        self.fields["result"] = forms.CharField(
            label="研判结论", disabled=True, initial=found.label,
            help_text=f"{found.advice}{search}（{found.article}）",
        )  # fmt: skip
        self.fields["note"] = area("补充说明", required=False, rows=2)
        if not self.is_bound:
            self.initial["seen"] = found.code

    def unfinished(self) -> bool:
        """Tell whether a question is open, or the finding has not been on the page yet."""
        return self.way.finding is None or self.data.get("seen") != self.way.finding.code

    def go_on(self) -> dict[str, Any]:
        """Return what the next page of the same form begins with."""
        return {name: self.data[name] for name in self.data if name.startswith("q_") or name == "item_seq"}

    def answers(self) -> dict[str, str]:
        """Return the answers on the way."""
        return {step.question.code: step.answer.code for step in self.way.steps}


class SplitForm(ActForm):
    """The parts of one item, one a line."""

    item_seq = choice("拆分哪一项")
    parts = area("拆成", "一行一项，照申请人的原话；原文留存在经过里", rows=6)

    def prepare(self, case: Any) -> None:
        """Begin with the item's own words."""
        self.fields["item_seq"].choices = choices.items(case)
        rows = case.items_in_order()
        if rows:
            self.fields["parts"].initial = rows[0].description

    def clean(self) -> dict[str, Any]:
        """Want two parts at least."""
        data = super().clean()
        lines = [part for part in text(data, "parts").splitlines() if part.strip()]
        if "parts" in data and len(lines) < 2:
            self.add_error("parts", "请至少拆成两项，每行一项")
        return data | {"lines": lines}


class ReferForm(ActForm):
    """Which item goes to whom."""

    item_seq = choice("移送哪一项")
    desk = forms.ChoiceField(label="去向", choices=ForeignDesk.choices, widget=Radios(), initial="petition")
    to_name = line("接收单位", "写全称，如 云岫县信访局", most=120)
    number = line(
        "对方受理编号", "还没有的，以后用「登记移送编号」补登", required=False, width="w-20", most=60
    )

    def prepare(self, case: Any) -> None:
        """Offer the items that were judged to be another body's matter."""
        self.fields["item_seq"].choices = choices.foreign_items(case)


class NumberForm(ActForm):
    """The number at the other body."""

    item_seq = choice("哪一项")
    number = line("对方受理编号", width="w-20", most=60)

    def prepare(self, case: Any) -> None:
        """Offer the hand-overs without a number."""
        self.fields["item_seq"].choices = choices.handed_over(case)


class FileElsewhereForm(ActForm):
    """Which item goes to which office, and how the applicant agreed."""

    item_seq = choice("哪一项")
    office = choice("负责机关", "作为该机关的新申请，由其登记、出具回执，期限另行计算")
    consent = area("申请人同意的经过", "何时、以何种方式同意；没有同意的，不能代为提出", rows=2)
    proof = FileField(label="同意的凭证", required=False, help_text="短信、邮件截图或者签名的同意书")

    def prepare(self, case: Any) -> None:
        """Offer the items that are another office's."""
        rows = [(item.seq, label) for item, label in choices.items_with(case, "not_ours")]
        self.fields["item_seq"].choices = rows
        self.fields["office"].choices = [("", "请选择"), *choices.other_offices(case)]


class CopyForm(ActForm):
    """Which case of another office is a copy of the same letter."""

    other = choice("其他机关的同一来信", "只列出同一申请人近期向其他机关提出的申请")

    def prepare(self, case: Any) -> None:
        """Offer what the same applicant has asked of other offices lately."""
        self.fields["other"].choices = choices.copies(case)


class ChooseAtOnceForm(ChooseForm):
    """Which item, which outcome of those that may be told on the spot."""

    def prepare(self, case: Any) -> None:
        """Leave only what discloses nothing new."""
        super().prepare(case)
        fast = [
            (family, kept)
            for family, rows in outcome_choices()
            if (kept := [row for row in rows if row[0] in ON_THE_SPOT])
        ]
        self.fields["outcome"].choices = [("", "请选择"), *fast]


def _judge(doing: Doing, data: dict[str, Any]) -> object:
    answers = {name.removeprefix("q_"): str(given) for name, given in data.items() if name.startswith("q_")}
    return judge_nature.judge_nature(
        **doing.given(), item_seq=int(data["item_seq"]), answers=answers, note=text(data, "note")
    )


def _split(doing: Doing, data: dict[str, Any]) -> object:
    return split_item.split_item(**doing.given(), item_seq=int(data["item_seq"]), parts=data["lines"])


def _refer(doing: Doing, data: dict[str, Any]) -> object:
    return refer.refer(
        **doing.given(), item_seq=int(data["item_seq"]), desk=data["desk"], to_name=data["to_name"],
        number=text(data, "number"),
    )  # fmt: skip


def _number(doing: Doing, data: dict[str, Any]) -> object:
    return refer.note_referral(**doing.given(), item_seq=int(data["item_seq"]), number=data["number"])


def _file(doing: Doing, data: dict[str, Any]) -> object:
    return file_elsewhere.file_elsewhere(
        **doing.given(), item_seq=int(data["item_seq"]), office_id=int(data["office"]), consent=data["consent"],
        proof=file_data(data.get("proof"), kind="authority"),
    )  # fmt: skip


def _at_once(doing: Doing, data: dict[str, Any]) -> object:
    return reply_at_once.propose_at_once(
        **doing.given(), item_seq=data["item_seq"], outcome=data["outcome"], grounds=data["all_grounds"],
        reason=text(data, "reason"), facts=data["facts"],
    )  # fmt: skip


PAGES = (
    ActPage("judge_nature", _judge, NatureForm, verb="下一步"),
    ActPage("split_item", _split, SplitForm, verb="拆分"),
    ActPage("refer", _refer, ReferForm, verb="移送"),
    ActPage("note_referral", _number, NumberForm, verb="登记编号"),
    ActPage(
        "link_copy",
        lambda doing, data: file_elsewhere.link_copy(**doing.given(), other_id=int(data["other"])),
        CopyForm,
        verb="关联",
    ),
    ActPage("propose_at_once", _at_once, ProposeForm, verb="拟定当场答复", choose=ChooseAtOnceForm),
    ActPage(
        "reply_at_once",
        lambda doing, data: reply_at_once.reply_at_once(**doing.given()),
        verb="当场签发",
        one_page=True,
    ),
    ActPage("file_elsewhere", _file, FileElsewhereForm, verb="代为提出", one_page=True),
)  # fmt: skip

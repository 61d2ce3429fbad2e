"""The secrecy review of one document: begun, spoken for level by level, put to whoever can tell."""

from __future__ import annotations

from typing import Any

from django import forms

from law.gid.art17_review import Doubt
from office.web.forms import Radios
from workflow.actions import refer_holding, review_holding
from workflow.actions.review_holding import Weighed
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.acts.holdings import OneForm
from workflow.desk.forms import area, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.holding_kinds import Conclusion, Decision, Term
from workflow.review import levels
from workflow.selectors import holdings

APPLIES = [("no", "不适用"), ("yes", "适用")]
DECISIONS = [(Decision.AGREE.value, "同意"), (Decision.RETURN.value, "不同意，退回承办人")]


class WeighForm(OneForm):
    """Every provision ticked with its basis, the term, content, timing and manner, the conclusion."""

    term = forms.ChoiceField(label="保密期限的状态", choices=Term.choices, widget=Radios())
    term_note = line(
        "期限说明",
        "原为国家秘密的必填：解密不等于可以公开，写明解密后为何可以或者不可以公开",
        required=False,
        width="w-30",
        most=300,
    )
    content = area("内容和表述", "有没有不宜公开的内容、容易引起误解的表述", rows=2)
    timing = area("公开的时机", "现在公开是否合适", rows=2)
    manner = area(
        "公开的方式", "提供给谁、以什么方式；与已经公开的合在一起会不会泄露秘密或者认出个人", rows=2
    )
    conclusion = forms.ChoiceField(label="结论", choices=Conclusion.choices, widget=Radios())
    opinion = area("初审意见", rows=2)
    conditional = ("term_note",)

    def about(self, document: Any) -> None:
        """Put one line for each provision of articles 14 to 16 before the rest."""
        order = ["holding_id", "seen_sha256"]
        for code, provision, covers in levels.lines():
            self.fields[f"holds_{code}"] = forms.ChoiceField(
                label=f"{provision}：{covers}", choices=APPLIES, widget=Radios(inline=True)
            )
            self.fields[f"basis_{code}"] = line(f"依据：{covers}", width="w-30", most=300)
            order += [f"holds_{code}", f"basis_{code}"]
        self.order_fields(order)
        if document.secrecy != "declassified":
            self.fields["term"].initial = Term.NEVER


class LevelForm(OneForm):
    """What the level whose turn it is says."""

    decision = forms.ChoiceField(label="意见", choices=DECISIONS, widget=Radios())
    opinion = area("审查意见", rows=3)

    def about(self, document: Any) -> None:
        """Show what has been said so far."""
        self.record = holdings.review_record(document)


class ReferForm(OneForm):
    """To whom, and what is asked."""

    to = forms.ChoiceField(
        label="报请对象", choices=[(doubt.value, doubt.label) for doubt in Doubt], widget=Radios()
    )
    authority = line("机关名称", most=120)
    question = area("报请确定的事项", "一行一项；只写问题，不要抄录可能涉密的内容", rows=4)


class AnswerForm(OneForm):
    """What came back."""

    answer = forms.ChoiceField(
        label="答复的结论", widget=Radios(),
        choices=[("disclose", "可以公开"), ("refuse", "不得公开"), ("classified", "属于国家秘密（材料随即隔离）")],
    )  # fmt: skip
    number = line("复函文号", required=False, width="w-20", most=100)
    answered_on = day("答复日期")
    summary = area("复函要点", "不要抄录可能涉密的内容", rows=3)
    answer_file = FileField(label="复函", required=False, help_text="复函本身涉密的不要上传")


def _begin(doing: Doing, data: dict[str, Any]) -> object:
    ticks = {
        code: (data[f"holds_{code}"] == "yes", text(data, f"basis_{code}")) for code, _, _ in levels.lines()
    }
    names = ("term", "content", "timing", "manner", "conclusion", "opinion", "term_note")
    weighed = Weighed(ticks=ticks, **{name: text(data, name) for name in names})
    return review_holding.begin_holding_review(
        **doing.given(), holding_id=int(data["holding_id"]), seen_sha256=data["seen_sha256"], weighed=weighed
    )


def _level(doing: Doing, data: dict[str, Any]) -> object:
    return review_holding.review_holding(
        **doing.given(), holding_id=int(data["holding_id"]), seen_sha256=data["seen_sha256"], decision=data["decision"],
        opinion=data["opinion"],
    )  # fmt: skip


def _refer(doing: Doing, data: dict[str, Any]) -> object:
    return refer_holding.refer_holding(
        **doing.given(), holding_id=int(data["holding_id"]), to=data["to"], authority=data["authority"],
        question=data["question"],
    )  # fmt: skip


def _answer(doing: Doing, data: dict[str, Any]) -> object:
    return refer_holding.record_determination(
        **doing.given(), holding_id=int(data["holding_id"]), answer=data["answer"], number=text(data, "number"),
        summary=data["summary"], answered_on=data["answered_on"], answer_file=file_data(data.get("answer_file"), kind="opinion"),
    )  # fmt: skip


PAGES = (
    ActPage("begin_holding_review", _begin, WeighForm, verb="签署初审意见，送下一级"),
    ActPage("review_holding", _level, LevelForm, verb="签署意见"),
    ActPage("refer_holding", _refer, ReferForm, verb="发出报请确定函"),
    ActPage("record_determination", _answer, AnswerForm, verb="登记确定意见"),
)

"""Propose an outcome for one item: choose the outcome first, then only the fields it needs."""

from __future__ import annotations

from typing import Any

from django import forms

from law.gid.art10_responsible import Responsible
from law.gid.art14_forbidden import may_cite_other_law, needs_other_law
from law.gid.art36_reply import facts_needed, needs_reason
from law.grounds import grounds_for
from law.outcomes import Outcome
from office.web.forms import Checks
from workflow.actions import propose
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, line
from workflow.outcome_facts import WORDS
from workflow.selectors import choices

FAMILIES = {
    "grant": "公开", "partial": "部分公开", "refuse": "不予公开", "unable": "无法提供", "not_handled": "不予处理",
    "other": "其他",
}  # fmt: skip
OTHER_LAW = "other_law"
LABELS = {
    "provided": "公开的内容和方式", "where": "获取的方式、途径", "withheld": "不予公开的部分",
    "inseparable": "能否区分处理", "discretion": "为什么选择不公开", "other_office": "负责公开的机关和联系方式",
    "earlier_number": "此前答复的文号", "query_way": "办理的依据和途径",
}  # fmt: skip


def outcome_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the outcomes a handler may propose, by family."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for outcome in propose.CLERK_OUTCOMES:
        label = f"{outcome.label}（{outcome.article}）" if outcome.article else outcome.label
        groups.setdefault(FAMILIES[outcome.family], []).append((outcome.value, label))
    return list(groups.items())


class ChooseForm(ActForm):
    """Which item, which outcome."""

    item_seq = choice("哪一项")
    outcome = forms.ChoiceField(
        label="处理结果", help_text="每一项单独处理；选定后再填这种结果需要写明的内容",
        widget=forms.Select(attrs={"class": "w-30"}),
    )  # fmt: skip

    def prepare(self, case: Any) -> None:
        """Begin with the first item that has no proposal."""
        self.fields["item_seq"].choices = choices.items(case)
        self.fields["outcome"].choices = [("", "请选择"), *outcome_choices()]
        open_items = [item.seq for item in case.items_in_order() if not item.outcome]
        self.fields["item_seq"].initial = open_items[0] if open_items else None


class ProposeForm(ActForm):
    """What the chosen outcome must say; which fields there are follows from the outcome."""

    item_seq = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.CharField(widget=forms.HiddenInput)

    def prepare(self, case: Any) -> None:
        """Add the fields of the outcome, filled with what was proposed before."""
        source = self.data if self.is_bound else self.initial
        self.chosen = str(source.get("outcome") or "")
        seq = str(source.get("item_seq") or "")
        self.item = choices.item(case, int(seq)) if seq.isdecimal() else None
        if self.chosen not in propose.CLERK_OUTCOMES:
            return
        decided = Outcome(self.chosen)
        self.chosen_label = f"{decided.label}（{decided.article}）" if decided.article else decided.label
        self._grounds()
        for name in facts_needed(decided):
            self.fields[name] = area(LABELS[name], WORDS[name].removeprefix("请"), rows=3)
        if "other_office" in self.fields:
            who = "、".join(organ.label for organ in Responsible)
            self.fields["other_office"].help_text += f"；条例第十条：视信息的来源，由{who}负责"
        reasoned = needs_reason(decided)
        # The words of a petition's reply carry no way of query unless one is given.
        self.fields["reason"] = area(
            "理由",
            "写事实和理由，不能只引用条文" if reasoned else "需要补充说明的",
            required=reasoned,
            rows=4,
        )
        if self.chosen == Outcome.PARTIAL:
            self.fields["discretion"] = area(
                LABELS["discretion"], "依据第十六条的必填：" + WORDS["discretion"], required=False, rows=3
            )
        if self.chosen == Outcome.NOT_OURS:
            self.fields["responsible"] = choice(
                "负责公开的机关",
                "本平台的机关，名称和联系方式写进答复书；不在名单中的，在下面填写",
                required=False,
            )
            self.fields["responsible"].choices = [("", "不在名单中"), *choices.other_offices(case)]
            self.fields["other_office"].required = False
            self.order_fields(["item_seq", "outcome", "responsible", "other_office"])
        if self.chosen == Outcome.PETITION:
            self.fields["query_way"] = area(
                "可以提出的渠道", "如信访、投诉举报的受理部门", required=False, rows=2
            )
        self._by_marks(case)
        self._earlier()

    def _by_marks(self, case: Any) -> None:
        """Begin with what the marks on the documents say: their grounds, and the parts withheld."""
        told = (
            choices.marked(case).get(self.item.seq) if self.item and self.chosen == Outcome.PARTIAL else None
        )
        if told is None:
            return
        self.fields["grounds"].initial = [g for g in told.grounds if g.startswith("条例")]
        self.fields["withheld"].initial = told.withheld
        if OTHER_LAW in self.fields:
            self.fields[OTHER_LAW].initial = "、".join(g for g in told.grounds if not g.startswith("条例"))

    def _grounds(self) -> None:
        offered = [(ground.name, f"{ground.name}（{ground.covers}）") for ground in grounds_for(self.chosen)]
        if not offered:
            return
        initial = [offered[0][0]] if len(offered) == 1 else []
        self.fields["grounds"] = forms.MultipleChoiceField(
            label="依据的条款", choices=offered, widget=Checks, initial=initial, required=True
        )
        self.fields["grounds"].error_messages["required"] = "请选择不予公开所依据的条款"
        if may_cite_other_law(self.chosen):
            self.fields[OTHER_LAW] = line(
                "其他法律、行政法规的条款",
                "如《中华人民共和国测绘法》第四十七条",
                required=needs_other_law(self.chosen),
            )

    def _earlier(self) -> None:
        """Begin with the words of an earlier proposal of the same outcome."""
        if self.item is None or self.item.outcome != self.chosen:
            return
        known = {**self.item.facts, "reason": self.item.reason, "grounds": self.item.grounds}
        others = [ground for ground in self.item.grounds if not ground.startswith("条例")]
        known[OTHER_LAW] = "、".join(others)
        for name, value in known.items():
            if name in self.fields and value:
                self.fields[name].initial = value

    def grounds(self) -> list[str]:
        """Return the grounds chosen and written."""
        written = text(self.cleaned_data, OTHER_LAW)
        return [*self.cleaned_data.get("grounds", []), *([written] if written else [])]

    def clean(self) -> dict[str, Any]:
        """Put the outcome's facts together."""
        data = super().clean()
        if self.chosen not in propose.CLERK_OUTCOMES or self.item is None:
            raise forms.ValidationError("请先选择事项和处理结果")
        if data.get("responsible"):
            named = (choices.contact_of(int(data["responsible"])), text(data, "other_office"))
            data["other_office"] = "，".join(filter(None, named))
        elif "responsible" in self.fields and not text(data, "other_office"):
            self.add_error("other_office", WORDS["other_office"])
        names = set(facts_needed(Outcome(self.chosen))) | {"discretion", "query_way"}
        data["facts"] = {name: text(data, name) for name in names if text(data, name)}
        data["all_grounds"] = self.grounds()
        return data


def _propose(doing: Doing, data: dict[str, Any]) -> object:
    return propose.propose(
        **doing.given(), item_seq=data["item_seq"], outcome=data["outcome"], grounds=data["all_grounds"],
        reason=text(data, "reason"), facts=data["facts"],
    )  # fmt: skip


PAGES = (ActPage("propose", _propose, ProposeForm, verb="拟定答复意见", choose=ChooseForm),)

"""Documents: attached, replaced, reported, settled; cards of what stays outside."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from office.web.forms import Radios
from workflow.actions import add_holding, classified_card, secrecy_marks
from workflow.actions.add_holding import HoldingData
from workflow.actions.classified_card import CardData
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.holding_kinds import Carrier, Grade, OfflineConclusion, Plan, Secrecy, Source
from workflow.selectors import choices, holdings

ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.xlsx,.pptx,.odt,.txt,.html,.htm,.eml,.zip"
CLASSIFIED = "classified"
YES_NO = [("yes", "是"), ("no", "否")]
#: A document that was declassified is asked for its old mark, day and basis.
OLD_MARK = ("former_mark", "declassified_on", "declassified_basis")


def original(label: str = "文件") -> FileField:
    """Make the field for a document's file."""
    return FileField(
        label=label, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="PDF、图片、docx、xlsx、pptx、odt、txt、html、eml，或者装有这些文件的 zip；按内容辨别类型，"
        "带宏、带密码、引用外部内容的不收",
    )  # fmt: skip


def not_marked() -> forms.CharField:
    """Make the field for what looks like a mark of classification and is none."""
    return line(
        "像密级标志的文字", "系统提示文件带有密级标志、而您核对后确认不是的（如表格的栏目名称），才写明理由；保密审查员会逐处核对",
        required=False, most=300,
    )  # fmt: skip


def question() -> forms.ChoiceField:
    """Make the question that comes before every upload (保密法31(3))."""
    return forms.ChoiceField(
        label="这份文件是否涉密、带有什么标志",
        help_text="先看清文件的版头、页眉、批注和文件名再选；涉密文件不得上传到本系统",
        widget=Radios(),
        choices=[*Secrecy.choices, (CLASSIFIED, "是涉密文件（绝密、机密、秘密），或者不能确定")],
    )


class AddForm(ActForm):
    """First whether it is classified; only then the file and what is to be said of it."""

    secrecy = question()
    item_seq = choice("属于哪一项")
    title = line("标题", "公文的标题或者能说明内容的名称；标题本身涉密的不要写", width="w-30")
    doc_number = line("文号", required=False, width="w-20", most=100)
    source = forms.ChoiceField(label="来源", choices=Source.choices, widget=Radios())
    source_name = line("来源单位", "从其他单位或者个人获取、共同制作的，写明单位", required=False, most=120)
    carrier = forms.ChoiceField(label="载体", choices=Carrier.choices, widget=Radios(inline=True))
    formed_on = day("形成日期", "公文的成文日期；没有的，写最后一次修改的日期")
    from_classified = forms.ChoiceField(
        label="是否摘自涉密文件", choices=YES_NO, widget=Radios(inline=True), initial="no"
    )
    classified_note = line(
        "摘录说明", "摘自涉密文件的，说明摘录的内容为何不涉密、由谁确认", required=False, most=300
    )
    former_mark = line("原密级和保密期限", "如 秘密★5年", width="w-20", most=40)
    declassified_on = day("解密日期")
    declassified_basis = line("解密依据", "解密通知的文号，或者保密期限届满自行解密", most=200)
    plan = forms.ChoiceField(label="拟处理", choices=Plan.choices, widget=Radios(), initial=Plan.DISCLOSE)
    original = original()
    not_marked = not_marked()

    conditional: ClassVar[tuple[str, ...]] = ("source_name", "classified_note")

    def prepare(self, case: Any) -> None:
        """Ask whether it is classified, and the rest once that is answered."""
        self.fields["item_seq"].choices = choices.items(case)
        self.fields["formed_on"].initial = ""
        self.secrecy_said = self._said()
        if not self.secrecy_said or self.secrecy_said == CLASSIFIED:
            for name in [name for name in self.fields if name != "secrecy"]:
                del self.fields[name]
            return
        label = dict(self.fields["secrecy"].choices)[self.secrecy_said]
        self.fields["secrecy"] = forms.CharField(widget=forms.HiddenInput, initial=self.secrecy_said)
        self.fields["original"].help_text += f"。您已说明：{label}"
        if self.secrecy_said != Secrecy.DECLASSIFIED:
            for name in OLD_MARK:
                del self.fields[name]

    def _said(self) -> str:
        said = str(self.data.get("secrecy") or self.initial.get("secrecy") or "")
        return said if said in (*Secrecy.values, CLASSIFIED) else ""

    def unfinished(self) -> bool:
        """Tell whether the question has been answered and the rest has not been asked yet."""
        return self.secrecy_said in Secrecy.values and "title" not in self.data

    def go_on(self) -> dict[str, Any]:
        """Carry the answer over."""
        return {"secrecy": self.secrecy_said}

    def clean_secrecy(self) -> str:
        """Refuse a classified document before anything of it is sent."""
        said = str(self.cleaned_data["secrecy"])
        if said == CLASSIFIED:
            raise forms.ValidationError(
                "涉密文件不得上传；请改办「登记涉密文件卡片」，在线下完成审查；不能确定的，先报保密审查员确定"
            )
        return said


class OneForm(ActForm):
    """An act on one document: chosen first, then read; it carries the hash of the version that was on the page."""

    holding_id = choice("哪一份材料")
    seen_sha256 = forms.CharField(widget=forms.HiddenInput)
    status: ClassVar[str] = "open"

    def prepare(self, case: Any) -> None:
        """Offer the documents; show what is asked of one once it is chosen."""
        rows = holdings.choosable(case, self.status)
        self.fields["holding_id"].choices = [
            ("", "请选择"),
            *((one.pk, f"材料{one.seq}　{one.title}") for one in rows),
        ]
        chosen = str(self.data.get("holding_id") or self.initial.get("holding_id") or "")
        if not chosen and len(rows) == 1:
            chosen = str(rows[0].pk)
        self.document = next((one for one in rows if str(one.pk) == chosen), None)
        if self.document is None:
            for name in [name for name in self.fields if name != "holding_id"]:
                del self.fields[name]
            return
        self.fields["holding_id"] = forms.CharField(widget=forms.HiddenInput, initial=chosen)
        self.fields["seen_sha256"].initial = self.document.current.sha256
        self.about(self.document)

    def about(self, document: Any) -> None:
        """Fill in what depends on the document."""

    def unfinished(self) -> bool:
        """Tell whether a document has been chosen and nothing has been asked of it yet."""
        return self.document is not None and "seen_sha256" not in self.data

    def go_on(self) -> dict[str, Any]:
        """Carry the choice over."""
        return {"holding_id": self.data.get("holding_id")}


class ReplaceForm(OneForm):
    """The new file and why."""

    original = original("新的文件")
    not_marked = not_marked()
    reason = area("更换的原因", "原版本保留；已经签署的保密审查随即失效", rows=2)


class ReportForm(OneForm):
    """Where the mark is."""

    where = line("标志在哪里", "写第几页、什么位置，不要抄录内容", width="w-30", most=200)


class CardForm(ActForm):
    """What a card may say of a classified document."""

    item_seq = choice("属于哪一项")
    number = line("文件编号", "文号或者份号", width="w-20", most=100)
    grade = forms.ChoiceField(label="密级", choices=Grade.choices, widget=Radios(inline=True))
    term = line("保密期限", "如 10年、至2031年5月、长期", width="w-20", most=60)
    classified_by = line("定密机关", most=120)
    kept_at = line("存放处", "如 局保密室3号柜", most=120)
    title_is_open = forms.BooleanField(label="标题本身不涉密，可以写入", required=False)
    title = line("标题", "没有勾选上一项的，不要填写", required=False, width="w-30")

    def prepare(self, case: Any) -> None:
        """Offer the items."""
        self.fields["item_seq"].choices = choices.items(case)


class ConclusionForm(ActForm):
    """What was concluded outside."""

    card_id = choice("哪一张卡片")
    conclusion = forms.ChoiceField(
        label="结论",
        widget=Radios(),
        choices=[one for one in OfflineConclusion.choices if one[0] != OfflineConclusion.PENDING],
    )
    concluded_by = line("作出结论的机构", "如 局保密委员会、原定密机关", most=120)
    concluded_on = day("作出结论的日期")
    basis = line("依据", width="w-30", most=300)

    def prepare(self, case: Any) -> None:
        """Offer the cards that wait."""
        self.fields["card_id"].choices = [("", "请选择"), *holdings.waiting_cards(case)]


class MarkForm(ActForm):
    """One mark, accepted or rejected with a reason."""

    mark_id = choice("哪一处标志")
    accepted = forms.ChoiceField(
        label="认定", choices=[("yes", "是这种标志"), ("no", "不是，排除")], widget=Radios()
    )
    reason = line("理由", "排除过的不再提示", width="w-30", most=300)

    def prepare(self, case: Any) -> None:
        """Offer the marks nobody has settled."""
        self.fields["mark_id"].choices = [("", "请选择"), *holdings.open_marks(case)]


class QuarantineForm(OneForm):
    """What becomes of a document in quarantine; removing it asks for its card."""

    status: ClassVar[str] = "quarantined"
    fate = forms.ChoiceField(label="处理方式", choices=list(secrecy_marks.FATES.items()), widget=Radios())
    reason = area("认定的依据和理由", "写明由谁、依据什么认定；不要抄录内容", rows=3)
    former_mark = line(
        "原密级和保密期限", "已经解密的填写，如 秘密★5年", required=False, width="w-20", most=40
    )
    declassified_on = day("解密日期", "已经解密的填写", required=False)
    number = line("文件编号", "清除的同时登记卡片", required=False, width="w-20", most=100)
    grade = forms.ChoiceField(label="密级", choices=[("", "请选择"), *Grade.choices], required=False)
    term = line("保密期限", required=False, width="w-20", most=60)
    classified_by = line("定密机关", required=False, most=120)
    kept_at = line(
        "存放处", "线下存放的地方；备份中的副本，请通知系统管理员一并清除", required=False, most=120
    )
    marks_optional = False


def _add(doing: Doing, data: dict[str, Any]) -> object:
    said = {name: data.get(name) for name in HoldingData.__dataclass_fields__ if name in data}
    said["from_classified"] = data["from_classified"] == "yes"
    file = file_data(data["original"], kind="holding")
    assert file is not None  # the field is required
    return add_holding.add_holding(
        **doing.given(), item_seq=int(data["item_seq"]), holding=HoldingData(**said), original=file
    )


def _replace(doing: Doing, data: dict[str, Any]) -> object:
    file = file_data(data["original"], kind="holding")
    assert file is not None  # the field is required
    return add_holding.replace_holding(
        **doing.given(),
        holding_id=int(data["holding_id"]),
        original=file,
        reason=data["reason"],
        not_marked=text(data, "not_marked"),
    )


def _card(data: dict[str, Any]) -> CardData:
    return CardData(
        number=text(data, "number"), grade=text(data, "grade"), term=text(data, "term"),
        classified_by=text(data, "classified_by"), kept_at=text(data, "kept_at"),
        title_is_open=bool(data.get("title_is_open")), title=text(data, "title"),
    )  # fmt: skip


def _register_card(doing: Doing, data: dict[str, Any]) -> object:
    return classified_card.register_card(**doing.given(), item_seq=int(data["item_seq"]), card=_card(data))


def _conclude_card(doing: Doing, data: dict[str, Any]) -> object:
    given = {name: data[name] for name in ("conclusion", "concluded_by", "concluded_on", "basis")}
    return classified_card.conclude_card(**doing.given(), card_id=int(data["card_id"]), **given)


def _report(doing: Doing, data: dict[str, Any]) -> object:
    return secrecy_marks.report_mark(**doing.given(), holding_id=int(data["holding_id"]), where=data["where"])


def _settle_mark(doing: Doing, data: dict[str, Any]) -> object:
    return secrecy_marks.settle_mark(
        **doing.given(),
        mark_id=int(data["mark_id"]),
        accepted=data["accepted"] == "yes",
        reason=data["reason"],
    )


def _settle_quarantine(doing: Doing, data: dict[str, Any]) -> object:
    return secrecy_marks.settle_quarantine(
        **doing.given(), holding_id=int(data["holding_id"]), fate=data["fate"], reason=data["reason"],
        former_mark=text(data, "former_mark"), declassified_on=data.get("declassified_on"),
        card=_card(data) if data["fate"] == "remove" else None,
    )  # fmt: skip


PAGES = (
    ActPage("add_holding", _add, AddForm, verb="登记材料"),
    ActPage("replace_holding", _replace, ReplaceForm, verb="更换版本"),
    ActPage("register_card", _register_card, CardForm, verb="登记卡片"),
    ActPage("conclude_card", _conclude_card, ConclusionForm, verb="登记结论"),
    ActPage("report_mark", _report, ReportForm, verb="报告并立即隔离"),
    ActPage("settle_mark", _settle_mark, MarkForm, verb="认定"),
    ActPage("settle_quarantine", _settle_quarantine, QuarantineForm, verb="处理"),
)

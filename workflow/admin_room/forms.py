"""Forms of the administrators' screens."""

from __future__ import annotations

from typing import Any

from django import forms

from law.values import DatedValue
from office.web.forms import DayField, Form, Radios
from workflow.impact.readings import words_of
from workflow.selectors.settings_pages import UNITS, WORDS


def _line(label: str, hint: str = "", *, required: bool = True, width: str = "w-30") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=200,
        widget=forms.TextInput(attrs={"class": width, "autocomplete": "off"}),
    )  # fmt: skip


class NoticeForm(Form):
    """The State Council's notice of a year, pasted whole."""

    year = forms.IntegerField(
        label="年度",
        min_value=2008,
        max_value=2099,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric"}),
    )
    text = forms.CharField(
        label="通知原文", help_text="从国务院办公厅通知的标题起，连同各节日段落和落款日期整篇粘贴", max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip
    address = _line("通知的网址", "以后逐日计算的依据会指到这里", required=False)
    published_on = DayField(label="公布日期", help_text="不填即为落款日期", required=False)


class RegionForm(Form):
    """A region's own days off (放假办法 第四条)."""

    region_code = forms.RegexField(
        r"^\d{6}$", label="行政区划代码", help_text="六位数字；对该地区及其下级地区的机关有效",
        error_messages={"invalid": "请填写六位数字的行政区划代码"},
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric"}),
    )  # fmt: skip
    year = forms.IntegerField(
        label="年度",
        min_value=2008,
        max_value=2099,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric"}),
    )
    festival = _line("节日名称", "如：火把节", width="w-20")
    off = _line("放假日期", "照通知的写法，如：8月6日至8日")
    work = _line("调休上班日期", "没有即不填", required=False)
    title = _line("通知标题")
    number = _line("文号", required=False, width="w-20")
    published_on = DayField(label="公布日期")
    address = _line("通知的网址", required=False)
    text = forms.CharField(label="通知原文", max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))


class ValueForm(Form):
    """An office's own value, in the shape of the law's."""

    from_on = DayField(label="自何日起适用", help_text="按起算之日适用；早于今天的，在办案件一并重算")
    reason = forms.CharField(
        label="理由",
        help_text="依据哪一规定或者惯例；会留存备查",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ["value", "from_on", "reason"]

    def __init__(self, *args: Any, law: DatedValue, **kwargs: Any) -> None:
        self.base_fields = {"value": _value_field(law), **self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_value(self) -> Any:
        """Give yes and no as such."""
        value = self.cleaned_data["value"]
        return {"yes": True, "no": False}.get(value, value)


def _value_field(law: DatedValue) -> forms.Field:
    if isinstance(law.value, bool):
        return forms.ChoiceField(
            label="本机关的做法", choices=[("yes", "是"), ("no", "否")], widget=Radios(inline=True)
        )
    if isinstance(law.value, int):
        unit = UNITS.get(law.unit, law.unit)
        return forms.IntegerField(
            label=f"本机关的做法（{unit}）",
            widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric"}),
        )
    if words := words_of(law.key):
        return forms.ChoiceField(
            label="本机关的做法", choices=[(w, WORDS.get(w, w)) for w in words], widget=Radios()
        )
    return _line("本机关的做法", f"照原值的写法：{law.value}")


class WordingForm(Form):
    """An office's own text of a paper."""

    from_on = DayField(label="自何日起适用", help_text="今天或者以后的日期；在这以前签发的文书不变")
    reason = forms.CharField(
        label="修改的理由", help_text="会留存备查", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label="文本",
        help_text="两行 +++ 之间是说明部分；正文一行一段，“# ”开头是一级标题，“+ ”开头是附件；{{ 要素 }} 处由系统填入案件的内容",
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "source", "spellcheck": "false"}),
    )


class RestoreForm(Form):
    """Back to the shipped text of a paper."""

    from_on = DayField(label="自何日起恢复系统文本", help_text="今天或者以后的日期；在这以前签发的文书不变")
    reason = forms.CharField(
        label="恢复的理由", help_text="会留存备查", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefusalForm(Form):
    """Why a proposed text is sent back."""

    reason = forms.CharField(
        label="退回的理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

"""The one form beside the picture: where, on what ground, and which button was pressed."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Form
from workflow.review.marking.doing import GroundData
from workflow.selectors.room import OTHER_LAW, ground_choices

#: Why a suggestion is not taken, the exceptions of de-identification with their basis among them.
REASONS = (
    ("", "请选择"),
    ("不是个人信息，系统误报", "不是个人信息，系统误报"),
    ("依法公开的公职人员履职信息", "依法公开的公职人员履职信息"),
    ("惩戒公示，依法应当公开", "惩戒公示，依法应当公开"),
    ("强制性信息披露，依法应当公开", "强制性信息披露，依法应当公开"),
    ("权利人已经同意公开", "权利人已经同意公开"),
    ("other", "其他（在下面写明）"),
)


def edge(label: str) -> forms.FloatField:
    """Make a field for one edge of a box, in points."""
    return forms.FloatField(
        label=label,
        required=False,
        widget=forms.NumberInput(attrs={"class": "edge", "step": "any", "inputmode": "decimal"}),
    )


class MarkForm(Form):
    """A box, a stretch of text, a page; its ground; for a mark that is chosen, what is to become of it."""

    marks_optional = False
    page = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    mark = forms.IntegerField(widget=forms.HiddenInput, required=False)
    way = forms.CharField(widget=forms.HiddenInput, required=False, initial="keyboard")
    start = forms.IntegerField(widget=forms.HiddenInput, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, required=False)
    x0 = edge("左")
    y0 = edge("上")
    x1 = edge("右")
    y1 = edge("下")
    text = forms.CharField(
        label="文字", required=False, max_length=200,
        help_text="在图上选取，或者直接输入",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    ground = forms.ChoiceField(label="依据", required=False)
    other_law = forms.CharField(
        label="其他法律、行政法规的条款",
        required=False,
        max_length=100,
        help_text="如《中华人民共和国测绘法》第四十七条",
    )
    wish = forms.BooleanField(label="记为第三方要求，由审查员决定", required=False)
    searchable = forms.BooleanField(label="带可搜索的文字", required=False)
    why = forms.ChoiceField(label="不采纳的理由", required=False, choices=REASONS)
    reason = forms.CharField(label="其他理由、依据", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", "请选择"), *ground_choices()]

    def ground_data(self) -> GroundData:
        """Return the ground in the words of the domain; an empty one is refused there."""
        kind, _, name = str(self.cleaned_data.get("ground") or "").partition(":")
        return GroundData(kind, self.cleaned_data["other_law"] if f"{kind}:" == OTHER_LAW else name)

    def box(self) -> tuple[float, float, float, float] | None:
        """Return the box, where all four edges are there."""
        edges = [self.cleaned_data.get(name) for name in ("x0", "y0", "x1", "y1")]
        return tuple(edges) if all(edge is not None for edge in edges) else None  # type: ignore[return-value]

    def told_reason(self) -> str:
        """Return the reason chosen or written."""
        chosen, written = self.cleaned_data.get("why") or "", self.cleaned_data.get("reason") or ""
        return written if chosen in ("", "other") else "：".join(filter(None, (chosen, written)))

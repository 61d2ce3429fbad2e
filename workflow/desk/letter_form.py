"""The form that answers a letter of another office."""

from __future__ import annotations

from typing import Any

from django import forms

from office.web.forms import Form, Radios
from workflow.desk.forms import area
from workflow.desk.uploads import FileField

OPINIONS = [("agree", "同意公开，或者没有不同意见"), ("partly", "部分同意"), ("disagree", "不同意公开")]


class AnswerForm(Form):
    """What the own office says to it, and why."""

    opinion = forms.ChoiceField(
        label="本机关的意见",
        choices=OPINIONS,
        widget=Radios(),
        error_messages={"required": "请选择本机关的意见"},
    )
    reason = area(
        "说明",
        "不同意、部分同意的，写明哪些内容、依据哪一款、为什么；提供材料的，写明材料的名称",
        required=False,
    )
    file = FileField(
        label="材料", required=False, help_text="盖章的复函、所需的材料；PDF、图片或者 Word 文件"
    )

    def clean(self) -> dict[str, Any]:
        """Want reasons or material where it is not agreed to."""
        data = super().clean() or self.cleaned_data
        given = str(data.get("reason") or "").strip() or data.get("file")
        if data.get("opinion") in ("disagree", "partly") and not given:
            self.add_error("reason", "不同意或者部分同意的，请说明理由，或者附上材料")
        return data

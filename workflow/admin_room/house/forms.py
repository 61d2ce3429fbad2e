"""Forms of an office's data and of its seals."""

from __future__ import annotations

from typing import Any

from django import forms

from letters.office_data import FIELDS, NAMES, NEEDED, REACHED
from letters.seal_entry import NARROWEST, WIDEST
from office.web.forms import DayField, Form, Radios
from workflow.desk.uploads import FileField
from workflow.selectors.choices_after import SEAL_KINDS

HINTS = {
    "name": "红头、落款所写的全称，与印章一致", "doc_code": "发文字号的开头，如：清自然资",
    "disclosure_office": "写在文书末尾的联系部门", "phone": "写在每一份文书的末尾",
    "email": "对外收发信息公开申请的邮箱", "office_hours": "如：工作日 8:30—12:00，14:00—17:30",
    "government_name": "不填即取上级机关中的人民政府", "superior_department": "2024年以前的文书、垂直领导机关写到它",
    "reconsideration_body": "只在依法另有规定时填写；不填即按机关性质确定", "court": "行政案件集中管辖的填写；不填即按机关性质确定",
    "reconsideration_online": "以互联网送达的答复须同时提供网上申请行政复议的渠道（行政复议法第二十二条）",
}  # fmt: skip
PARTS = (("文书上的名称", NAMES), ("联系方式", REACHED), ("救济途径", FIELDS[len(NAMES) + len(REACHED) :]))


class OfficeForm(Form):
    """The data of an office that its letters print."""

    reason = forms.CharField(
        label="修改的理由", help_text="会留存备查", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: dict[str, Any], **kwargs: Any) -> None:
        made = {name: _field(name, columns[name]) for name in FIELDS}
        self.base_fields = made | self.base_fields
        super().__init__(*args, **kwargs)

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        """Return the fields by what they are for."""
        return [(title, [self[name] for name in names]) for title, names in PARTS]


def _field(name: str, column: Any) -> forms.Field:
    label, hint = str(column.verbose_name), HINTS.get(name, "")
    if column.choices:
        return forms.ChoiceField(label=label, help_text=hint, choices=column.flatchoices)
    kinds = {"email": forms.EmailField, "website": forms.URLField, "reconsideration_online": forms.URLField}
    more: dict[str, Any] = {"assume_scheme": "https"} if kinds.get(name) is forms.URLField else {}
    width = "w-10" if name in ("doc_code", "postcode") else "w-20" if name in ("phone", "fax") else "w-30"
    return kinds.get(name, forms.CharField)(
        label=label, help_text=hint, required=name in NEEDED, max_length=column.max_length,
        widget=forms.TextInput(attrs={"class": width, "autocomplete": "off"}), **more,
    )  # fmt: skip


class SealImageForm(Form):
    """The picture of a seal."""

    kind = forms.ChoiceField(label="印章", choices=SEAL_KINDS, widget=Radios())
    image = FileField(
        label="印模图片", help_text="红色印章、透明背景的 PNG，边长 300 至 3000 像素，不超过 4 MB，裁去印章以外的部分",
        widget=forms.FileInput(attrs={"accept": ".png"}),
    )  # fmt: skip
    width_mm = forms.IntegerField(
        label="印章宽度（毫米）", initial=42, min_value=NARROWEST, max_value=WIDEST,
        help_text="圆形机关印章为 42 毫米；椭圆章填横向的宽度",
        widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip
    from_on = DayField(label="启用日期", help_text="自这一天起签发的文书使用；在这以前签发的文书不变")

"""Fields that both doors share: a party, its identity document, ways to reach it, attachments."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from intake import identity
from office.web.forms import Day, Form, Radios
from workflow.kinds import IdentityKind, PartyKind

MAX_FILES = 10
MAX_ITEMS = 20
ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.xlsx,.txt"


class Files(forms.ClearableFileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; their content is checked by the file store, not here."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file and return the list, which may be empty."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MAX_FILES:
            raise forms.ValidationError(f"一次最多上传 {MAX_FILES} 个文件，您选择了 {len(given)} 个")
        single = super().clean
        return [single(one, initial) for one in given]


def clean_phone(text: str) -> str:
    """Check a telephone number loosely: mobile, fixed line with area code, extension, or abroad."""
    number = text.translate(identity.FULL_WIDTH).strip()
    digits = re.sub(r"\D", "", number)
    if number and not 7 <= len(digits) <= 20:
        raise forms.ValidationError(f"电话号码应有 7 至 20 位数字，您输入了 {len(digits)} 位")
    return number


class PartyForm(Form):
    """One person or organisation: who, proved by what, reached how."""

    conditional = ("phone", "email", "address")

    kind = forms.ChoiceField(label="申请人类别", choices=PartyKind.choices, widget=Radios())
    name = forms.CharField(
        label="姓名或者名称",
        max_length=120,
        help_text="自然人填写身份证件上的姓名；单位填写登记证书上的全称",
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "name"}),
    )
    id_kind = forms.ChoiceField(
        label="身份证明种类",
        choices=[("", "请选择"), *IdentityKind.choices],
        widget=forms.Select(attrs={"class": "w-30"}),
        help_text="单位请选择统一社会信用代码证或者无代码组织的证明文件",
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off", "spellcheck": "false"}),
        help_text="只用于核实身份和查询进度，加密保存",
    )
    contact_name = forms.CharField(
        label="联系人",
        max_length=60,
        required=False,
        help_text="单位申请的，填写经办人姓名",
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="联系电话",
        max_length=40,
        required=False,
        help_text="例如 13800000000 或者 0900-6210000",
        widget=forms.TextInput(
            attrs={"class": "w-20", "type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        ),
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        widget=forms.EmailInput(attrs={"class": "w-30", "autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": "电子邮箱的格式不对，应像 name@example.com"},
    )
    address = forms.CharField(
        label="通信地址",
        max_length=200,
        required=False,
        help_text="写到门牌号，纸质答复书寄往这里",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        label="邮政编码",
        regex=r"^[0-9]{6}$",
        required=False,
        widget=forms.TextInput(attrs={"class": "w-6", "autocomplete": "postal-code", "inputmode": "numeric"}),
        error_messages={"invalid": "邮政编码应为 6 位数字"},
    )

    def clean_phone(self) -> str:
        """Check the telephone number."""
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Check the document against the kind of applicant, and that there is one way to reach them."""
        data = super().clean() or self.cleaned_data
        kind, id_kind, number = data.get("kind"), data.get("id_kind"), data.get("id_number")
        if kind and id_kind and (kind == "natural") != (id_kind in identity.PERSONAL):
            self.add_error(
                "id_kind",
                "自然人请选择个人证件"
                if kind == "natural"
                else "单位请选择统一社会信用代码证或者无代码组织的证明文件",
            )
        elif id_kind and number:
            try:
                data["id_number"] = identity.check(id_kind, number)
            except identity.BadIdentity as wrong:
                self.add_error("id_number", str(wrong))
        reached = any(data.get(name) for name in ("phone", "email", "address"))
        if not reached and not any(name in self.errors for name in ("phone", "email", "address")):
            self.add_error("phone", "请至少填写一种联系方式：电话、邮箱或者通信地址")
        return data


class AgentForm(Form):
    """Somebody who applies for another: nothing of it, or all that the office must know (授权委托)."""

    name = forms.CharField(
        label="代理人姓名或者名称",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off"}),
    )
    part = forms.ChoiceField(
        label="代理的种类",
        choices=[("agent", "委托代理人（律师、亲友等）"), ("guardian", "法定代理人（监护人）")],
        initial="agent",
        required=False,
        widget=Radios(),
    )
    id_kind = forms.ChoiceField(
        label="代理人身份证明种类",
        choices=[("", "请选择"), *IdentityKind.choices],
        required=False,
        widget=forms.Select(attrs={"class": "w-30"}),
    )
    id_number = forms.CharField(
        label="代理人证件号码",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label="代理人电话",
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "w-20", "type": "tel", "autocomplete": "off", "inputmode": "tel"}
        ),
    )
    scope = forms.CharField(
        label="代理权限",
        max_length=200,
        required=False,
        help_text="例如：代为提出申请、代收答复书。请在「材料」里上传授权委托书",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until_on = forms.DateField(label="代理期限至", required=False, widget=Day())

    conditional = ("id_kind", "id_number", "phone", "scope", "part", "name")

    def clean_phone(self) -> str:
        """Check the telephone number."""
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Demand the rest once anything of an agent is given."""
        data = super().clean() or self.cleaned_data
        if not self.given:
            return data
        wanted = ["name", "id_kind", "id_number", "phone"] + (
            ["scope"] if data.get("part") == "agent" else []
        )
        for name in wanted:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"有代理人的，请填写{self.fields[name].label}")
        if data.get("id_kind") and data.get("id_number"):
            try:
                data["id_number"] = identity.check(data["id_kind"], data["id_number"])
            except identity.BadIdentity as wrong:
                self.add_error("id_number", str(wrong))
        return data

    @property
    def given(self) -> bool:
        """Tell whether anything of an agent was filled in; the kind alone is preset."""
        return any(self.cleaned_data.get(name) for name in ("name", "id_kind", "id_number", "phone", "scope"))


class ItemForm(Form):
    """One piece of information that is asked for."""

    description = forms.CharField(
        label="所需信息的名称、文号或者其他特征描述",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": "请写明需要的信息",
            "max_length": "每项最多 2000 字，您输入了 %(show_value)s 字；内容多的请分成几项",
        },
    )

    def clean_description(self) -> str:
        """Refuse a description nobody could search by."""
        text: str = self.cleaned_data["description"].strip()
        if len(re.sub(r"\W", "", text)) < 4:
            raise forms.ValidationError("写得太短，无法查找。请写出文件名称、文号，或者时间、地点、事项")
        return text

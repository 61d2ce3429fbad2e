"""Forms of the applicant's door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from intake.fields import ACCEPT, FilesField, PartyForm
from office.web.forms import Form, Radios
from workflow.kinds import Service, WantedForm

SERVICE_TEXT = {
    Service.PORTAL: "网上送达（凭查询码在本网站下载）",
    Service.EMAIL: "电子邮件",
    Service.POST: "邮寄（邮政特快专递，不向您收费）",
    Service.COUNTER: "当面领取",
}
FORM_TEXT = {
    WantedForm.ELECTRONIC: "电子文件",
    WantedForm.PAPER: "纸质",
    WantedForm.DISC: "光盘",
    WantedForm.READING: "当面查阅、抄录",
}


class ApplicantForm(PartyForm):
    """The applicant, and how the answer is to reach them."""

    wanted_form = forms.ChoiceField(
        label="您希望得到什么形式的信息",
        choices=list(FORM_TEXT.items()),
        widget=Radios(),
        error_messages={"required": "请选择希望得到的形式"},
    )
    service = forms.ChoiceField(
        label="您希望怎样收到答复",
        choices=list(SERVICE_TEXT.items()),
        widget=Radios(),
        error_messages={"required": "请选择收到答复的方式"},
    )
    identity_files = FilesField(
        label="身份证明影像",
        required=False,
        help_text="身份证件或登记证书的照片或扫描件。代理人申请的，请同时上传授权委托书。",
        widget=FilesField.widget(attrs={"accept": ACCEPT}),
    )
    files = FilesField(
        label="其他材料",
        required=False,
        help_text="能帮助查找的材料，例如相关文件的照片。可以一次选择多个文件。",
        widget=FilesField.widget(attrs={"accept": ACCEPT}),
    )

    field_order = [
        "kind", "name", "id_kind", "id_number", "identity_files", "contact_name", "phone", "email",
        "address", "postcode",
    ]  # fmt: skip

    def __init__(self, *args: Any, online: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "您以谁的名义申请"
        self.fields["kind"].error_messages["required"] = "请选择以谁的名义申请"
        if not online:
            # 行政复议法22(2)：没有线上复议渠道的，不能以互联网送达答复
            self.fields["service"].choices = [
                (value, label)
                for value, label in SERVICE_TEXT.items()
                if value not in (Service.PORTAL, Service.EMAIL)
            ]
            self.fields["service"].help_text = "本机关暂时不能网上送达，答复书以纸质形式送达。"

    def clean(self) -> dict[str, Any]:
        """Demand the address or mailbox that the chosen way of service needs."""
        data = super().clean()
        service = data.get("service")
        if service == Service.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", "选择用电子邮件收到答复的，请填写电子邮箱")
        if service == Service.POST and not data.get("address") and "address" not in self.errors:
            self.add_error("address", "选择邮寄的，请填写通信地址")
        return data


def code_input() -> forms.TextInput:
    """Return the field for a code that is copied from paper."""
    spelled = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.TextInput(attrs={"class": "w-30 code", **spelled})


class FollowForm(Form):
    """Query code and the last four characters of the identity document."""

    code = forms.CharField(
        label="查询码",
        max_length=60,
        help_text="在提交成功页或者接收回执上，分成几组的字母和数字；不分大小写，可以不输横线",
        widget=code_input(),
    )
    last_four = forms.CharField(
        label="证件号码后四位",
        max_length=8,
        help_text="申请时填写的身份证件或统一社会信用代码的最后四位",
        widget=forms.TextInput(attrs={"class": "w-6 code", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_last_four(self) -> str:
        """Bring the four characters to one spelling."""
        from intake.identity import tidy

        text = tidy(self.cleaned_data["last_four"])
        if len(text) != 4:
            raise forms.ValidationError(f"请输入证件号码的最后 4 位，您输入了 {len(text)} 位")
        return text


class CheckForm(Form):
    """Number and check code of a letter, as they stand on it."""

    number = forms.CharField(
        label="文号",
        max_length=80,
        help_text="如 清自然资依复〔2026〕12号；括号的写法不限",
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="核验码",
        max_length=40,
        help_text="在落款左侧的二维码下面，两组字母和数字；不分大小写，可以不输横线",
        widget=code_input(),
    )


class SupplementForm(Form):
    """The applicant's answer to a supplement notice: each item, put more clearly."""

    files = FilesField(
        label="补正材料",
        required=False,
        help_text="可以一次选择多个文件",
        widget=FilesField.widget(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, items: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {f"item{item.seq}": item for item in items}
        for name, item in self._asked.items():
            self.fields[name] = forms.CharField(
                label=f"第 {item.seq} 项",
                max_length=2000,
                initial=item.description,
                help_text="在原来的内容上修改、补充；不需要改的保持原样",
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": f"第 {item.seq} 项不能留空"},
            )
        self.order_fields([*self._asked, "files"])

    def clean(self) -> dict[str, Any]:
        """Demand that something is new."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.corrected() and not data.get("files"):
            first = next(iter(self._asked))
            self.add_error(first, "内容和原来一样。请按补正告知书的要求修改，或者上传补正材料")
        return data

    def corrected(self) -> dict[int, str]:
        """Return the items that were changed, by their number."""
        return {
            item.seq: self.cleaned_data[name]
            for name, item in self._asked.items()
            if self.cleaned_data.get(name, "").strip() not in ("", item.description.strip())
        }


class ReasonsForm(Form):
    """Why there are so many requests: in words, in papers, or both."""

    reasons = forms.CharField(
        label="申请的理由",
        required=False,
        max_length=4000,
        help_text="对照告知书写明的数量、频次，说明为什么需要这么多信息、作什么安排；不需要写明每份信息的用途",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = FilesField(
        label="证明材料",
        required=False,
        help_text="能说明理由的材料，可以一次选择多个文件",
        widget=FilesField.widget(attrs={"accept": ACCEPT}),
    )

    def clean(self) -> dict[str, Any]:
        """Demand words or papers."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("reasons", "").strip() and not data.get("files"):
            self.add_error("reasons", "请写明申请的理由，或者上传证明材料")
        return data


class WithdrawForm(Form):
    """Why (optional), and that it is meant."""

    reason = forms.CharField(
        label="撤回的原因",
        max_length=500,
        required=False,
        help_text="可以不写",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label="我确认撤回，知道机关不再答复这份申请", error_messages={"required": "确认撤回的，请勾选这一项"}
    )

"""Forms of the counter, in the order of the paper form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from intake import identity
from intake.fields import ACCEPT, FilesField, PartyForm
from office.today import today
from office.web.forms import DayField, Form
from workflow.kinds import Channel, IdentityKind, PartyKind, PartyRole, Service, WantedForm

#: Channels whose day of receipt is the day of confirmation with the applicant (条例31).
CONFIRMED = (Channel.POST_PLAIN, Channel.FAX, Channel.EMAIL)
#: Channels of which an office may read that they wait for a confirmation (READINGS R1).
MAY_BE_CONFIRMED = (*CONFIRMED, Channel.PUSHED)
CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.PORTAL]


class ArrivalForm(Form):
    """How and when the request came in: what the envelope says."""

    marks_optional = False

    channel = forms.ChoiceField(
        label="来件渠道", choices=CHANNELS, widget=forms.Select(attrs={"class": "w-20", "autofocus": True})
    )
    arrived_on = DayField(label="到达日期", help_text="当面提交、签收或者收到之日")
    confirmed_on = DayField(
        label="与申请人确认日期",
        required=False,
        help_text="平信、传真、电子邮件：已经联系上申请人的填写；没有的留空，以后再确认",
    )
    external_number = forms.CharField(
        label="来源编号",
        max_length=60,
        required=False,
        help_text="上级平台或者 12345 转来的，填写对方编号",
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
    )
    addressed_to = forms.CharField(
        label="信件写明的收件人",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off"}),
    )
    for_office = forms.ChoiceField(
        label="应收机关",
        required=False,
        help_text="寄错的信：选同一政府的应收机关，直接转给它登记；到达日期仍按本机关收到之日",
        widget=forms.Select(attrs={"class": "w-30"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the days against each other and against the channel."""
        data = super().clean() or self.cleaned_data
        channel, arrived, confirmed = (data.get(n) for n in ("channel", "arrived_on", "confirmed_on"))
        if isinstance(arrived, date) and arrived > today():
            self.add_error("arrived_on", "到达日期不能晚于今天")
        if confirmed and channel and channel not in MAY_BE_CONFIRMED:
            self.add_error("confirmed_on", "只有平信、传真和电子邮件需要与申请人确认，请清空这一栏")
        elif confirmed and arrived and not arrived <= confirmed <= today():
            self.add_error("confirmed_on", "确认日期应在到达日期与今天之间")
        if channel == Channel.PUSHED and not data.get("external_number"):
            self.add_error("external_number", "上级平台转来的，请填写来源编号")
        return data


class CounterPartyForm(PartyForm):
    """One party of a request on paper; what the letter lacks may be left out and asked for later."""

    marks_optional = False

    part = forms.ChoiceField(
        label="身份",
        choices=PartyRole.choices,
        widget=forms.Select(attrs={"class": "w-20"}),
        initial="applicant",
    )
    kind = forms.ChoiceField(
        label="类别", choices=PartyKind.choices, widget=forms.Select(attrs={"class": "w-20"})
    )
    id_kind = forms.ChoiceField(
        label="证件种类",
        choices=[("", "（未附）"), *IdentityKind.choices],
        required=False,
        widget=forms.Select(attrs={"class": "w-30"}),
    )
    scope = forms.CharField(
        label="代理权限",
        max_length=200,
        required=False,
        help_text="代理人必填，例如：代为提出申请、代收答复书",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until_on = DayField(label="代理期限至", required=False)
    signed = forms.BooleanField(label="已签名、盖章或者按指印", required=False)

    field_order = [
        "part", "kind", "name", "id_kind", "id_number", "contact_name", "phone", "email", "address",
        "postcode", "scope", "until_on", "signed",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id_number"].required = False
        for name in ("name", "id_number", "contact_name", "phone", "address"):
            self.fields[name].help_text = ""
        for field in self.fields.values():
            # these are other people's data: the clerk's browser must not offer its own
            if "autocomplete" in field.widget.attrs:
                field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Check the document, and that an agent has a scope."""
        data = forms.Form.clean(self) or self.cleaned_data
        id_kind, number = data.get("id_kind"), data.get("id_number")
        if number and not id_kind:
            self.add_error("id_kind", "填写了证件号码，请选择证件种类")
        elif id_kind and number:
            try:
                data["id_number"] = identity.check(id_kind, number)
            except identity.BadIdentity as wrong:
                self.add_error("id_number", str(wrong))
        natural = data.get("kind") == PartyKind.NATURAL
        if id_kind and data.get("kind") and natural != (id_kind in identity.PERSONAL):
            self.add_error("id_kind", "证件种类与申请人类别不符，请核对")
        if data.get("part") == PartyRole.AGENT and not data.get("scope"):
            self.add_error("scope", "委托代理人请写明代理权限")
        return data


class WishesForm(Form):
    """In what form and by what way the applicant wants the answer, and the papers handed over."""

    marks_optional = False

    wanted_form = forms.ChoiceField(
        label="信息的形式", choices=WantedForm.choices, widget=forms.Select(attrs={"class": "w-20"})
    )
    service = forms.ChoiceField(
        label="获取途径",
        choices=[c for c in Service.choices if c[0] != Service.COURIER],
        initial=Service.POST,
        widget=forms.Select(attrs={"class": "w-20"}),
    )
    files = FilesField(
        label="申请材料扫描件",
        required=False,
        help_text="申请表、身份证明、信封",
        widget=FilesField.widget(attrs={"accept": ACCEPT}),
    )


class ConfirmForm(Form):
    """When and how receipt was confirmed with the applicant."""

    confirmed_on = DayField(label="与申请人确认的日期", help_text="这一天就是收到申请之日")
    how = forms.CharField(
        label="确认方式",
        max_length=200,
        help_text="例如：电话告知本人、回复电子邮件。不要写电话号码",
        widget=forms.TextInput(attrs={"class": "w-30", "autocomplete": "off"}),
    )

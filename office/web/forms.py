"""Base of every form: Chinese messages, errors at the field, hints tied to their control."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.functional import cached_property

CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)


class Errors(ErrorList):
    """Errors of one field, in the design system's markup."""

    template_name = "office/forms/errors.html"
    template_name_ul = "office/forms/errors.html"


class Field(BoundField):
    """A field on the page; knows how it is to be laid out."""

    @cached_property
    def is_check(self) -> bool:
        """Tell whether this is a single tick box, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @cached_property
    def is_optional(self) -> bool:
        """Tell whether the label says 选填: not for what the form demands in some cases."""
        form = self.form
        return (
            not self.field.required
            and getattr(form, "marks_optional", True)
            and self.name not in getattr(form, "conditional", ())
        )


class Renderer(TemplatesSetting):
    """Render forms with the project's templates; used as settings.FORM_RENDERER."""

    form_template_name = "office/forms/form.html"
    field_template_name = "office/forms/field.html"
    bound_field_class = Field


class Radios(forms.RadioSelect):
    """Radio buttons with large targets; `inline=True` puts short ones on one line."""

    template_name = "office/forms/options.html"

    def __init__(self, *args: Any, inline: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inline = inline

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the layout to the widget's context."""
        context = super().get_context(name, value, attrs)
        context["inline"] = self.inline
        context["id"] = (attrs or {}).get("id", "")
        return context


class Checks(forms.CheckboxSelectMultiple):
    """Tick boxes with large targets."""

    template_name = "office/forms/options.html"


class Day(forms.DateInput):
    """A date typed or picked with the browser's own control."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "w-10", **(attrs or {})}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day typed quickly at a keyboard: 2026-11-21, 20261121, 2026.11.21, 2026年11月21日; one stop of the Tab key."""

    input_formats = ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]
    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"class": "w-10", "autocomplete": "off", "placeholder": "年-月-日"}
    )
    default_error_messages = {"invalid": "请按「年-月-日」填写日期，例如 2026-11-21"}

    def to_python(self, value: Any) -> Any:
        """Read the day; full-width digits and blanks do not matter."""
        if isinstance(value, str):
            value = "".join(unicodedata.normalize("NFKC", value).split())
        return super().to_python(value)


class PlainForm:
    """Mix-in for forms: our error markup, no label colon, messages that name the field."""

    #: Fields that are demanded in some cases, and whether the others are marked 选填 at all.
    conditional: tuple[str, ...] = ()
    marks_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_class", Errors)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False  # the server explains in Chinese; browsers' bubbles do not
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            shown = field.label or name
            verb = "请选择" if isinstance(field.widget, CHOOSING) else "请填写"
            if isinstance(field.widget, forms.CheckboxInput):
                verb, shown = "请勾选", f"「{shown}」"
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = f"{verb}{shown}"


class Form(PlainForm, forms.Form):
    """Base of the project's forms."""


class ModelForm(PlainForm, forms.ModelForm):
    """Base of the project's forms over a model (set-up screens only)."""


def refuse(form: forms.Form, refusal: Any) -> None:
    """Show a refusal of the domain at its field, or at the top when it names none."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.message)

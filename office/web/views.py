"""Sign-in pages and the two addresses that every browser asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .forms import PlainForm


class SignInForm(PlainForm, auth_forms.AuthenticationForm):
    """User name and password; the message never tells which of the two was wrong."""

    error_messages = {
        "invalid_login": "账号或密码不对，请重新输入。字母区分大小写。",
        "inactive": "账号或密码不对，请重新输入。字母区分大小写。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["username"].error_messages["required"] = "请填写账号"
        self.fields["password"].error_messages["required"] = "请填写密码"
        self.fields["username"].widget.attrs["class"] = "w-20"
        self.fields["password"].widget.attrs["class"] = "w-20"


class ChangeForm(PlainForm, auth_forms.PasswordChangeForm):
    """Old password once, new password twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": "现在的密码",
            "new_password1": "新密码",
            "new_password2": "再输入一次新密码",
        }
        for name, label in labels.items():
            field: forms.Field = self.fields[name]
            field.label, field.widget.attrs["class"] = label, "w-20"
            field.error_messages["required"] = f"请填写{label}"
        self.fields[
            "new_password1"
        ].help_text = "至少 10 位，不要用常见密码，不要只用数字，也不要和姓名、账号相近。"
        self.fields["new_password2"].help_text = ""

    def save(self, commit: bool = True) -> Any:
        """Keep the new password; it is the person's own from now on."""
        self.user.must_change_password = False
        return super().save(commit)


class SignIn(auth.LoginView):
    """Sign a member of staff in."""

    template_name = "office/auth/login.html"
    form_class = SignInForm
    redirect_authenticated_user = True


class SignOut(auth.LogoutView):
    """Sign out and say so."""

    template_name = "office/auth/logged_out.html"


class ChangePassword(auth.PasswordChangeView):
    """Change one's own password."""

    template_name = "office/auth/password_change.html"
    form_class = ChangeForm
    success_url = reverse_lazy("password_change_done")


class PasswordChanged(auth.PasswordChangeDoneView):
    """Confirm the change."""

    template_name = "office/auth/password_change_done.html"


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for /favicon.ico to the static file."""
    return HttpResponse(status=302, headers={"Location": static("office/favicon.ico")})


@require_safe
@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines to the front page: everything else is about persons."""
    lines = ("User-agent: *", "Allow: /$", "Disallow: /")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""Forms of the sign-in pages: allauth's, with our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES = _("Ít nhất 12 ký tự; không dùng từ thông dụng, chỉ toàn chữ số, hay tên của mình.")
CODE_HELP = _("Sáu chữ số trên ứng dụng xác thực, hoặc một mã dự phòng.")


def _word(form: forms.Form, name: str, label: str | Promise, hint: str | Promise = "", **attrs: str) -> None:
    """Our label and attributes on a field of allauth's; no placeholder: the label stays when something is typed."""
    field = form.fields[name]
    field.label, field.help_text, field.widget.attrs = label, hint, attrs  # type: ignore[assignment]
    if hint:
        attrs["aria-describedby"] = f"{form[name].auto_id}_helptext"


class LoginForm(account_forms.LoginForm):
    """User name or e-mail, and password. What is wrong is never said: only that the two do not fit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(max_length=254)
        _word(
            self,
            "login",
            _("Tên đăng nhập hoặc địa chỉ thư điện tử"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        _word(self, "password", _("Mật khẩu"), autocomplete="current-password")
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any]:
        """Every refusal in one sentence."""
        try:
            return super().clean()
        except ValidationError as refused:
            if refused.code in (None, "username_password_mismatch", "email_password_mismatch", "invalid_login"):
                raise ValidationError(_("Tên đăng nhập hoặc mật khẩu không đúng."), code="invalid_login") from None
            raise ValidationError(_("Quá nhiều lần thử. Chờ vài phút rồi thử lại."), code=refused.code) from None


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Mật khẩu hiện tại"), autocomplete="current-password")
        _word(self, "password1", _("Mật khẩu mới"), RULES, autocomplete="new-password")
        _word(self, "password2", _("Nhập lại mật khẩu mới"), autocomplete="new-password")


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Mật khẩu"), autocomplete="current-password")


class CodeForm(code_forms.AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("Mã xác thực"), CODE_HELP, autocomplete="one-time-code", inputmode="numeric")


class ReauthenticateByCodeForm(code_forms.ReauthenticateForm):
    """The second factor once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("Mã xác thực"), CODE_HELP, autocomplete="one-time-code", inputmode="numeric")


class ActivateForm(totp_forms.ActivateTOTPForm):
    """The first code, which proves that the telephone has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Sáu chữ số mà ứng dụng đang hiện.")
        _word(self, "code", _("Mã xác thực"), hint, autocomplete="one-time-code", inputmode="numeric")


class NewPasswordForm(forms.Form):
    """A new password, twice; the rules are checked by the action."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=RULES,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return given

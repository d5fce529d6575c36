"""Forms of the sign-in pages: allauth's, with our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LoginForm(account_forms.LoginForm):
    """User name or e-mail, and password. What is wrong is never said: only that the two do not fit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Tên đăng nhập hoặc địa chỉ thư điện tử")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        login.max_length = 254  # type: ignore[attr-defined]
        password.label = _("Mật khẩu")
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""

    def clean(self) -> dict[str, Any]:
        """Every refusal in one sentence."""
        try:
            return super().clean()
        except ValidationError as refused:
            if refused.code in (None, "username_password_mismatch", "email_password_mismatch", "invalid_login"):
                raise ValidationError(_("Tên đăng nhập hoặc mật khẩu không đúng."), code="invalid_login") from None
            raise ValidationError(_("Quá nhiều lần thử. Chờ vài phút rồi thử lại."), code=refused.code) from None

"""The page behind a link to set a password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kecho.access.forms import NewPasswordForm
from kecho.kernel.errors import KechoError
from kecho.people import actions


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Asks for the new password; afterwards the link is dead. Raises KechoError ``people.unknown_link``."""
    account = actions.account_of_link(who, token)
    form = NewPasswordForm(request.POST or None)
    problems: list[KechoError] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password_by_link(who, token, form.cleaned_data["password"])
        except KechoError as refused:
            if refused.code != "people.weak_password":
                raise
            problems.append(refused)
        else:
            messages.success(request, _("Đã đặt mật khẩu. Đăng nhập bằng mật khẩu mới."))
            return redirect("account_login")
    return render(request, "access/password_link.html", {"account": account, "form": form, "problems": problems})

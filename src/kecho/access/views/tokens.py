"""One's own API tokens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kecho.access.admin_forms import TokenForm
from kecho.access.views.account import own
from kecho.kernel.errors import KechoError
from kecho.people import tokens
from kecho.people.needs import actor_of, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The tokens; POST makes one, whose text is shown this once."""
    account, problems, text = own(request), [], ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _token, text = tokens.make(
                actor_of(request), account, given["name"], reach=given["reach"], days=given["days"]
            )
            form = TokenForm()
        except KechoError as refused:
            problems.append(refused)
    now = timezone.now()
    listed = [(one, one.is_good(now)) for one in account.tokens.all()]
    return render(request, "access/tokens.html", {"tokens": listed, "form": form, "problems": problems, "text": text})


@require_http_methods(["POST"])
@signed_in
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    token = own(request).tokens.filter(pk=pk).first()
    if token is None:
        raise KechoError("people.unknown_token", value=pk)
    tokens.revoke(actor_of(request), token)
    messages.success(request, _("Đã thu hồi mã truy cập."))
    return redirect("tokens")

"""What every answer passes through: coded error pages and one security header that Django does not set itself."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from kecho.kernel.errors import KechoError
from kecho.people import viewing
from kecho.web import errors

Handler = Callable[[HttpRequest], HttpResponse]


class PermissionsPolicy:
    """Pages need none of the browser's devices; the header says so."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response


class LargestBody:
    """A request that announces more than anybody hands in is refused before a byte of it is read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.LARGEST_BODY:
            limit = settings.LARGEST_BODY // 1024 // 1024
            return HttpResponse(
                KechoError("web.body_too_large", limit=limit).text("vi"),
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class Viewer:
    """Whatever a page reads, it reads on behalf of its visitor; without a sign-in that is the public."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with viewing.seen_by(getattr(request, "actor", viewing.PUBLIC)):
            return self.get_response(request)


class CodedErrors:
    """A ``KechoError`` raised by a view becomes a bilingual page with the way out; so does a refused method."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = errors.page(request, KechoError("web.method_not_allowed", method=request.method), status=405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only ``KechoError``; whatever else goes wrong is a defect and reaches the 500 page.

        A visitor who asked for a page that needs an account is led to the sign-in page, and back after it.
        """
        if not isinstance(exception, KechoError):
            return None
        if exception.code == "people.sign_in" and request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        return errors.page(request, exception)

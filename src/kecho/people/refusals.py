"""Which HTTP status an error is answered with: one rule for pages and API."""

from __future__ import annotations

from kecho.kernel.errors import KechoError

NOT_FOUND, FORBIDDEN, BAD_REQUEST, UNAUTHORIZED, TOO_MANY = 404, 403, 400, 401, 429
_OTHERS = {
    "people.denied": FORBIDDEN,
    "people.sign_in": FORBIDDEN,
    "api.read_only": FORBIDDEN,
    "api.token_needed": UNAUTHORIZED,
    "api.bad_token": UNAUTHORIZED,
    "api.too_many": TOO_MANY,
    "people.too_many": TOO_MANY,
}


def status_of(error: KechoError) -> int:
    """404 for what does not exist (``*.unknown_*``, ``*.no_*``), 403 for refusals, 400 for what is not understood."""
    if error.code in _OTHERS:
        return _OTHERS[error.code]
    name = error.code.partition(".")[2]
    return NOT_FOUND if name.startswith(("unknown_", "no_")) else BAD_REQUEST

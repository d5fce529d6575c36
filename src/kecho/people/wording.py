"""Names of roles and scopes, as pages and commands print them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.people.actors import Role, Scope, ScopeKind
from kecho.people.models import Unit

_EVERYWHERE = {"vi": "mọi nơi", "en": "everywhere"}
_ENTERPRISE = {"vi": "doanh nghiệp {code}", "en": "enterprise {code}"}


@cache
def _roles() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kecho.people").joinpath("roles.toml").read_text("utf-8"))


def role_name(role: Role | str, lang: str) -> str:
    """``cán bộ thống kê``."""
    return _roles()[str(Role(role))][lang]


@cache
def _deeds() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kecho.people").joinpath("deeds.toml").read_text("utf-8"))


def deed_name(action: str, lang: str) -> str:
    """``duyệt báo cáo`` for ``publish.approved``; the action itself where the table does not name it."""
    return _deeds().get(action, {}).get(lang, action)


def scope_name(scope: Scope, lang: str) -> str:
    """``mọi nơi``, ``Hà Nội``, ``Phòng Kế hoạch``; the code of a place or unit that is not known."""
    if scope.kind is ScopeKind.EVERYWHERE:
        return _EVERYWHERE[lang]
    if scope.kind is ScopeKind.ENTERPRISE:
        return _ENTERPRISE[lang].format(code=scope.code)
    if scope.kind is ScopeKind.UNIT:
        unit = Unit.objects.filter(code=scope.code).first()
        return unit.name(lang) if unit else scope.code
    try:
        return localities.get(scope.code).name(lang)
    except KechoError:
        return scope.code

"""What every room's templates need beyond Django's own: figures, periods and dates as the kernel writes them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from kecho.kernel.errors import KechoError
from kecho.pages import navigation, words
from kecho.pages.abbreviations import explain
from kecho.people.actors import public

register = template.Library()


@cache
def _fingerprint(name: str) -> str:
    """Eight digits of a file's hash: a changed file gets a new address, so it may be cached for a year."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:8]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file with the fingerprint of its content."""
    return f"{static(name)}?v={_fingerprint(name)}"


@register.simple_tag(takes_context=True)
def areas(context: template.Context) -> list[navigation.Area]:
    """The areas of the header for who asks; ``nav`` names the page. Error pages may come before the actor is known."""
    actor = getattr(context.get("request"), "actor", None) or public()
    return navigation.areas(actor, str(context.get("nav", "")))


@register.tag
def abbreviations(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """``{% abbreviations %}…{% endabbreviations %}``: the first use of each abbreviation within is explained."""
    inside = parser.parse(("endabbreviations",))
    parser.delete_first_token()
    return Abbreviations(inside)


class Abbreviations(template.Node):
    """The node of that tag."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        """What is inside, explained."""
        html = self.inside.render(context)
        return mark_safe(explain(html, words.language()))  # noqa: S308  # the markup of the templates, nothing added raw


@register.filter
def what(error: KechoError, lang: str) -> str:
    """The cause, in one language."""
    return error.what(lang)


@register.filter
def what_to_do(error: KechoError, lang: str) -> str:
    """The next step, in one language."""
    return error.do(lang)


@register.filter
def markup(svg: str) -> SafeString:
    """Markup drawn by ``pages.charts``, whose every text is escaped there."""
    return mark_safe(svg)  # noqa: S308


for _name in (
    "after", "base_note", "day", "measure", "missing", "moment", "number", "period", "place", "signed",
    "signed_percent", "stage", "to_date", "unit", "with_unit", "without_year",
):  # fmt: skip
    register.filter(_name, getattr(words, _name))


@register.filter
def name_in(named: object, lang: str) -> str:
    """The name of whatever carries one in both languages: an indicator, a series, a legal text, a target."""
    for method in ("name", "label", "text"):
        if hasattr(named, method):
            return str(getattr(named, method)(lang))
    raise TypeError(f"{named!r} has no name")


@register.filter
def cell_text(cell: dict[str, str]) -> str:
    """``14.XK · D9``."""
    return " · ".join(part for part in (cell.get("sheet", ""), cell.get("cell", "")) if part)


@register.filter
def said(speaker: object, method: str) -> object:
    """What a value says of itself in the page's language: ``{{ held|said:"target_text" }}``."""
    return getattr(speaker, method)(words.language())

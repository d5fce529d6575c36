"""Pages that need no figures: help, glossary, and what robots may read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.kernel.text import slug
from kecho.pages import words
from kecho.plan.assessment.bands import Status, band_set

LONGEST_ABBREVIATION = 8


@cache
def glossary_groups() -> list[dict[str, Any]]:
    """The glossary as data, in the order of the file."""
    text = resources.files("kecho.web").joinpath("glossary.toml").read_text("utf-8")
    return tomllib.loads(text)["group"]


def meanings(lang: str) -> dict[str, str]:
    """Abbreviations of the glossary: words of capitals, those that share a line each for itself."""
    found = {}
    for term in (term for group in glossary_groups() for term in group["term"]):
        for word in term["word"].split(" · "):
            if word == word.upper() and " " not in word and (word.isascii() or len(word) <= LONGEST_ABBREVIATION):
                found[word] = term[lang]
    return found


def term_anchor(word: str) -> str:
    """Where a word stands on the glossary's page."""
    return f"tu-{slug(word)}"


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What this is, how to read it, where each number comes from."""
    lang, bands = words.language(), band_set("pace", timezone.localdate())
    statuses = [
        (one, one.look.meaning(lang), bands.threshold("pace", one), bands.threshold("growth_pp", one)) for one in Status
    ]
    return render(request, "web/help.html", {"nav": "help", "statuses": statuses})


@cache
def tour_steps() -> list[dict[str, Any]]:
    """The steps of the tour as data, in order."""
    text = resources.files("kecho.web").joinpath("tour.toml").read_text("utf-8")
    steps: list[dict[str, Any]] = tomllib.loads(text)["step"]
    return steps


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Ten minutes through the pages."""
    lang = words.language()
    steps = [
        (
            step[lang],
            step[f"text_{lang}"],
            reverse(step["page"], args=step.get("arguments", [])) + step.get("query", ""),
            step["minutes"],
        )
        for step in tour_steps()
    ]
    return render(request, "web/tour.html", {"nav": "tour", "steps": steps})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Words and abbreviations."""
    lang = words.language()
    groups = [
        {
            "name": group[lang],
            "terms": [(term_anchor(term["word"]), term["word"], term[lang]) for term in group["term"]],
        }
        for group in glossary_groups()
    ]
    return render(request, "web/glossary.html", {"nav": "glossary", "groups": groups})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Pages may be indexed; downloads are made on demand and are not worth a robot's time."""
    return HttpResponse("User-agent: *\nDisallow: /*/tai-ve/\nDisallow: /*/download/\n", content_type="text/plain")

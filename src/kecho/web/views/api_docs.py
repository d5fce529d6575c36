"""The page about the API, made from its OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kecho.web.api import api
from kecho.web.caching import kept

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the page shows it."""

    method: str
    path: str
    anchor: str
    summary: str
    about: str
    parameters: tuple[dict[str, Any], ...]
    body: tuple[dict[str, Any], ...]


@require_safe
@kept
def show(request: HttpRequest) -> HttpResponse:
    """How to call, and every call."""
    groups: dict[str, list[Call]] = {}
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                groups.setdefault(methods[method]["tags"][0], []).append(_call(path, method, methods[method], schema))
    limits = {"calls": settings.API_CALLS, "calls_with_token": settings.API_CALLS_WITH_TOKEN}
    base = request.build_absolute_uri("/api/v1")
    return render(request, "web/api_docs.html", {"nav": "help", "groups": groups.items(), "base": base, **limits})


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The root of the API leads to the page about it."""
    return redirect("api-docs")


def _call(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Call:
    parameters = tuple(
        {"name": one["name"], "place": one["in"], "required": one.get("required", False), **_kind(one["schema"])}
        for one in operation.get("parameters", ())
    )
    return Call(
        method.upper(),
        path,
        operation["operationId"].rpartition("_api_")[2].replace("_", "-"),
        operation.get("summary", ""),
        operation.get("description", "").replace("``", ""),
        parameters,
        _body(operation, schema),
    )


def _body(operation: dict[str, Any], document: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The fields of a JSON body."""
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    if not name:
        return ()
    found = document["components"]["schemas"][name]
    required = found.get("required", ())
    return tuple(
        {"name": field, "required": field in required, **_kind(about)} for field, about in found["properties"].items()
    )


def _kind(schema: dict[str, Any]) -> dict[str, str]:
    """What a value looks like: its type or the words to choose from, its default, an example."""
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    first = options[0] if options else {}
    words = first.get("enum") or ([first["const"]] if "const" in first else [])
    kind = " | ".join(map(str, words)) or first.get("format") or first.get("type", "")
    default = schema.get("default")
    example = (first.get("examples") or schema.get("examples") or [""])[0]
    return {
        "kind": str(kind),
        "default": "" if default is None else str(default),
        "example": str(example),
        "about": schema.get("description", ""),
    }

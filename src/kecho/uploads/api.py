"""The API of uploads: hand files in, see where they stand, confirm or give up, as on the page."""

# No ``from __future__ import annotations``: ninja's paging wraps the functions and reads their annotations elsewhere.
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile
from ninja.pagination import paginate

from kecho.api.build import Needs
from kecho.api.parts import Pages
from kecho.observatory.api import Number, Place
from kecho.people.needs import actor_of
from kecho.people.rights import Permission
from kecho.uploads import actions, queries
from kecho.uploads.models import Upload
from kecho.uploads.tasks import read_upload

router = Router(tags=["uploads"], auth=Needs(Permission.IMPORT_FIGURES))
Reason = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class UploadOut(Schema):
    """A file that was handed in: ``state`` waiting, reading, asked, ready, stored, refused or cancelled."""

    id: int
    name: str
    size: int
    sha256: str
    locality: str
    state: str
    kind: str
    period: str
    release: int | None
    errors: list[dict[str, Any]]
    made_at: datetime


class ConfirmIn(Schema):
    """Why, where the file's findings or new rows need a reason."""

    reason: Reason = ""


@router.get("/uploads", response=list[UploadOut], summary="Files handed in, the newest first")
@paginate(Pages)
def uploads(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the places whose figures the caller may import."""
    return [_upload(one) for one in queries.visible(actor_of(request))]


@router.post("/uploads", response=list[UploadOut], summary="Hand a file in")
def receive(request: HttpRequest, locality: Form[Place], file: File[UploadedFile]) -> list[dict[str, Any]]:
    """A multipart form. The file is read in the background; ask ``/uploads/{number}`` until it is ready."""
    incoming = [actions.Incoming(file.name or "?", file.chunks(), file.size or 0)]
    made = actions.receive(actor_of(request), locality, incoming)
    for one in made:
        if one.state == Upload.State.WAITING:
            read_upload.enqueue(one.pk)
    return [_upload(queries.upload(actor_of(request), one.pk)) for one in made]


@router.get("/uploads/{number}", response=UploadOut, summary="Where a file stands")
def upload(request: HttpRequest, number: Number) -> dict[str, Any]:
    """With the problems found in it, each with sheet, row and column."""
    return _upload(queries.upload(actor_of(request), number))


@router.post("/uploads/{number}/confirmation", response=UploadOut, summary="Import a file that is ready, as a draft")
def confirm(request: HttpRequest, number: Number, body: ConfirmIn) -> dict[str, Any]:
    """The figures become a draft release that waits to be checked, approved and published."""
    actor = actor_of(request)
    actions.confirm(actor, queries.upload(actor, number), body.reason)
    return _upload(queries.upload(actor, number))


@router.post("/uploads/{number}/cancellation", response=UploadOut, summary="Give a file up")
def cancel(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Before it is imported."""
    actor = actor_of(request)
    actions.cancel(actor, queries.upload(actor, number))
    return _upload(queries.upload(actor, number))


def _upload(one: Upload) -> dict[str, Any]:
    same = ("id", "name", "size", "sha256", "locality", "state", "kind", "period", "errors", "made_at")
    return {"release": one.release_id, **{name: getattr(one, name) for name in same}}

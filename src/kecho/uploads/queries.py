"""Reads: the uploads an officer may see, and the mappings that are remembered."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from kecho.intake.own.mapping import Mapping, from_dict
from kecho.kernel.errors import KechoError
from kecho.people import rights
from kecho.people.actors import Actor, Scope, ScopeKind
from kecho.people.rights import Permission
from kecho.uploads.models import MappingVersion, Upload

ACTIVE = (Upload.State.WAITING, Upload.State.READING)


def visible(actor: Actor) -> list[Upload]:
    """Uploads of the places whose figures the actor may import, newest first."""
    return [one for one in Upload.objects.defer("survey", "trial", "mappings") if may_handle(actor, one)]


def upload(actor: Actor, pk: int) -> Upload:
    """One upload. Raises ``uploads.unknown_upload`` for what does not exist or is another place's."""
    found = Upload.objects.select_related("release").filter(pk=pk).first()
    if found is None or not may_handle(actor, found):
        raise KechoError("uploads.unknown_upload", value=pk)
    return found


def may_handle(actor: Actor, one: Upload) -> bool:
    """Whether the actor may import figures of the upload's place."""
    return rights.may(actor, Permission.IMPORT_FIGURES, Scope.locality(one.locality))


def places(actor: Actor, default: str) -> list[str]:
    """Places to choose from: the actor's own; for who may import everywhere ``default`` and the country."""
    scopes = rights.scopes_for(actor, Permission.IMPORT_FIGURES)
    named = [scope.code for scope in scopes if scope.kind is ScopeKind.LOCALITY]
    if any(scope.kind is ScopeKind.EVERYWHERE for scope in scopes):
        named += [default, "VN", "VN-HN"]
    return list(dict.fromkeys(code for code in named if code))


def remembered(name: str = "") -> list[Mapping]:
    """The latest version of each mapping, or of the one of this name; of two for one signature the newer comes last."""
    rows = latest()
    if name:
        rows = rows.filter(name=name)
    return [from_dict(row.content | {"version": row.version}) for row in rows.order_by("made_at", "id")]


def latest() -> QuerySet[MappingVersion]:
    """The version of each name that counts."""
    newest = MappingVersion.objects.values("name").annotate(top=Max("id")).values("top")
    return MappingVersion.objects.filter(pk__in=newest)


def for_places(actor: Actor) -> list[MappingVersion]:
    """Every version of the mappings of places the actor may import for, by name, newest first."""
    return [
        row
        for row in MappingVersion.objects.all()
        if rights.may(actor, Permission.IMPORT_FIGURES, Scope.locality(row.locality))
    ]


def expired(days: int) -> QuerySet[Upload]:
    """Uploads that ended, or were left lying, more than so many days ago, and whose bytes are still here."""
    before = timezone.now() - timedelta(days=days)
    return Upload.objects.filter(changed_at__lt=before, removed_at__isnull=True)

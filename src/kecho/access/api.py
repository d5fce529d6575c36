"""The API of people: who the caller is, and the audit trail for administrators."""

# No ``from __future__ import annotations``: ninja's paging wraps the functions and reads their annotations elsewhere.
from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from kecho.api.build import Needs
from kecho.api.parts import Pages
from kecho.people import queries
from kecho.people.models import AuditEvent
from kecho.people.needs import actor_of
from kecho.people.queries import TrailFilter
from kecho.people.rights import Permission

router = Router(tags=["people"])
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 1, 1))]


class HeldOut(Schema):
    """A role and where it is held."""

    role: str
    scope: str


class CallerOut(Schema):
    """Who the caller is to the system."""

    name: str
    is_signed_in: bool
    roles: list[HeldOut]


class EventOut(Schema):
    """One row of the audit trail."""

    id: int
    at: datetime
    actor_name: str
    actor_role: str
    actor_account: int | None
    action: str
    target_type: str
    target_id: str
    target_label: str
    reason: str
    details: dict[str, Any]


@router.get("/me", response=CallerOut, summary="Who the caller is")
def me(request: HttpRequest) -> dict[str, Any]:
    """The public without a token; with one its account and the roles held today."""
    actor = actor_of(request)
    roles = [{"role": str(one.role), "scope": str(one.scope)} for one in actor.held()]
    return {"name": actor.name, "is_signed_in": actor.is_signed_in, "roles": roles}


@router.get(
    "/audit",
    response=list[EventOut],
    summary="The audit trail, the latest first",
    auth=Needs(Permission.ADMINISTER),
)
@paginate(Pages)
def audit(
    request: HttpRequest,
    *,
    who: Text = "",
    action: Text = "",
    target: Text = "",
    since: Day | None = None,
    until: Day | None = None,
) -> QuerySet[AuditEvent]:
    """For administrators. ``action`` is the beginning of an action's name, such as ``people.``."""
    return queries.trail(actor_of(request), TrailFilter(who, action, target, since, until))

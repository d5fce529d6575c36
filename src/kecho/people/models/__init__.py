"""Tables of the room: accounts with their units, roles and tokens, and the audit trail."""

from kecho.people.models.accounts import Account, Assignment, Unit
from kecho.people.models.audit import AuditEvent
from kecho.people.models.tokens import ApiToken

__all__ = ["Account", "ApiToken", "Assignment", "AuditEvent", "Unit"]

"""Tables of the room: accounts with their units and roles, and the audit trail."""

from kecho.people.models.accounts import Account, Assignment, Unit
from kecho.people.models.audit import AuditEvent

__all__ = ["Account", "Assignment", "AuditEvent", "Unit"]

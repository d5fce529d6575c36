"""Django's entry for the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access room."""

    name = "kecho.access"
    label = "access"

    def ready(self) -> None:
        """Sign-ins, locks and second factors are written into the audit trail."""
        from kecho.access import trail

        trail.connect()

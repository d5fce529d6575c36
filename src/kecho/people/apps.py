"""Django's entry for the room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """The people room."""

    name = "kecho.people"
    label = "people"

    def ready(self) -> None:
        """After migrations the append-only triggers that a table rebuild dropped are put back."""
        from kecho.people import append_only

        post_migrate.connect(append_only.protect_all, dispatch_uid="people.append_only")

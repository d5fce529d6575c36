"""The room as a Django application: its mappings answer to ``kecho import --mapping``."""

from __future__ import annotations

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Registers the look-up of remembered mappings when the site starts."""

    name = "kecho.uploads"
    label = "uploads"

    def ready(self) -> None:
        """The observatory never looks up: it is told here whom to ask."""
        from kecho.observatory import vocabulary
        from kecho.uploads import queries

        vocabulary.register(queries.remembered)

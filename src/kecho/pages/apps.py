"""Django's entry for the room."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages room."""

    name = "kecho.pages"
    label = "pages"

    def ready(self) -> None:
        """Rooms' addresses may use the path converters whichever of them is loaded first."""
        from kecho.pages import converters  # noqa: F401

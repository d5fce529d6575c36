"""Django's entry for the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web room."""

    name = "kecho.web"
    label = "web"

    def ready(self) -> None:
        """Search finds what these pages show."""
        from kecho.web import searchers

        searchers.register_all()

"""Django's entry for the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web room."""

    name = "kecho.web"
    label = "web"

    def ready(self) -> None:
        """Search finds what these pages show; abbreviations are explained by the glossary."""
        from kecho.pages import abbreviations
        from kecho.web import searchers
        from kecho.web.views.pages import meanings

        searchers.register_all()
        abbreviations.register(meanings)

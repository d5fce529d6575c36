"""Django's entry for the room."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages room."""

    name = "kecho.pages"
    label = "pages"

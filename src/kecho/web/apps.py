"""Django's entry for the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web room."""

    name = "kecho.web"
    label = "web"

"""Django's entry for the room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API room."""

    name = "kecho.api"
    label = "api"

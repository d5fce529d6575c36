"""Django's entry for the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access room."""

    name = "kecho.access"
    label = "access"

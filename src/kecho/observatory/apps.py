"""Django's entry for the room."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    """The observatory room."""

    name = "kecho.observatory"
    label = "observatory"
